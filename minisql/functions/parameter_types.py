"""Types that only a function's parameter can have, and what ksqlDB prints for a parameter's type."""

from __future__ import annotations

from minisql.types import SqlArray, SqlDecimal, SqlInterval, SqlLambda, SqlMap, SqlPrimitive, SqlStruct, SqlType


class Generic(SqlPrimitive):
    """A type variable: ``T``, ``K``, ``V``, ..."""

    __slots__ = ()


ANY_DECIMAL = SqlPrimitive("DECIMAL")
"""DECIMAL of any precision and scale."""

ANY = SqlPrimitive("ANY")
"""A parameter that takes whatever comes."""

INTERVAL_UNIT = SqlInterval()

_TEXTS = {"INTEGER": "INT", "STRING": "VARCHAR"}


def has_generics(kind: SqlType | None) -> bool:
    """Whether a type variable occurs in ``kind``."""
    if isinstance(kind, SqlArray):
        return has_generics(kind.item)
    if isinstance(kind, SqlMap):
        return has_generics(kind.key) or has_generics(kind.value)
    if isinstance(kind, SqlStruct):
        return any(has_generics(item) for _, item in kind.fields)
    if isinstance(kind, SqlLambda):
        return any(map(has_generics, kind.inputs)) or has_generics(kind.returns)
    return isinstance(kind, Generic)


def text_of(kind: SqlType | None) -> str:
    """What ksqlDB prints for a parameter: other names than a column's type has, and no quotes.

    >>> text_of(SqlArray(Generic("T")))
    'ARRAY<T>'
    """
    if isinstance(kind, SqlArray):
        return f"ARRAY<{text_of(kind.item)}>"
    if isinstance(kind, SqlMap):
        return f"MAP<{text_of(kind.key)}, {text_of(kind.value)}>"
    if isinstance(kind, SqlStruct):
        return "STRUCT<" + ", ".join(f"{name} {text_of(item)}" for name, item in kind.fields) + ">"
    if isinstance(kind, SqlLambda):
        return f"LAMBDA ({', '.join(map(text_of, kind.inputs))}) => {text_of(kind.returns)}"
    if isinstance(kind, SqlInterval):
        return "INTERVAL UNIT"
    if isinstance(kind, SqlDecimal):
        return "DECIMAL"
    return _TEXTS.get(str(kind), str(kind))


def base(kind: SqlType | None) -> str:
    """What remains of a type when its parameters are left out: ``DECIMAL``, ``ARRAY``, ``STRING``..."""
    if isinstance(kind, SqlPrimitive):
        return kind.name
    return type(kind).__name__.removeprefix("Sql").upper()
