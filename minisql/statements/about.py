"""Whose fault it is: errors that tell of a statement as the server has completed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from minisql.errors import BAD_STATEMENT, BareError, KsqlError, StatementError, UnsupportedError


@contextmanager
def about(text: Callable[[], str]) -> Iterator[None]:
    """Errors within tell of the statement as ``text`` gives it; what is no fault of the statement's is told as it is."""
    try:
        yield
    except (BareError, UnsupportedError):
        raise
    except KsqlError as error:
        if error.error_code != BAD_STATEMENT:
            raise
        raise statement_error(error, error.message, text()) from error.__cause__


def statement_error(error: KsqlError, message: str, text: str) -> StatementError:
    """The error, in other words and about another text."""
    made = StatementError(message, error.error_code, text, line=error.line, column=error.column, hint=error.hint)
    made.quoted = False
    return made
