"""Finds test cases in files and folders, and tells by what is in a file which of ksqlDB's formats it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from minisql.errors import InterfaceError
from minisql.testing.corpus import folder, qtt, rqtt, script, validation
from minisql.testing.corpus.case import Case, CaseFailed, CaseFile
from minisql.testing.corpus.jackson import loads

REST_FIELDS = frozenset(("responses", "expectedError", "inputConditions", "outputConditions"))
"""What only the nodes of REST cases have."""

_DIRECTIVE = re.compile(r"^\s*--@test\s*:", re.MULTILINE)


class Candidate(NamedTuple):
    """What may hold cases: a file, or the folder of a case; ``named``: it was asked for, and has to have some."""

    path: Path
    named: bool

    def read(self, standard: bool = False) -> CaseFile | None:
        """Its cases, or None when it has none; ``standard`` refuses what ksqlDB's own runner of SQL tests cannot do.

        Raises:
            InterfaceError: it was asked for and has none.
        """
        found = folder.read(self.path) if self.path.is_dir() else read(self.path, standard)
        if found is None and self.named:
            raise InterfaceError(f"{self.path}: no test cases in it")
        return found


def candidates(paths: Iterable[str]) -> Iterator[Candidate]:
    """What may hold cases: the files, and all that lies below the folders, sorted by path.

    Raises:
        InterfaceError: a path does not exist.
    """
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file():
            yield Candidate(path, True)
        else:
            raise InterfaceError(f"{name}: no such file or folder")


def find(paths: Iterable[str]) -> Iterator[CaseFile]:
    """The cases of files and of folders with all that lies below, sorted by path.

    Raises:
        InterfaceError: a path does not exist, or is a file that holds no cases.
    """
    yield from filter(None, (each.read() for each in candidates(paths)))


def read(path: Path, standard: bool = False) -> CaseFile | None:
    """The cases of a file, or None when it has none; see ``Candidate.read``."""
    if path.name in folder.FILES and folder.is_case(path.parent):
        return folder.read(path.parent)
    if path.suffix == ".json":
        return _read_json(path)
    if path.suffix == ".sql":
        text = path.read_text(encoding="utf-8")
        return script.read(path, text, standard) if _DIRECTIVE.search(text) else None
    return None


def _walk(path: Path) -> Iterator[Candidate]:
    if folder.is_case(path):
        yield Candidate(path, False)
        return
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield Candidate(entry, False)


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
