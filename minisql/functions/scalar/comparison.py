"""GREATEST and LEAST: of the arguments that are not NULL, in Java's order of their type."""

from functools import reduce
from typing import Any

from minisql.functions.order import double_key
from minisql.functions.registry import scalar
from minisql.functions.rules import Kinds
from minisql.java import bytes_key, utf16_key
from minisql.types import BIGINT, INTEGER, SqlDecimal, SqlType

CATEGORY = "MATHEMATICAL"

WHOLE: dict[SqlType, SqlDecimal] = {INTEGER: SqlDecimal(10, 0), BIGINT: SqlDecimal(19, 0)}


def signatures(name: str, *kinds: str) -> tuple[str, ...]:
    """For each of the types the signature that takes one argument or more."""
    return tuple(f"{name}(val {kind}, vals {kind}...) -> {kind}" for kind in kinds)


def widest(kinds: Kinds) -> SqlType:
    """The DECIMAL that holds the values of all arguments."""
    return reduce(_widen, (_decimal(kind) for kind in kinds if kind is not None))


def _decimal(kind: SqlType) -> SqlDecimal:
    decimal = WHOLE.get(kind, kind)
    assert isinstance(decimal, SqlDecimal)
    return decimal


def _widen(one: SqlDecimal, other: SqlDecimal) -> SqlDecimal:
    scale = max(one.scale, other.scale)
    return SqlDecimal(max(one.precision - one.scale, other.precision - other.scale) + scale, scale)


@scalar("greatest(val DECIMAL, vals DECIMAL...) -> DECIMAL", nulls="pass", returns=widest)
@scalar(*signatures("greatest", "INT", "BIGINT", "DATE", "TIME", "TIMESTAMP"), nulls="pass")
def greatest(*values: Any) -> Any:
    """The greatest of the arguments that are not NULL.

    >>> GREATEST(3, NULL, 7)
    7
    """
    return max((value for value in values if value is not None), default=None)


@scalar("greatest(val DOUBLE, vals DOUBLE...) -> DOUBLE", nulls="pass")
def greatest_double(*values: float | None) -> float | None:
    """The greatest of the DOUBLE arguments that are not NULL; NaN is greater than all.

    >>> GREATEST(1.5E0, 2.5E0)
    2.5
    """
    return max((value for value in values if value is not None), key=double_key, default=None)


@scalar("greatest(val STRING, vals STRING...) -> STRING", nulls="pass")
def greatest_string(*values: str | None) -> str | None:
    """The last in order of the STRING arguments that are not NULL.

    >>> GREATEST('b', 'a')
    'b'
    """
    return max((value for value in values if value is not None), key=utf16_key, default=None)


@scalar("greatest(val BYTES, vals BYTES...) -> BYTES", nulls="pass")
def greatest_bytes(*values: bytes | None) -> bytes | None:
    """The last in order of the BYTES arguments that are not NULL; bytes are signed, as in Java."""
    return max((value for value in values if value is not None), key=bytes_key, default=None)


@scalar("least(val DECIMAL, vals DECIMAL...) -> DECIMAL", nulls="pass", returns=widest)
@scalar(*signatures("least", "INT", "BIGINT", "DATE", "TIME", "TIMESTAMP"), nulls="pass")
def least(*values: Any) -> Any:
    """The least of the arguments that are not NULL.

    >>> LEAST(3, NULL, 7)
    3
    """
    return min((value for value in values if value is not None), default=None)


@scalar("least(val DOUBLE, vals DOUBLE...) -> DOUBLE", nulls="pass")
def least_double(*values: float | None) -> float | None:
    """The least of the DOUBLE arguments that are not NULL.

    >>> LEAST(1.5E0, 2.5E0)
    1.5
    """
    return min((value for value in values if value is not None), key=double_key, default=None)


@scalar("least(val STRING, vals STRING...) -> STRING", nulls="pass")
def least_string(*values: str | None) -> str | None:
    """The first in order of the STRING arguments that are not NULL.

    >>> LEAST('b', 'a')
    'a'
    """
    return min((value for value in values if value is not None), key=utf16_key, default=None)


@scalar("least(val BYTES, vals BYTES...) -> BYTES", nulls="pass")
def least_bytes(*values: bytes | None) -> bytes | None:
    """The first in order of the BYTES arguments that are not NULL; bytes are signed, as in Java."""
    return min((value for value in values if value is not None), key=bytes_key, default=None)
