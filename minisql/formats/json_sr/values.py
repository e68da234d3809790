"""From JSON to Connect's values, as Confluent's JsonSchemaConverter takes it.

Jackson's nodes are asked for a number, a text or a flag whatever they are; the wrong kind answers 0, null or false.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json.scan import MISSING
from minisql.formats.json_sr.inference import ONE_OF
from minisql.formats.text import parse_base64
from minisql.java import wrap32, wrap64

Reader = Callable[[Any], Any]


class Misfit(ValueError):
    """A JSON value does not go with its schema; the message is Confluent's."""


def value_reader(schema: ConnectSchema) -> Reader:
    """A function from a JSON value, decimals as Decimal, to a value of ``schema``; it raises Misfit."""
    read = _reader(schema)
    kind, optional, default = schema.type, schema.optional, schema.default

    def nullable(value: Any) -> Any:
        if value is not None and value is not MISSING:
            return read(value)
        if default is not None:
            return default
        if value is MISSING or optional:
            return None
        raise Misfit(f"Invalid null value for required {kind} field")

    return nullable


def _reader(schema: ConnectSchema) -> Reader:
    if schema.name in LOGICAL:
        return LOGICAL[schema.name]
    if schema.type == connect.ARRAY:
        return _array(value_reader(schema.item))
    if schema.type == connect.MAP:
        return _map(schema)
    if schema.type == connect.STRUCT:
        return _choice(schema) if schema.name == ONE_OF else _struct(schema)
    return SIMPLE[schema.type]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)


def _whole(wrap: Callable[[int], int]) -> Reader:
    return lambda value: 0 if not _is_number(value) or _is_multiple_of_2_64(value) else wrap(int(value))


def _is_multiple_of_2_64(value: Any) -> bool:
    """Of such numbers all bits that are kept are 0; written out they could fill the memory."""
    return isinstance(value, Decimal) and int(value.as_tuple().exponent) >= 64


def _double(value: Any) -> float:
    try:
        return float(value) if _is_number(value) else 0.0
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _bytes(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return parse_base64(value)
        except ValueError:
            raise Misfit("Invalid bytes field") from None
    return Decimal(value) if _is_number(value) else Decimal(0)


SIMPLE: dict[str, Reader] = {
    connect.INT8: _whole(lambda number: (number + 128) % 256 - 128),
    connect.INT16: _whole(lambda number: (number + 32768) % 65536 - 32768),
    connect.INT32: _whole(wrap32),
    connect.INT64: _whole(wrap64),
    connect.FLOAT32: _double,
    connect.FLOAT64: _double,
    connect.BOOLEAN: lambda value: value is True,
    connect.STRING: lambda value: value if isinstance(value, str) else None,
    connect.BYTES: _bytes,
}


def _decimal(value: Any) -> Decimal:
    if _is_number(value):
        return Decimal(value) if not isinstance(value, float) else Decimal(repr(value))
    raise Misfit(f"Invalid type for Decimal, underlying representation should be numeric or bytes but was {_node(value)}")


def _integral(name: str, wanted: str) -> Reader:
    def read(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise Misfit(f"Invalid type for {name}, underlying representation should be {wanted} but was {_node(value)}")

    return read


LOGICAL: dict[str | None, Reader] = {
    connect.DECIMAL: _decimal,
    connect.DATE: _integral("Date", "integer"),
    connect.TIME: _integral("Time", "integer"),
    connect.TIMESTAMP: _integral("Timestamp", "integral"),
}


def _array(item: Reader) -> Reader:
    # Jackson goes over the elements of any node: scalars have none, objects have their values.
    def read(value: Any) -> list[Any]:
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [item(each) for each in items]

    return read


def _map(schema: ConnectSchema) -> Reader:
    key, item = value_reader(schema.keys), value_reader(schema.item)

    def read_object(value: Any) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"Maps with string fields should be encoded as JSON objects, but found {_node(value)}")
        return {name: item(each) for name, each in value.items()}

    def read_entries(value: Any) -> dict[Any, Any]:
        if not isinstance(value, list):
            raise Misfit(f"Maps with non-string fields should be encoded as JSON array of objects, but found {_node(value)}")
        return dict(entry(each) for each in value)

    def entry(value: Any) -> tuple[Any, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"Found invalid map entry instead of object: {_node(value)}")
        if len(value) != 2:
            raise Misfit(f"Found invalid map entry, expected length 2 but found :{len(value)}")
        return key(value.get("key", MISSING)), item(value.get("value", MISSING))

    return read_object if schema.keys.type == connect.STRING and not schema.keys.optional else read_entries


def _struct(schema: ConnectSchema) -> Reader:
    readers = [(name, value_reader(field)) for name, field in schema.fields]

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"Structs should be encoded as JSON objects, but found {_node(value)}")
        return {name: each(value.get(name, MISSING)) for name, each in readers}

    return read


def _choice(schema: ConnectSchema) -> Reader:
    fields = [(name, field, value_reader(field)) for name, field in schema.fields]

    def read(value: Any) -> dict[str, Any]:
        found = {name: None for name, _, _ in fields}
        best, most = None, 0
        for name, field, reader in fields:
            if _suits(field, value):
                return {**found, name: reader(value)}
            shared = _shared(field, value)
            if shared > most:
                best, most = (name, reader), shared
        if best is None:
            raise Misfit("Did not find matching oneof field for data")
        return {**found, best[0]: best[1](value)}

    return read


def _suits(schema: ConnectSchema, value: Any) -> bool:
    if schema.type in connect.WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    if schema.type in (connect.FLOAT32, connect.FLOAT64):
        return _is_number(value)
    wanted = {
        connect.BOOLEAN: bool,
        connect.STRING: str,
        connect.BYTES: Decimal,
        connect.ARRAY: list,
        connect.MAP: (dict, list),
    }.get(schema.type, ())
    return isinstance(value, wanted)  # type: ignore[arg-type]


def _shared(schema: ConnectSchema, value: Any) -> int:
    """How many of an object's names a STRUCT has, at all depths."""
    if schema.type != connect.STRUCT or not isinstance(value, dict):
        return 0
    common = [(field, value[name]) for name, field in schema.fields if name in value]
    return len(common) + sum(_shared(field, inner) for field, inner in common)


def _node(value: Any) -> str:
    """Jackson's JsonNodeType."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, str):
        return "STRING"
    return "ARRAY" if isinstance(value, list) else "OBJECT" if isinstance(value, dict) else "NUMBER"
