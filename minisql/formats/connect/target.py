"""From rows to values of a schema that somebody else has registered: SCHEMA_ID names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.columns import type_schema
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.rows import Fields, Row
from minisql.types import SqlArray, SqlMap, SqlStruct, SqlType

Turn = Callable[[Any], Any]

JAVA_CLASSES = {
    connect.INT32: "java.lang.Integer",
    connect.INT64: "java.lang.Long",
    connect.FLOAT64: "java.lang.Double",
    connect.BOOLEAN: "java.lang.Boolean",
    connect.STRING: "java.lang.String",
    connect.BYTES: "java.nio.HeapByteBuffer",
    connect.ARRAY: "java.util.ArrayList",
    connect.MAP: "java.util.HashMap",
    connect.STRUCT: "org.apache.kafka.connect.data.Struct",
}


def row_target(fields: Fields, schema: ConnectSchema, format: str | None, naming: Callable[[str], str]) -> Callable[[Row], Any]:
    """A function from a row to a value of ``schema``, a STRUCT; it raises KsqlError for what does not fit.

    Args:
        fields: the row's.
        schema: the registered schema.
        format: how the format is called in the error about a field without default; None where such fields are left out.
        naming: what becomes of columns' names in the format.

    Raises:
        KsqlError: the schema has no field for a column.
    """
    names = [naming(name) for name, _ in fields]
    for name in names:
        if schema.field(name) is None:
            raise KsqlError(f"Schema from Schema Registry misses field with name: {name}")
    parts: list[tuple[str, int | None, Turn]] = []
    for name, field in schema.fields:
        index = names.index(name) if name in names else None
        if index is None:
            parts.append((name, None, _absent(name, field, format)))
        else:
            parts.append((name, index, _required(name, field, _turn(fields[index][1], field, name, format))))
    return lambda row: {name: turn(None if index is None else row[index]) for name, index, turn in parts}


def _absent(name: str, schema: ConnectSchema, format: str | None) -> Turn:
    if format is not None and not schema.optional and schema.default is None:
        message = (
            f"Missing default value for required {format} field: [{name}]. "
            f"This field appears in {format} schema in Schema Registry"
        )
        return _failing(message)
    return lambda value: schema.default


def _required(name: str, schema: ConnectSchema, turn: Turn) -> Turn:
    if schema.optional:
        return lambda value: None if value is None else turn(value)
    # Connect's Struct takes null where the schema has a default.
    message = f'Invalid value: null used for required field: "{name}", schema type: {schema.type}'
    refuse = _failing(message) if schema.default is None else (lambda value: schema.default)
    return lambda value: refuse(value) if value is None else turn(value)


def _failing(message: str) -> Turn:
    def fail(value: Any) -> Any:
        raise KsqlError(message)

    return fail


def _turn(kind: SqlType, schema: ConnectSchema, name: str, format: str | None) -> Turn:
    given = type_schema(kind).type
    if schema.type != given:
        java_class = JAVA_CLASSES[given]
        return _failing(f'Invalid Java object for schema type {schema.type}: class {java_class} for field: "{name}"')
    if isinstance(kind, SqlArray):
        item = _required(name, schema.item, _turn(kind.item, schema.item, name, format))
        return lambda items: [item(each) for each in items]
    if isinstance(kind, SqlMap):
        value = _required(name, schema.item, _turn(kind.value, schema.item, name, format))
        return lambda items: {key: value(each) for key, each in items.items()}
    if isinstance(kind, SqlStruct):
        return _struct(kind, schema, format)
    return _same


def _struct(kind: SqlStruct, schema: ConnectSchema, format: str | None) -> Turn:
    kinds = dict(kind.fields)
    parts = [
        (name, _required(name, field, _turn(kinds[name], field, name, format)) if name in kinds else _absent(name, field, format))
        for name, field in schema.fields
    ]
    return lambda struct: {name: turn(struct.get(name)) for name, turn in parts}


def _same(value: Any) -> Any:
    return value
