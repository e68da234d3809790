"""The marker ``ksql``: what a test's connection is given before the test."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from minisql.connection import Connection
from minisql.errors import KsqlError

Scripts = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclass
class Marked:
    """What the markers of a test say, the outermost first.

    Attributes:
        scripts: paths of files to run.
        properties: as SET would give them.
        variables: as DEFINE would give them.
        topics: partitions by name of the topics that are there before the scripts run.
    """

    scripts: list[Path] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)


def marked(node: pytest.Item) -> Marked:
    """What the markers of a test, its class and its module say; a test that cannot be understood fails."""
    found = Marked()
    for mark in reversed(list(node.iter_markers("ksql"))):
        try:
            _add(found, node.path.parent, *mark.args, **mark.kwargs)
        except (TypeError, ValueError) as error:
            pytest.fail(f"pytest.mark.ksql: {str(error).removeprefix('_add() ')}", pytrace=False)
    return found


def _add(
    found: Marked,
    folder: Path,
    script: Scripts = (),
    *,
    properties: Mapping[str, object] | None = None,
    variables: Mapping[str, object] | None = None,
    topics: Mapping[str, int] | Iterable[str] = (),
) -> None:
    scripts = [script] if isinstance(script, (str, os.PathLike)) else script
    found.scripts += [folder / each for each in scripts]
    found.properties |= {name: str(value) for name, value in (properties or {}).items()}
    found.variables |= {name: str(value) for name, value in (variables or {}).items()}
    found.topics |= topics if isinstance(topics, Mapping) else dict.fromkeys(topics, 1)


def prepare(conn: Connection, mark: Marked) -> None:
    """Give a connection what the markers say; a script that fails fails the test."""
    conn.variables.update(mark.variables)
    for name, partitions in mark.topics.items():
        conn.create_topic(name, partitions)
    for path in mark.scripts:
        try:
            conn.run(path)
        except KsqlError as error:
            pytest.fail(f"{path}:{_line(path, error)}: {error.message}\n{error.statement or ''}".rstrip(), pytrace=False)
        except OSError as error:
            pytest.fail(f"pytest.mark.ksql: {path}: {error.strerror}", pytrace=False)


def _line(path: Path, error: KsqlError) -> int:
    """Where in a script the statement stands that failed."""
    text = path.read_text(encoding="utf-8")
    return error.line or text.count("\n", 0, max(text.find(error.statement or ""), 0)) + 1
