"""What generated code raises itself."""

from __future__ import annotations

from typing import NoReturn

from minisql.errors import KsqlError


class EvaluationError(Exception):
    """A row's value that an expression cannot work with: ksqlDB would throw a Java exception there."""


class Tripped(KsqlError):
    """ksqlDB's interpreter meets a Java exception while it prepares an expression, and tells of the expression alone."""


def null_operand(what: str) -> NoReturn:
    """Fail as Java does when it needs a value and finds null."""
    raise EvaluationError(f"{what} is null")
