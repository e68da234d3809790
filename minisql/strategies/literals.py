"""Python values as SQL expressions of exactly their type."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime, time, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from minisql.codegen.literals import decimal_type
from minisql.dialect import quoted_name
from minisql.dialect.expression_generator import quote_text
from minisql.parameters import literal
from minisql.strategies.sources import type_of
from minisql.strategies.values import NULLS, values
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType


def literals(kind: SqlType | str, *, nulls: float = NULLS) -> st.SearchStrategy[str]:
    """SQL of constants of exactly this type, ``CAST(5 AS BIGINT)`` where ``5`` would be of another.

    Args:
        kind: the type, or its text.
        nulls: the share of NULLs.

    Raises:
        KsqlError: the text is no type.
    """
    found = type_of(kind)
    return values(found, nulls=nulls).map(lambda value: literal_of(value, found))


def literal_of(value: Any, kind: SqlType) -> str:
    """SQL of the value as one of exactly this type.

    Args:
        value: as ``values`` gives it.
        kind: its type.

    >>> from minisql.types import BIGINT, DOUBLE
    >>> print(literal_of(5, BIGINT), literal_of(0.5, DOUBLE), literal_of([], SqlArray(BIGINT)))
    CAST(5 AS BIGINT) 0.5E0 FILTER(ARRAY[CAST(0 AS BIGINT)], _X => FALSE)
    """
    if value is None:
        return f"CAST(NULL AS {kind})"
    nested = _NESTED.get(type(kind))
    return _PRIMITIVES[str(kind)](value) if nested is None else nested(value, kind)


def _cast(text: str, kind: object) -> str:
    return f"CAST({text} AS {kind})"


def _integer(value: int) -> str:
    return str(value)


def _bigint(value: int) -> str:
    return _cast(str(value), "BIGINT") if INT_MIN <= value <= INT_MAX else str(value)


def _double(value: float) -> str:
    if value - value != 0:
        return _cast({"inf": "'Infinity'", "-inf": "'-Infinity'"}.get(str(value), "'NaN'"), "DOUBLE")
    text = repr(value).upper()
    return text if "E" in text else f"{text}E0"


def _decimal(value: Decimal, kind: SqlDecimal) -> str:
    text = f"{value:f}"
    if kind.scale:
        return text if decimal_type(value) == kind else _cast(text, kind)
    return _cast(text if BIGINT_MIN <= value <= BIGINT_MAX else quote_text(text), kind)


def _bytes(value: bytes) -> str:
    return f"TO_BYTES('{b64encode(value).decode()}', 'base64')"


def _array(value: list[Any], kind: SqlArray) -> str:
    items = [literal_of(item, kind.item) for item in value]
    return f"ARRAY[{', '.join(items)}]" if items else f"FILTER(ARRAY[{_some(kind.item)}], _X => FALSE)"


def _map(value: dict[Any, Any], kind: SqlMap) -> str:
    if not value:  # the names of the variables must not be those of columns
        return f"FILTER(MAP({literal_of('', kind.key)} := {_some(kind.value)}), (_K, _V) => FALSE)"
    return f"MAP({', '.join(f'{literal_of(key, kind.key)} := {literal_of(item, kind.value)}' for key, item in value.items())})"


def _struct(value: dict[str, Any], kind: SqlStruct) -> str:
    return f"STRUCT({', '.join(f'{quoted_name(name)} := {literal_of(value[name], field)}' for name, field in kind.fields)})"


def _some(kind: SqlType) -> str:
    """SQL of some value of the type; not NULL, of which ksqlDB's interpreter makes no type."""
    if isinstance(kind, SqlArray):
        return f"ARRAY[{_some(kind.item)}]"
    if isinstance(kind, SqlMap):
        return f"MAP({literal_of('', kind.key)} := {_some(kind.value)})"
    if isinstance(kind, SqlStruct):
        return f"STRUCT({', '.join(f'{quoted_name(name)} := {_some(field)}' for name, field in kind.fields)})"
    return literal_of(Decimal(0) if isinstance(kind, SqlDecimal) else _LEAST[str(kind)], kind)


def _written(kind: str) -> Callable[[Any], str]:
    """A cast of the text that a parameter of this type is given as."""
    return lambda value: _cast(literal(value), kind)


_NESTED: dict[type[SqlType], Callable[[Any, Any], str]] = {
    SqlDecimal: _decimal,
    SqlArray: _array,
    SqlMap: _map,
    SqlStruct: _struct,
}

_PRIMITIVES: dict[str, Callable[[Any], str]] = {
    "BOOLEAN": lambda value: str(value).upper(),
    "INTEGER": _integer,
    "BIGINT": _bigint,
    "DOUBLE": _double,
    "STRING": quote_text,
    "BYTES": _bytes,
    **{kind: _written(kind) for kind in ("DATE", "TIME", "TIMESTAMP")},
}

_LEAST: dict[str, Any] = {
    "BOOLEAN": False,
    "INTEGER": 0,
    "BIGINT": 0,
    "DOUBLE": 0.0,
    "STRING": "",
    "BYTES": b"",
    "DATE": date(1970, 1, 1),
    "TIME": time(),
    "TIMESTAMP": datetime(1970, 1, 1, tzinfo=timezone.utc),
}
