"""Values as text: what CAST(... AS STRING) gives, which is Java's ``toString``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql import java
from minisql.calendar import date_text, timestamp_text
from minisql.types import BOOLEAN, BYTES, DATE, DOUBLE, STRING, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType

Writer = Callable[[Any], str]


def nested_writer(kind: SqlType) -> Writer:
    """A function that writes an ARRAY, MAP or STRUCT."""
    if isinstance(kind, SqlArray):
        return _array_writer(kind)
    if isinstance(kind, SqlMap):
        return _map_writer(kind)
    assert isinstance(kind, SqlStruct)
    return _struct_writer(kind)


def _writer(kind: SqlType) -> Writer:
    """A function that writes a value within another, None included."""
    if isinstance(kind, (SqlArray, SqlMap, SqlStruct)):
        write = nested_writer(kind)
    else:
        write = _INNER.get(kind, str)
    return lambda value: "null" if value is None else write(value)


def _array_writer(kind: SqlArray) -> Writer:
    write = _writer(kind.item)
    return lambda items: f"[{', '.join(map(write, items))}]"


def _map_writer(kind: SqlMap) -> Writer:
    write_key, write = _writer(kind.key), _writer(kind.value)

    def write_map(mapping: dict[Any, Any]) -> str:
        keys = java.map_order(mapping, 1) if kind.key == STRING else mapping
        return "{" + ", ".join(f"{write_key(key)}={write(mapping[key])}" for key in keys) + "}"

    return write_map


def _struct_writer(kind: SqlStruct) -> Writer:
    """Kafka Connect's ``Struct{A=1,B=2}``: fields that are null are left out."""
    writers = [(name, _writer(inner)) for name, inner in kind.fields]

    def write_struct(value: dict[str, Any]) -> str:
        parts = (f"{name}={write(value[name])}" for name, write in writers if value.get(name) is not None)
        return "Struct{" + ",".join(parts) + "}"

    return write_struct


def boolean_text(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"


def _buffer(data: bytes) -> str:
    return f"java.nio.HeapByteBuffer[pos=0 lim={len(data)} cap={len(data)}]"


def _sql_timestamp(milliseconds: int) -> str:
    """``java.sql.Timestamp.toString``."""
    text = timestamp_text(milliseconds).replace("T", " ")
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}"


def _sql_time(milliseconds: int) -> str:
    """``java.sql.Time.toString``."""
    return timestamp_text(milliseconds)[11:19]


_INNER: dict[SqlType, Writer] = {
    BOOLEAN: boolean_text,
    DOUBLE: java.double_text,
    BYTES: _buffer,
    DATE: date_text,
    TIME: _sql_time,
    TIMESTAMP: _sql_timestamp,
}
