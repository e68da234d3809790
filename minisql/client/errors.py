"""The exceptions of the ``ksql`` client, with its names and attributes."""

from __future__ import annotations


class KSQLError(Exception):
    """The server refused a request.

    Args:
        e: the server's message; kept as ``msg``.
        error_code: the server's five-digit code.
        stackTrace: the server's stack trace; newer servers send none.
    """

    def __init__(self, e: object, error_code: int | None = None, stackTrace: object = None) -> None:
        self.msg = f"{e}"
        self.error_code = error_code
        self.stackTrace = stackTrace


class CreateError(Exception):
    """A stream or table could not be created."""

    def __init__(self, e: object) -> None:
        self.msg = f"{e}"


class InvalidQueryError(Exception):
    """The text of a request is empty."""

    def __init__(self, query: str) -> None:
        self.msg = f"The query:\n{query}\n is invalid"


class SQLTypeNotImplementYetError(Exception):
    """The SQL builder was asked for something other than ``create`` and ``create_as``."""

    def __init__(self, sql_type: str) -> None:
        self.msg = f"This type {sql_type} has not be implement yet."


class IllegalTableTypeError(Exception):
    """The SQL builder makes streams and tables, nothing else."""

    def __init__(self, table_type: str) -> None:
        self.msg = f"This table type {table_type} is illegal."


class IllegalValueFormatError(Exception):
    """The SQL builder knows DELIMITED, JSON and AVRO."""

    def __init__(self, value_format: str) -> None:
        self.msg = f"This value format {value_format} is illegal."
