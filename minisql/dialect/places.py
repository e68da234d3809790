"""Where an expression stands in the text it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlglot.expressions import Expression

from minisql.errors import KsqlError


def place_of(node: Expression) -> tuple[int, int] | None:
    """Line and column (1-based) of an expression, or of the first part of it that has a place; None without any."""
    for part in node.walk(bfs=False):
        if "line" in part.meta:
            return part.meta["line"], part.meta["column"]
    return None


def placed(error: KsqlError, node: Expression) -> KsqlError:
    """The error; where it knows no place it gets that of an expression."""
    if error.line is None and (place := place_of(node)) is not None:
        error.line, error.column = place
    return error


@contextmanager
def placing(node: Expression) -> Iterator[None]:
    """Errors raised within that know no place get that of an expression."""
    try:
        yield
    except KsqlError as error:
        placed(error, node)
        raise
