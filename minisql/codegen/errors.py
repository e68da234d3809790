"""What generated code raises itself, and the errors of ksqlDB that are told in more than one way."""

from __future__ import annotations

from typing import NoReturn

from minisql.errors import KsqlError


class EvaluationError(Exception):
    """A row's value that an expression cannot work with: ksqlDB would throw a Java exception there."""


def null_operand(what: str) -> NoReturn:
    """Fail as Java does when it needs a value and finds null."""
    raise EvaluationError(f"{what} is null")


class DetailedError(KsqlError):
    """An error about an expression, which ksqlDB tells without it where it is part of another error.

    Args:
        brief: what is told there.
        message: with all details.
        statement: the expression.
    """

    def __init__(self, brief: str, message: str, statement: str) -> None:
        super().__init__(message, statement=statement)
        self.brief = brief


class JavaError(KsqlError):
    """An exception of Java's, not of ksqlDB's own: clauses do not put their words round it, the compiler knows no reason.

    Where it runs a query of rows over streams ksqlDB tells of it as of a fault of the server.
    """

    quoted = False


class Tripped(JavaError):
    """ksqlDB's interpreter meets a Java exception while it prepares an expression, and tells of the expression alone."""


def nameless(function: str, times: int) -> KsqlError:
    """A call for which ksqlDB's compiler has no name left: it counts the calls, and writes the value of BETWEEN twice."""
    return KsqlError(f"Cannot get name for `{function}` {times} times")
