"""A test case of any of the corpora, and what comes of it."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minisql.errors import KsqlError, UnsupportedError

if TYPE_CHECKING:
    from minisql.testing.tenant.patience import Patience

PASSED, FAILED, UNSUPPORTED, SKIPPED = STATUSES = ("passed", "failed", "unsupported", "skipped")

_LACKS = re.compile(r"minisql does not support (.+?) yet\.")


class CaseFailed(Exception):
    """What a case expects did not happen.

    Args:
        reason: what was expected, and what happened instead.
        line: of the statement in the case's file.
        statement: the statement that was not as expected.
    """

    def __init__(self, reason: str, line: int | None = None, statement: str | None = None) -> None:
        super().__init__(reason if statement is None else f"line {line}: {statement}\n{reason}")
        self.reason = reason
        self.line = line
        self.statement = statement


@dataclass(frozen=True)
class Case:
    """One test case.

    Attributes:
        corpus: the format: "qtt", "rqtt", "sql-tests" or "test-runner".
        file: the path of its file, or of its folder.
        name: unique within the file.
        check: runs it; raises when it does not pass.
        line: where it starts in its file.
        on_server: runs it on the server of a URL, with so much patience; None where that cannot be done.
    """

    corpus: str
    file: str
    name: str
    check: Callable[[], None]
    line: int = 1
    on_server: Callable[[str, Patience], None] | None = None

    def run(self) -> Outcome:
        """Run the case; never raises."""
        start = time.perf_counter()
        status, message = self._status()
        return Outcome(self.corpus, self.file, self.name, status, message, time.perf_counter() - start)

    def _status(self) -> tuple[str, str]:
        try:
            self.check()
        except CaseFailed as failure:
            return FAILED, str(failure)
        except Exception as error:
            missing = unsupported(error)
            if missing is not None:
                return UNSUPPORTED, missing.feature
            return FAILED, error.message if isinstance(error, KsqlError) else _internal(error)
        return PASSED, ""


@dataclass(frozen=True)
class Outcome:
    """What came of a case; ``message`` is empty where it passed."""

    corpus: str
    file: str
    name: str
    status: str
    message: str
    seconds: float


@dataclass(frozen=True)
class CaseFile:
    """The cases of one file or folder, in their order."""

    corpus: str
    path: str
    cases: tuple[Case, ...]


def unsupported(error: BaseException | None) -> UnsupportedError | None:
    """The UnsupportedError that ``error`` is or comes from, if any."""
    while error is not None:
        if isinstance(error, UnsupportedError):
            return error
        error = error.__cause__ or error.__context__
    return None


def refuse_swallowed(processing_log: Iterable[object]) -> None:
    """An expression that needs what minisql lacks is NULL for a query that runs, but its case has not passed then.

    Raises:
        UnsupportedError: the processing log tells of one.
    """
    for entry in processing_log:
        match = _LACKS.search(str(entry))
        if match is not None:
            raise UnsupportedError(match[1])


def _internal(error: Exception) -> str:
    """A Python exception is a fault of minisql: say where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rpartition('minisql/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{where}"
