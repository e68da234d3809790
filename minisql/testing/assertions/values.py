"""SQL values as the cells of text tables.

The type of a column says how its cells are read, so that ``5`` is a text in a STRING column and a number in an INTEGER
column. Times are ISO 8601, BYTES base64 (or ``X'0A'``), and nested values JSON, with their parts written likewise.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from minisql.calendar import DAY
from minisql.errors import DataError
from minisql.formats.python_values import from_python
from minisql.formats.text import parse_base64, parse_double
from minisql.row import to_python
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlPrimitive,
    SqlStruct,
    SqlType,
)

MILLISECONDS = SqlPrimitive("BIGINT milliseconds")
"""The type of ROWTIME and of a window's bounds: whole numbers, which may be given as moments too."""

NESTED = (SqlArray, SqlMap, SqlStruct)

_WHOLE = re.compile(r"[+-]?\d+")
_HEX = re.compile(r"[xX]'((?:[0-9a-fA-F]{2})*)'")
_BOOLEANS = {"true": True, "false": False}

# -- reading --------------------------------------------------------------------------------------------


def read(text: str, kind: SqlType) -> Any:
    """The value of ``kind`` that a cell says.

    Raises:
        ValueError, TypeError, ArithmeticError: it says none.
    """
    if isinstance(kind, NESTED):
        return _from_node(json.loads(text, parse_float=Decimal), kind)
    reader = _READ.get(kind)
    return from_python(text, kind) if reader is None else reader(text)


def _whole(kind: SqlType) -> Callable[[str], Any]:
    def whole(text: str) -> Any:
        if not _WHOLE.fullmatch(text):
            raise ValueError(text)
        return from_python(int(text), kind)

    return whole


def _boolean(text: str) -> bool:
    return _BOOLEANS[text.lower()] if text.lower() in _BOOLEANS else from_python(text, BOOLEAN)


def _bytes(text: str) -> bytes:
    digits = _HEX.fullmatch(text)
    return parse_base64(text) if digits is None else bytes.fromhex(digits[1])


def _time(kind: SqlType) -> Callable[[str], Any]:
    """ISO 8601, or the number that stands for it: there are dates and moments that Python's calendar has not got."""

    def read_time(text: str) -> Any:
        if _WHOLE.fullmatch(text):
            return from_python(int(text), kind)
        return from_python(_completed(text), kind)

    return read_time


def _completed(text: str) -> str:
    """Python 3.10 knows no Z, and fractions of three or six digits only."""
    text = re.sub(r"[zZ]$", "+00:00", text)
    return re.sub(r"\.(\d{1,5})(?!\d)", lambda match: f".{match[1]:0<6}", text)


_READ: dict[SqlType, Callable[[str], Any]] = {
    BOOLEAN: _boolean,
    INTEGER: _whole(INTEGER),
    BIGINT: _whole(BIGINT),
    DOUBLE: parse_double,
    STRING: str,
    BYTES: _bytes,
    DATE: _time(DATE),
    TIME: _time(TIME),
    TIMESTAMP: _time(TIMESTAMP),
    MILLISECONDS: _time(TIMESTAMP),
}


def _from_node(node: Any, kind: SqlType) -> Any:
    """The value of a JSON node."""
    if node is None:
        return None
    if isinstance(kind, SqlArray) and isinstance(node, list):
        return [_from_node(item, kind.item) for item in node]
    if isinstance(kind, SqlMap) and isinstance(node, dict):
        return {read(key, kind.key): _from_node(item, kind.value) for key, item in node.items()}
    if isinstance(kind, SqlStruct) and isinstance(node, dict):
        return struct_of(node, kind, _from_node)
    if isinstance(node, str) and not isinstance(kind, NESTED):
        return read(node, kind)
    return from_python(node, kind)


def struct_of(given: dict[str, Any], kind: SqlStruct, convert: Callable[[Any, SqlType], Any]) -> dict[str, Any]:
    """All fields of a struct: those that are given by exact or upper-cased name converted, the others NULL.

    Raises:
        ValueError: there is no such field.
    """
    types = dict(kind.fields)
    named = {name if name in types else str(name).upper(): item for name, item in given.items()}
    unknown = [name for name in named if name not in types]
    if unknown:
        raise ValueError(f"{kind} has no field {unknown[0]}")
    return {name: convert(named.get(name), field) for name, field in kind.fields}


# -- showing --------------------------------------------------------------------------------------------


def show(value: Any, kind: SqlType) -> str:
    """The text of a value that is not NULL; ``read`` gives the value back."""
    if isinstance(kind, NESTED):
        return _json(value, kind)
    if isinstance(kind, SqlDecimal):
        return format(value, "f")
    return _SHOW.get(kind, str)(value)


def _show_double(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"


def _show_moment(kind: SqlType, text: Callable[[Any], str]) -> Callable[[Any], str]:
    convert = to_python(kind)
    assert convert is not None

    def show_moment(value: int) -> str:
        try:
            return text(convert(value))
        except (DataError, ValueError):
            return str(value)

    return show_moment


def _show_time(value: int) -> str:
    if not 0 <= value < DAY:
        return str(value)
    convert = to_python(TIME)
    assert convert is not None
    return str(convert(value).isoformat("milliseconds" if value % 1000 else "seconds"))


_SHOW: dict[SqlType, Callable[[Any], str]] = {
    BOOLEAN: lambda value: "true" if value else "false",
    DOUBLE: _show_double,
    BYTES: lambda value: base64.b64encode(value).decode("ascii"),
    DATE: _show_moment(DATE, lambda date: str(date.isoformat())),
    TIME: _show_time,
    TIMESTAMP: _show_moment(TIMESTAMP, lambda moment: str(moment.replace(tzinfo=None).isoformat(timespec="milliseconds"))),
}


def _json(value: Any, kind: SqlType) -> str:
    if value is None:
        return "null"
    if isinstance(kind, SqlArray):
        return f"[{', '.join(_json(item, kind.item) for item in value)}]"
    if isinstance(kind, SqlMap):
        parts = [f"{json_text(show(key, kind.key))}: {_json(item, kind.value)}" for key, item in value.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(kind, SqlStruct):
        return "{" + ", ".join(f"{json_text(name)}: {_json(value[name], field)}" for name, field in kind.fields) + "}"
    text = show(value, kind)
    bare = kind in (BOOLEAN, INTEGER, BIGINT, DOUBLE) or isinstance(kind, SqlDecimal)
    return text if bare else json_text(text)


def json_text(text: str) -> str:
    """A text as JSON, on one line."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
