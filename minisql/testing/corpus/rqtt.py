"""Cases for the REST API: JSON nodes with the ``responses`` of a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from minisql.errors import UnsupportedError
from minisql.testing.corpus.case import Case, CaseFile

CORPUS = "rqtt"


def read(path: str, stem: str, nodes: list[Mapping[str, Any]]) -> CaseFile:
    """The cases of a file: one for each node and format."""
    names = [
        f"{stem} - {node.get('name', '')}" + (f" - {format}" if format else "")
        for node in nodes
        if node.get("enabled") is not False
        for format in node.get("format") or [""]
    ]
    return CaseFile(CORPUS, path, tuple(Case(CORPUS, path, name, _unsupported) for name in names))


def _unsupported() -> NoReturn:
    raise UnsupportedError("REST")
