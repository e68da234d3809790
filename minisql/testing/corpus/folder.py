"""Folders of ksql-test-runner: ``statements.sql``, ``output.json`` and perhaps ``input.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from minisql.testing import update
from minisql.testing.corpus.case import Case, CaseFailed, CaseFile
from minisql.testing.corpus.jackson import loads
from minisql.testing.corpus.scenario import Scenario

CORPUS = "test-runner"
NAME = "KSQL_Test"
"""What ksql-test-runner calls its one case."""

STATEMENTS, INPUT, OUTPUT = "statements.sql", "input.json", "output.json"
FILES = frozenset((STATEMENTS, INPUT, OUTPUT))


def is_case(folder: Path) -> bool:
    """Whether the folder is a case."""
    return (folder / STATEMENTS).is_file() and (folder / OUTPUT).is_file()


def read(folder: Path) -> CaseFile:
    """The one case of a folder."""
    path = folder.as_posix()
    return CaseFile(CORPUS, path, (Case(CORPUS, path, NAME, lambda: _check(folder)),))


def _check(folder: Path) -> None:
    inputs = _records(folder / INPUT, "input") if (folder / INPUT).is_file() else []
    outputs = _records(folder / OUTPUT, "output")
    statements = (folder / STATEMENTS).read_text(encoding="utf-8")
    scenario = Scenario.of([statements], {}, {"inputs": inputs, "outputs": outputs})
    edits = update.requested()
    if edits is None:
        return scenario.run()
    from minisql.testing.update.folder import run  # most runs update nothing

    return run(edits, scenario, folder / OUTPUT, outputs)


def _records(path: Path, kind: str) -> list[dict[str, Any]]:
    """The records of a file, which has to have some."""
    try:
        document = loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CaseFailed(f"File name: {path.name} Message: {error}") from error
    records = document.get(f"{kind}s") if isinstance(document, dict) else None
    if records is None:
        raise CaseFailed(f"File name: {path.name} Message: No '{kind}s' field in the {kind} file.")
    if not records:
        raise CaseFailed(f"File name: {path.name} Message: {kind.capitalize()}s cannot be empty.")
    return list(records)
