"""Finds test cases in files and folders, and tells by what is in a file which of ksqlDB's formats it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from minisql.errors import InterfaceError
from minisql.testing.corpus import folder, qtt, rqtt, script, validation
from minisql.testing.corpus.case import Case, CaseFailed, CaseFile
from minisql.testing.corpus.jackson import loads

REST_FIELDS = frozenset(("responses", "expectedError", "inputConditions", "outputConditions"))
"""What only the nodes of REST cases have."""

_DIRECTIVE = re.compile(r"^\s*--@test\s*:", re.MULTILINE)


def find(paths: Iterable[str]) -> Iterator[CaseFile]:
    """The cases of files and of folders with all that lies below, sorted by path.

    Raises:
        InterfaceError: a path does not exist, or is a file that holds no cases.
    """
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from _walk(path)
            continue
        found = read(path) if path.is_file() else None
        if found is None:
            raise InterfaceError(f"{name}: {'no test cases in it' if path.exists() else 'no such file or folder'}")
        yield found


def read(path: Path) -> CaseFile | None:
    """The cases of a file, or None when it has none."""
    if path.name in folder.FILES and folder.is_case(path.parent):
        return folder.read(path.parent)
    if path.suffix == ".json":
        return _read_json(path)
    if path.suffix == ".sql":
        text = path.read_text(encoding="utf-8")
        return script.read(path, text) if _DIRECTIVE.search(text) else None
    return None


def _walk(path: Path) -> Iterator[CaseFile]:
    if folder.is_case(path):
        yield folder.read(path)
        return
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            yield from _walk(entry)
        else:
            found = read(entry)
            if found is not None:
                yield found


def _read_json(path: Path) -> CaseFile | None:
    text = path.read_text(encoding="utf-8")
    if '"tests"' not in text:
        return None
    name = path.as_posix()
    try:
        document = loads(text)
    except ValueError as error:
        return CaseFile(qtt.CORPUS, name, (_broken(name, error),))
    nodes = document.get("tests") if isinstance(document, dict) else None
    if not isinstance(nodes, list):
        return None
    if nodes and all(map(validation.is_node, nodes)):
        return validation.read(name, path.stem, nodes)
    if not any("statements" in node for node in nodes):
        return None
    reader = rqtt.read if _is_rest(nodes) else qtt.read
    return reader(name, path.stem, nodes)


def _is_rest(nodes: list[Mapping[str, Any]]) -> bool:
    return any(REST_FIELDS.intersection(node) for node in nodes)


def _broken(path: str, error: ValueError) -> Case:
    def fail() -> None:
        raise CaseFailed(f"Unable to load test at path {path}: {error}")

    return Case(qtt.CORPUS, path, "the file", fail)
