"""From Connect's values to JSON, as Confluent's JsonSchemaConverter writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.columns import LOGICAL, SIMPLE
from minisql.formats.connect.parsed import Write
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json.writer import row_encoder
from minisql.formats.json_sr.choice import choice_writer, has_choice
from minisql.types import STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Prepare = Callable[[Any], Any]


def value_writer(schema: ConnectSchema) -> Write:
    """A function from a value of ``schema`` to JSON.

    The value is brought into a shape that JSON can hold, and ksqlDB's JSON writer does the rest. Only a choice has no one
    shape.
    """
    if has_choice(schema):
        return choice_writer(schema, value_writer)
    if schema.type == connect.STRUCT and not schema.optional:
        return _struct_writer(schema)
    kind, prepare = _shape(schema), _prepare(schema)
    write = row_encoder((("_", kind),))
    # The bare value stands between {"_": and }.
    return lambda value: (write((value if prepare is None or value is None else prepare(value),)) or b"")[5:-1]


def _struct_writer(schema: ConnectSchema) -> Write:
    names = [name for name, _ in schema.fields]
    prepares = [_prepare(field) for _, field in schema.fields]
    encode: Any = row_encoder(tuple((name, _shape(field)) for name, field in schema.fields))
    if not any(prepares):
        return lambda struct: encode([struct[name] for name in names])
    return lambda struct: encode(
        [
            struct[name] if prepare is None or struct[name] is None else prepare(struct[name])
            for name, prepare in zip(names, prepares, strict=True)
        ]
    )


def _shape(schema: ConnectSchema) -> SqlType:
    """A SQL type that ksqlDB's JSON writer prints like the schema: maps are arrays of entries."""
    if schema.type == connect.ARRAY:
        return SqlArray(_shape(schema.item))
    if schema.type == connect.MAP:
        value = _shape(schema.item)
        return SqlArray(SqlStruct((("key", STRING), ("value", value)))) if _as_entries(schema) else SqlMap(STRING, value)
    if schema.type == connect.STRUCT:
        return SqlStruct(tuple((name, _shape(field)) for name, field in schema.fields))
    if schema.name == connect.DECIMAL:
        return SqlDecimal(connect.precision_of(schema), connect.scale_of(schema))
    return LOGICAL.get((schema.type, schema.name or ""), SIMPLE[schema.type])


def _prepare(schema: ConnectSchema) -> Prepare | None:
    if schema.type == connect.ARRAY:
        each = _prepare(schema.item)
        return None if each is None else _items(each)
    if schema.type == connect.MAP:
        item = _prepare(schema.item)
        return _entries(item) if _as_entries(schema) else _values(item)
    if schema.type == connect.STRUCT:
        parts: list[tuple[str, Prepare | None]] = [(name, _prepare(field)) for name, field in schema.fields]
        if any(part for _, part in parts):
            return lambda struct: {
                name: struct[name] if part is None or struct[name] is None else part(struct[name]) for name, part in parts
            }
    return None


def _items(item: Prepare) -> Prepare:
    return lambda items: [None if each is None else item(each) for each in items]


def _values(item: Prepare | None) -> Prepare | None:
    if item is None:
        return None
    return lambda items: {key: None if value is None else item(value) for key, value in items.items()}


def _as_entries(schema: ConnectSchema) -> bool:
    return schema.keys.type != connect.STRING or schema.keys.optional


def _entries(item: Prepare | None) -> Prepare:
    return lambda items: [
        {"key": key, "value": value if item is None or value is None else item(value)} for key, value in items.items()
    ]
