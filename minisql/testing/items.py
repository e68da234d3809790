"""SQL tests as items of pytest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from minisql.errors import Error, KsqlError
from minisql.testing.corpus import folder
from minisql.testing.corpus.case import Case, CaseFailed, unsupported
from minisql.testing.corpus.discover import read
from minisql.testing.server_option import on_server, server_of


class SqlFile(pytest.File):
    """A file of ``--@test`` tests, or the folder of a ``statements.sql``."""

    def collect(self) -> Iterator[SqlTest]:
        """Its tests."""
        found = read(self.path)
        for case in () if found is None else found.cases:
            name = self.path.parent.name if case.corpus == folder.CORPUS else case.name
            yield SqlTest.from_parent(self, name=name, case=case)
            if case.on_server is not None and on_server(self.config):
                yield ServerTest.from_parent(self, name=f"{name}[server]", case=case)


class SqlTest(pytest.Item):
    """A test in SQL."""

    def __init__(self, *, case: Case, **others: Any) -> None:
        super().__init__(**others)
        self.case = case

    def runtest(self) -> None:
        """Run it in the process."""
        self.case.check()

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it starts."""
        return self.path, self.case.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What went wrong, in the words of the test's language; a fault of minisql's own is shown as Python does."""
        error = excinfo.value
        missing = unsupported(error)
        if missing is not None:
            return self._failure(missing.message, missing.statement)
        if isinstance(error, CaseFailed):
            return self._failure(error.reason, error.statement, error.line)
        if isinstance(error, KsqlError):
            return self._failure(error.message, error.statement, error.line)
        if isinstance(error, Error):
            return self._failure(str(error), None)
        return super().repr_failure(excinfo, style)

    def _failure(self, reason: str, statement: str | None, line: int | None = None) -> Failure:
        if line is None and statement:
            text = self.path.read_text(encoding="utf-8")
            at = text.find(statement)
            line = None if at < 0 else text.count("\n", 0, at) + 1
        return Failure(Place(os.path.relpath(self.path), line or self.case.line, reason.partition("\n")[0]), statement, reason)


class ServerTest(SqlTest):
    """A test in SQL, on the server of ``--ksql-url``."""

    def runtest(self) -> None:
        """Run it there; where no server answers it is skipped."""
        url, patience = server_of(self.config)
        assert self.case.on_server is not None
        self.case.on_server(url, patience)


class Place(NamedTuple):
    """Where a test failed, and why in one line; pytest's summaries ask for it under these names."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.lineno}: {self.message}"


class Failure:
    """How a failed SQL test is shown.

    Args:
        place: where.
        statement: at which statement.
        reason: what was wrong, in one or several lines.
    """

    def __init__(self, place: Place, statement: str | None, reason: str) -> None:
        self.reprcrash = place
        self._lines = (statement or "").rstrip().splitlines()
        self._reason = reason.splitlines()

    def toterminal(self, tw: Any) -> None:
        """Write it."""
        for line in self._lines:
            tw.line(f"    {line}")
        for line in self._reason:
            tw.line(f"E   {line}", bold=True, red=True)
        tw.line("")
        tw.write(self.reprcrash.path, bold=True, red=True)
        tw.line(f":{self.reprcrash.lineno}")

    def __str__(self) -> str:
        shown = [*(f"    {line}" for line in self._lines), *(f"E   {line}" for line in self._reason)]
        return "\n".join([*shown, "", f"{self.reprcrash.path}:{self.reprcrash.lineno}"])
