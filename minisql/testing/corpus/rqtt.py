"""Cases for the REST API: JSON nodes with the ``responses`` of a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from minisql.testing.corpus.case import Case, CaseFailed, CaseFile

CORPUS = "rqtt"

Node = Mapping[str, Any]


def read(path: str, stem: str, nodes: list[Node]) -> CaseFile:
    """The cases of a file: one for each node and format."""
    cases = tuple(case for node in nodes if node.get("enabled") is not False for case in _expand(path, stem, node))
    return CaseFile(CORPUS, path, cases)


def _expand(path: str, stem: str, node: Node) -> Iterator[Case]:
    for format in node.get("format") or [None]:
        name = f"{stem} - {node.get('name', '')}" + (f" - {format}" if format else "")
        yield Case(CORPUS, path, name, _Check(node, format))


class _Check:
    """Runs one case of a node."""

    def __init__(self, node: Node, format: str | None) -> None:
        self._node = node
        self._format = format

    def __call__(self) -> None:
        from minisql.testing.corpus.rest_scenario import RestScenario  # needs the server's libraries

        node = self._node
        if node.get("inputs") and node.get("expectedError"):
            raise CaseFailed("Can not define both inputs and expectedError")
        statements = [text.replace("{FORMAT}", self._format or "{FORMAT}") for text in node.get("statements") or ()]
        RestScenario.of(statements, node).run()
