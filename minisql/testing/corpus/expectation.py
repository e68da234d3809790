"""The exception that a negative case expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from minisql.errors import KsqlError, ParseError, QueryError, StatementError
from minisql.testing.corpus.case import CaseFailed

_CLASSES: dict[str, Callable[[BaseException], bool]] = {
    "KsqlException": lambda error: isinstance(error, KsqlError) and not isinstance(error, QueryError),
    "KsqlStatementException": lambda error: isinstance(error, (StatementError, ParseError)),
    "ParseFailedException": lambda error: isinstance(error, ParseError),
    "StreamsException": lambda error: isinstance(error, QueryError),
    "AssertionError": lambda error: isinstance(error, CaseFailed),
}
"""Java's exceptions by their simple names: which of our errors stand for them.

ParseFailedException is a KsqlStatementException, and that is a KsqlException.
"""


@dataclass(frozen=True)
class Expectation:
    """Type and text of an expected exception and of its cause; None says nothing."""

    type: str | None = None
    message: str | None = None
    cause: str | None = None
    cause_message: str | None = None

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> Expectation:
        """Read ``expectedException``."""
        return cls(node.get("type"), node.get("message"), node.get("cause"), node.get("causeMessage"))

    def check(self, error: Exception) -> None:
        """Compare with what was raised.

        Raises:
            CaseFailed: it was something else.
        """
        if not (self._right_type(error) and self._right_text(error) and self._right_cause(error.__cause__)):
            raise CaseFailed(f"Expected {self}\nbut was {type(error).__name__}: {text_of(error)}")

    def _right_type(self, error: Exception) -> bool:
        return self.type is None or is_java(error, self.type) is not False

    def _right_text(self, error: Exception) -> bool:
        return self.message is None or self.message in text_of(error) or self.message in _unlogged(error)

    def _right_cause(self, cause: BaseException | None) -> bool:
        if self.cause is None:
            return True
        if cause is None or is_java(cause, self.cause) is False:
            return False
        return self.cause_message is None or self.cause_message in text_of(cause)

    def __str__(self) -> str:
        name = (self.type or "any exception").rpartition(".")[2]
        cause = f", caused by {self.cause.rpartition('.')[2]}: {self.cause_message}" if self.cause else ""
        return f"{name}: {self.message or '<any message>'}{cause}"


def is_java(error: BaseException, java_class: str) -> bool | None:
    """Whether ``error`` stands for the Java class of that full name; None when we have no counterpart of it."""
    test = _CLASSES.get(java_class.rpartition(".")[2])
    return None if test is None else test(error)


def text_of(error: BaseException) -> str:
    """The message as a server would give it."""
    return error.message if isinstance(error, KsqlError) else str(error)


def _unlogged(error: BaseException) -> str:
    """KsqlStatementException.getUnloggedMessage: the statement stands below the message."""
    statement = error.statement if isinstance(error, KsqlError) else None
    return f"{text_of(error)}\nStatement: {statement}"
