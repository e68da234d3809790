"""Every error that minisql raises, in one tree.

    Warning
    Error                                  (PEP 249)
     +-- InterfaceError                    misuse of this API: a closed connection, a bad argument
     +-- DatabaseError
          +-- DataError, OperationalError, IntegrityError, InternalError
          +-- ProgrammingError
          +-- NotSupportedError
          +-- KsqlError                    what a ksqlDB server would answer; ``.message`` is its text
               +-- ParseError              (ProgrammingError)   the text is not ksqlDB's SQL
               +-- StatementError          (ProgrammingError)   a statement is refused
               |    +-- BareError          told in these words alone, wherever it comes from
               +-- QueryError              (OperationalError)   a running query died
               +-- SerdeError              (DataError)          bytes and rows that do not fit a format
               +-- UnsupportedError        (NotSupportedError)  ksqlDB has it, minisql does not yet

``KsqlError`` itself is raised below the engine, where the statement is not known;
the engine turns it into a ``StatementError`` that names the statement.
"""

from __future__ import annotations

from collections.abc import Callable


class Warning(Exception):
    """PEP 249: an important warning."""


class Error(Exception):
    """PEP 249: the base of every error raised here."""


class InterfaceError(Error):
    """The API was misused: a closed connection, an argument of the wrong kind."""


class DatabaseError(Error):
    """PEP 249: the base of what has to do with the database."""


class DataError(DatabaseError):
    """PEP 249: a problem with the processed data."""


class OperationalError(DatabaseError):
    """PEP 249: a problem of the engine's operation."""


class IntegrityError(DatabaseError):
    """PEP 249: relational integrity is affected."""


class InternalError(DatabaseError):
    """PEP 249: the engine met an internal error."""


class ProgrammingError(DatabaseError):
    """PEP 249: the program asked for something wrong."""


class NotSupportedError(DatabaseError):
    """PEP 249: not supported by this database."""


BAD_STATEMENT = 40001
"""ksqlDB's error code of a statement that it refuses."""

BAD_REQUEST = 40000
SERVER_ERROR = 50000


class KsqlError(DatabaseError):
    """What a ksqlDB server would answer.

    Args:
        message: the server's text, and nothing else.
        error_code: ksqlDB's five-digit code; its first three digits are the HTTP status.
        statement: the text of the statement that failed, once it is known.
        line: 1-based line of the offence within the text given to ``execute``.
        column: 1-based column of the offence.
        hint: what would be right; shown as a note, never part of ``message``.

    ``statement`` may be an expression, where that is what ksqlDB names. ``quoted``: where ksqlDB tells of this error within
    another text, or on its streaming routes, ``statement`` is part of what it tells.
    """

    quoted = True

    def __init__(
        self,
        message: str,
        error_code: int = BAD_STATEMENT,
        statement: str | None = None,
        *,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.error_code = error_code
        self.statement = statement
        self.line = line
        self.column = column
        self.hint = hint
        self.__notes__: list[str] = [hint] if hint else []

    def add_note(self, note: str) -> None:
        """Attach a PEP 678 note (a method of its own, since Python 3.10 has none)."""
        self.__notes__.append(note)


class ParseError(KsqlError, ProgrammingError):
    """The text is not ksqlDB's SQL; ``message`` is ``line L:C: Syntax Error...``."""


class StatementError(KsqlError, ProgrammingError):
    """A statement is refused."""


class BareError(StatementError):
    """What ksqlDB tells in these words alone, wherever it comes from.

    It does so when it reads a statement, before it looks at it, and when it builds a query whose plan is right.
    """


class QueryError(KsqlError, OperationalError):
    """A running query died, or a row could not be processed."""


class SerdeError(KsqlError, DataError):
    """A record's bytes cannot be read, or a row cannot be written, in a format.

    Args:
        cause: what is wrong; a function of the topic's name where the text names the topic.
        outer: what ksqlDB wraps round it, with ``{topic}`` and ``{cause}``.
    """

    def __init__(self, cause: str | Callable[[str], str], outer: str | None = None) -> None:
        self._cause = cause
        self._outer = outer
        super().__init__(cause if isinstance(cause, str) else cause("?"))

    def messages(self, topic: str) -> list[str]:
        """The texts that ksqlDB logs for a record of this topic, outermost first."""
        cause = self._cause if isinstance(self._cause, str) else self._cause(topic)
        return [cause] if self._outer is None else [self._outer.format(topic=topic, cause=cause), cause]


class UnsupportedError(KsqlError, NotSupportedError):
    """ksqlDB has this feature and minisql does not yet; ``feature`` names it."""

    def __init__(self, feature: str, statement: str | None = None) -> None:
        super().__init__(f"minisql does not support {feature} yet.", BAD_STATEMENT, statement)
        self.feature = feature
