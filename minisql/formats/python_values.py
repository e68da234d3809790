"""Values of a Python program as SQL values: what converts without loss, and nothing else.

Topics take what JSON's rules take (``json/coercion.py``), which is much more; this is for rows that a program inserts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from minisql.calendar import DAY
from minisql.formats.python_times import days_of, milliseconds_of, timestamp_of
from minisql.formats.text import fit, parse_base64
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType


def from_python(value: Any, kind: SqlType) -> Any:
    """The SQL value of ``kind`` for a Python value; None stays None.

    Time types take ``datetime`` objects, their ISO texts and the integers of ``minisql.types``; BYTES also take base64
    text; numbers of numpy and the like count as the Python numbers they hold.

    Raises:
        TypeError, ValueError, ArithmeticError: the value does not fit.
    """
    if value is None:
        return None
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = value.item()
    convert = CONVERSIONS.get(type(kind))
    return PRIMITIVE[str(kind)](value) if convert is None else convert(value, kind)


def _double(value: Any) -> float:
    return float(_number(value))


def _bytes(value: Any) -> bytes:
    return parse_base64(value) if isinstance(value, str) else bytes(_only(value, bytes, bytearray, memoryview))


def _date(value: Any) -> int:
    if isinstance(value, str):
        from datetime import date

        value = date.fromisoformat(value)
    return _whole(days_of(value), INT_MIN, INT_MAX)


def _time(value: Any) -> int:
    if isinstance(value, str):
        from datetime import time

        value = time.fromisoformat(value)
    return _whole(milliseconds_of(value), 0, DAY - 1)


def _timestamp(value: Any) -> int:
    if isinstance(value, str):
        from datetime import datetime

        value = datetime.fromisoformat(value)
    return _whole(timestamp_of(value), BIGINT_MIN, BIGINT_MAX)


PRIMITIVE: dict[str, Callable[[Any], Any]] = {
    "BOOLEAN": lambda value: _only(value, bool),
    "INTEGER": lambda value: _whole(value, INT_MIN, INT_MAX),
    "BIGINT": lambda value: _whole(value, BIGINT_MIN, BIGINT_MAX),
    "DOUBLE": _double,
    "STRING": lambda value: _only(value, str),
    "BYTES": _bytes,
    "DATE": _date,
    "TIME": _time,
    "TIMESTAMP": _timestamp,
}


def _decimal(value: Any, kind: SqlDecimal) -> Decimal:
    number = Decimal(value) if isinstance(value, str) else _number(value)
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if not exact.is_finite():
        raise ValueError(f"{kind} has no {value}")
    return fit(exact, kind.precision, kind.scale)


def _array(value: Any, kind: SqlArray) -> list[Any]:
    items = value.tolist() if hasattr(value, "tolist") else _only(value, list, tuple)
    return [from_python(item, kind.item) for item in items]


def _map(value: Any, kind: SqlMap) -> dict[Any, Any]:
    return {from_python(key, kind.key): from_python(item, kind.value) for key, item in _only(value, dict).items()}


def _struct(value: Any, kind: SqlStruct) -> dict[str, Any]:
    given = _only(value, Mapping)
    fields = dict(kind.fields)
    named = {name if name in fields else str(name).upper(): item for name, item in given.items()}
    unknown = [name for name in named if name not in fields]
    if unknown:
        raise ValueError(f"{kind} has no field {unknown[0]}")
    return {name: from_python(named.get(name), field) for name, field in kind.fields}


CONVERSIONS: dict[type[SqlType], Callable[[Any, Any], Any]] = {
    SqlDecimal: _decimal,
    SqlArray: _array,
    SqlMap: _map,
    SqlStruct: _struct,
}


def _only(value: Any, *kinds: type) -> Any:
    if isinstance(value, kinds):
        return value
    raise TypeError(f"{' or '.join(kind.__name__ for kind in kinds)} expected, not {value!r}")


def _number(value: Any) -> int | float | Decimal:
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value
    raise TypeError(f"a number expected, not {value!r}")


def _whole(value: Any, least: int, most: int) -> int:
    number = _number(value)
    whole = int(number)
    if whole != number or not least <= whole <= most:
        raise ValueError(f"a whole number between {least} and {most} expected, not {value!r}")
    return whole
