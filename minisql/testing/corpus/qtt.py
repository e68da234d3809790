"""Query translation tests: a JSON file of nodes, each of which stands for one or more cases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from minisql.testing.corpus.case import Case, CaseFailed, CaseFile
from minisql.testing.corpus.scenario import Scenario

CORPUS = "qtt"

Node = Mapping[str, Any]


def read(path: str, stem: str, nodes: list[Node]) -> CaseFile:
    """The cases of a file.

    Args:
        path: stands in reports.
        stem: the file's name without ``.json``: the beginning of every case's name.
        nodes: its ``tests``.
    """
    cases = tuple(case for node in nodes if node.get("enabled") is not False for case in _expand(path, stem, node))
    return CaseFile(CORPUS, path, cases)


def _expand(path: str, stem: str, node: Node) -> Iterator[Case]:
    """A case for each format and each value of the property that is ``{CONFIG}``."""
    for format, config in itertools.product(node.get("format") or [None], node.get("config") or [None]):
        name = f"{stem} - {node.get('name', '')}"
        if format is not None:
            name += f" - {format}"
        properties = dict(node.get("properties") or {})
        if config is not None:
            chosen = _templated(properties)
            properties[chosen] = config
            name += f" - {chosen}={config}"
        yield Case(CORPUS, path, name, _Check(node, format, properties))


def _templated(properties: Mapping[str, Any]) -> str:
    found = [name for name, value in properties.items() if isinstance(value, str) and value.upper() == "{CONFIG}"]
    if len(found) != 1:
        raise CaseFailed(f"Invalid test: exactly one property has to be {{CONFIG}}, but there are {len(found)}")
    return found[0]


class _Check:
    """Runs one case of a node."""

    def __init__(self, node: Node, format: str | None, properties: Mapping[str, Any]) -> None:
        self._node = node
        self._format = format
        self._properties = properties

    def __call__(self) -> None:
        node = self._node
        statements = [self._with_format(statement) for statement in node.get("statements") or ()]
        _validate(node)
        Scenario.of(statements, self._properties, node).run()

    def _with_format(self, statement: str) -> str:
        return statement if self._format is None else statement.replace("{FORMAT}", self._format)


def _validate(node: Node) -> None:
    if not node.get("name"):
        raise CaseFailed("Missing required field: name")
    if not node.get("statements"):
        raise CaseFailed("statements was empty")
    if not (node.get("expectedException") or node.get("inputs") or node.get("outputs")):
        raise CaseFailed("no inputs, outputs or expectedException provided")
