"""Rules for the type of a call's result, for the decorators' ``returns``."""

from __future__ import annotations

from collections.abc import Sequence

from minisql.errors import KsqlError
from minisql.types import SqlArray, SqlDecimal, SqlType

Kinds = Sequence[SqlType | None]


def first(kinds: Kinds) -> SqlType:
    """The type of the first argument."""
    kind = kinds[0]
    assert kind is not None
    return kind


def array_of_first(kinds: Kinds) -> SqlType:
    """An array of the type of the first argument."""
    return SqlArray(first(kinds))


def item_of_first(kinds: Kinds) -> SqlType:
    """The type of the elements of the first argument, an array."""
    kind = first(kinds)
    assert isinstance(kind, SqlArray)
    return kind.item


def without_decimals(kinds: Kinds) -> SqlType:
    """The DECIMAL of the first argument without its decimals."""
    kind = first(kinds)
    assert isinstance(kind, SqlDecimal)
    precision = kind.precision - kind.scale
    if precision < 1:
        raise KsqlError(f"DECIMAL precision must be >= 1: DECIMAL({precision},0)")
    return SqlDecimal(precision, 0)
