"""Python values of SQL types, as ``Connection.insert`` takes them and a cursor gives them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from minisql.calendar import DAY
from minisql.strategies.chances import Draw, happens
from minisql.strategies.sources import type_of
from minisql.types import (
    BIGINT_MAX,
    BIGINT_MIN,
    INT_MAX,
    INT_MIN,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

NULLS = 0.1
"""The share of NULLs among values by default."""

Values = st.SearchStrategy[Any]

_SMALL = st.integers(-9, 9)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_WORDS = ["", "a", "b", "A", "ab", " ", "1", "-1.5", "true", "a,b", "it's", "2020-02-29", '{"a": [1, null]}', "é", "😀", "%_"]
_TEXTS = st.sampled_from(_WORDS) | st.text(max_size=5)
_YEARS = (date(1900, 1, 1), date(2100, 12, 31))


def values(kind: SqlType | str, *, nulls: float = NULLS) -> Values:
    """Values of a type: small and odd ones, those at the bounds, and any.

    DATE gives ``date``, TIME ``time``, TIMESTAMP an aware ``datetime`` in UTC, DECIMAL ``Decimal``, BYTES ``bytes``; times
    are whole milliseconds, days lie between 1900 and 2100, doubles are finite.

    Args:
        kind: the type, or its text.
        nulls: the share of NULLs, in arrays, maps and structs too.

    Raises:
        KsqlError: the text is no type.
    """
    return _nullable(_values(type_of(kind), nulls), nulls)


@lru_cache(maxsize=1024)
def few(kind: SqlType) -> Values:
    """Few values of a type, so that they meet again; none is NULL."""
    return _FEW[str(kind)] if str(kind) in _FEW else _values(kind, 0)


def column_values(kind: SqlType, nulls: float, within: float) -> Values:
    """Likewise, with a share of NULLs of its own for what lies in arrays, maps and structs."""
    return _nullable(_values(kind, within), nulls)


@st.composite
def _nullable(draw: Draw, some: Values, nulls: float) -> Any:
    value = draw(some)  # drawn in any case: what takes fewer choices counts as simpler, and NULL is not
    return None if happens(draw, nulls) else value


@lru_cache(maxsize=1024)
def _values(kind: SqlType, nulls: float) -> Values:
    nested = _NESTED.get(type(kind))
    return _PRIMITIVES[str(kind)] if nested is None else nested(kind, nulls)


def _decimals(kind: SqlDecimal, nulls: float) -> Values:
    most: int = 10**kind.precision - 1
    return (st.integers(-min(most, 99), min(most, 99)) | st.integers(-most, most)).map(_scaled(kind.scale))


def _scaled(scale: int) -> Callable[[int], Decimal]:
    return lambda digits: Decimal((digits < 0, tuple(map(int, str(abs(digits)))), -scale))


def _arrays(kind: SqlArray, nulls: float) -> Values:
    return st.lists(values(kind.item, nulls=nulls), max_size=3)


def _maps(kind: SqlMap, nulls: float) -> Values:
    return st.dictionaries(_values(kind.key, 0), values(kind.value, nulls=nulls), max_size=3)


def _structs(kind: SqlStruct, nulls: float) -> Values:
    return in_order({name: values(field, nulls=nulls) for name, field in kind.fields})


def in_order(named: Mapping[str, Values]) -> st.SearchStrategy[dict[str, Any]]:
    """Dicts whose entries always have this order."""
    names = tuple(named)
    return st.tuples(*named.values()).map(lambda items: dict(zip(names, items, strict=True)))


def _time_of(milliseconds: int) -> time:
    return (_EPOCH + timedelta(milliseconds=milliseconds)).time()


def _timestamp_of(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _milliseconds(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY


_NESTED: dict[type[SqlType], Callable[[Any, float], Values]] = {
    SqlDecimal: _decimals,
    SqlArray: _arrays,
    SqlMap: _maps,
    SqlStruct: _structs,
}

_PRIMITIVES: dict[str, Values] = {
    "BOOLEAN": st.booleans(),
    "INTEGER": _SMALL | st.integers(INT_MIN, INT_MAX),
    "BIGINT": _SMALL | st.integers(BIGINT_MIN, BIGINT_MAX),
    "DOUBLE": _SMALL.map(lambda number: number / 2) | st.floats(allow_nan=False, allow_infinity=False),
    "STRING": _TEXTS,
    "BYTES": st.binary(max_size=4) | st.binary(min_size=8, max_size=8),
    "DATE": st.dates(date(1970, 1, 1), date(1970, 1, 9)) | st.dates(*_YEARS),
    "TIME": (st.integers(0, 9) | st.integers(0, DAY - 1)).map(_time_of),
    "TIMESTAMP": (st.integers(0, 9) | st.integers(*map(_milliseconds, _YEARS))).map(_timestamp_of),
}

_FEW: dict[str, Values] = {
    "INTEGER": st.integers(0, 3),
    "BIGINT": st.integers(0, 3),
    "DOUBLE": st.sampled_from([0.0, 0.5, 1.0, -0.0]),
    "STRING": st.sampled_from(["", "a", "b"]),
    "DATE": st.dates(date(1970, 1, 1), date(1970, 1, 3)),
    "TIME": st.integers(0, 2).map(_time_of),
    "TIMESTAMP": st.integers(0, 2).map(_timestamp_of),
    "BYTES": st.sampled_from([b"", b"a"]),
}
