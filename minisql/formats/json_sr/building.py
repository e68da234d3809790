"""The JSON Schema that Confluent's JsonSchemaConverter makes of a Connect schema."""

from __future__ import annotations

from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema

JsonTree = dict[str, Any]

TYPES: dict[str, JsonTree] = {
    connect.INT8: {"type": "integer", "connect.type": "int8"},
    connect.INT16: {"type": "integer", "connect.type": "int16"},
    connect.INT32: {"type": "integer", "connect.type": "int32"},
    connect.INT64: {"type": "integer", "connect.type": "int64"},
    connect.FLOAT32: {"type": "number", "connect.type": "float32"},
    connect.FLOAT64: {"type": "number", "connect.type": "float64"},
    connect.BOOLEAN: {"type": "boolean"},
    connect.STRING: {"type": "string"},
    connect.BYTES: {"type": "string", "connect.type": "bytes"},
}


def json_schema(schema: ConnectSchema, index: int | None = None) -> JsonTree:
    """The JSON Schema.

    Args:
        schema: what it is made of.
        index: the place of a field in its struct.
    """
    place = {} if index is None else {"connect.index": index}
    tree = _described(schema)
    if not schema.optional:
        return {**tree, **place}
    return {"oneOf": [{"type": "null"}, tree], **place}


def _described(schema: ConnectSchema) -> JsonTree:
    tree = _bare(schema)
    if schema.name is not None:
        tree["title"] = schema.name
    if schema.version is not None:
        tree["connect.version"] = schema.version
    if schema.doc is not None:
        tree["description"] = schema.doc
    parameters = {name: value for name, value in schema.parameters if not name.startswith("org.apache.kafka.connect")}
    if parameters:
        tree["connect.parameters"] = parameters
    return tree


def _bare(schema: ConnectSchema) -> JsonTree:
    if schema.type == connect.ARRAY:
        return {"type": "array", "items": json_schema(schema.item)}
    if schema.type == connect.MAP:
        return _map(schema)
    if schema.type == connect.STRUCT:
        fields = {name: json_schema(field, index) for index, (name, field) in enumerate(schema.fields)}
        return {"type": "object", "properties": fields}
    if schema.type == connect.BYTES and schema.name == connect.DECIMAL:
        return {"type": "number", "connect.type": "bytes"}
    return dict(TYPES[schema.type])


def _map(schema: ConnectSchema) -> JsonTree:
    """ksqlDB's map keys may be null, which JSON's names may not: a map is an array of entries."""
    if schema.keys.type == connect.STRING and not schema.keys.optional:
        return {"type": "object", "additionalProperties": json_schema(schema.item), "connect.type": "map"}
    entry = {"key": json_schema(schema.keys, 0), "value": json_schema(schema.item, 1)}
    return {"type": "array", "items": {"type": "object", "properties": entry}, "connect.type": "map"}
