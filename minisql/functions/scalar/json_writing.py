"""TO_JSON_STRING: values of any type as JSON."""

from binascii import b2a_base64
from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import Any

from minisql.calendar import date_text, time_text, timestamp_text
from minisql.functions.jackson import quote
from minisql.functions.registry import scalar
from minisql.functions.rules import Kinds
from minisql.java import decimal_text, double_text, string_value, utf16_key
from minisql.types import BOOLEAN, BYTES, DATE, DOUBLE, STRING, TIME, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

CATEGORY = "JSON"

Writer = Callable[[Any], str]


def for_kind(function: Callable[..., str], kinds: Kinds) -> Writer:
    """The function for values of the type of the argument."""
    return partial(function, write=writer(kinds[0]))


@scalar("TO_JSON_STRING(input T) -> STRING", nulls="pass", for_types=for_kind)
def to_json_string(value: Any, write: Writer) -> str:
    """A value of any type as JSON; the fields of a STRUCT and the keys of a MAP come in alphabetical order.

    >>> TO_JSON_STRING(ARRAY[1, NULL])
    '[1,null]'
    >>> TO_JSON_STRING(STRUCT(b := 'x', a := 1.50))
    '{"A":1.50,"B":"x"}'
    """
    return write(value)


def writer(kind: SqlType | None) -> Writer:
    """What writes values of a type, None included."""
    write = _nested(kind) if isinstance(kind, (SqlArray, SqlMap, SqlStruct)) else _plain(kind)
    return lambda value: "null" if value is None else write(value)


def _plain(kind: SqlType | None) -> Writer:
    return decimal_text if isinstance(kind, SqlDecimal) else WRITERS.get(kind, str)


def _nested(kind: SqlArray | SqlMap | SqlStruct) -> Writer:
    if isinstance(kind, SqlArray):
        item = writer(kind.item)
        return lambda items: f"[{','.join(map(item, items))}]"
    return _map(kind) if isinstance(kind, SqlMap) else _struct(kind)


def _map(kind: SqlMap) -> Writer:
    item = writer(kind.value)

    def write(mapping: dict[Any, Any]) -> str:
        texts = {string_value(key): value for key, value in mapping.items()}
        return "{" + ",".join(f"{quote(key)}:{item(texts[key])}" for key in sorted(texts, key=utf16_key)) + "}"

    return write


def _struct(kind: SqlStruct) -> Writer:
    fields = sorted(((name, writer(item)) for name, item in kind.fields), key=lambda field: utf16_key(field[0]))
    named = [(name, quote(name), write) for name, write in fields]
    return lambda struct: "{" + ",".join(f"{label}:{write(struct[name])}" for name, label, write in named) + "}"


def _double(number: float) -> str:
    # Jackson quotes what JSON has no number for.
    return double_text(number) if isfinite(number) else f'"{double_text(number)}"'


WRITERS: dict[SqlType | None, Writer] = {
    BOOLEAN: string_value,
    DOUBLE: _double,
    STRING: quote,
    BYTES: lambda data: f'"{b2a_base64(data, newline=False).decode()}"',
    DATE: lambda days: f'"{date_text(days)}"',
    TIME: lambda milliseconds: f'"{time_text(milliseconds)}"',
    TIMESTAMP: lambda milliseconds: f'"{timestamp_text(milliseconds)}"',
}
