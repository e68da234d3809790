"""The JSON Schema that Confluent's JsonSchemaConverter makes of a Connect schema."""

from __future__ import annotations

from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema
from minisql.java import hash_order, string_hash

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
    """The JSON Schema, its members in the order in which Confluent's library writes them.

    Args:
        schema: what it is made of.
        index: the place of a field in its struct.
    """
    place = {} if index is None else {"connect.index": index}
    if not schema.optional:
        return _described(schema, place)
    return {**place, "oneOf": [{"type": "null"}, _described(schema, {})]}


def _described(schema: ConnectSchema, place: JsonTree) -> JsonTree:
    tree = _bare(schema)
    described = {"type": tree.pop("type")}
    if schema.name is not None:
        described["title"] = schema.name
    if schema.doc is not None:
        described["description"] = schema.doc
    annotations = {name: tree.pop(name) for name in tuple(tree) if name.startswith("connect.")} | place
    if schema.version is not None:
        annotations["connect.version"] = schema.version
    parameters = {name: value for name, value in schema.parameters if not name.startswith("org.apache.kafka.connect")}
    if parameters:
        annotations["connect.parameters"] = _hashed(parameters)
    return {**described, **_hashed(annotations), **tree}


def _bare(schema: ConnectSchema) -> JsonTree:
    if schema.type == connect.ARRAY:
        return {"type": "array", "items": json_schema(schema.item)}
    if schema.type == connect.MAP:
        return _map(schema)
    if schema.type == connect.STRUCT:
        fields = {name: json_schema(field, index) for index, (name, field) in enumerate(schema.fields)}
        return {"type": "object", "properties": _hashed(fields)}
    if schema.type == connect.BYTES and schema.name == connect.DECIMAL:
        return {"type": "number", "connect.type": "bytes"}
    return dict(TYPES[schema.type])


def _map(schema: ConnectSchema) -> JsonTree:
    """ksqlDB's map keys may be null, which JSON's names may not: a map is an array of entries."""
    if schema.keys.type == connect.STRING and not schema.keys.optional:
        return {"type": "object", "connect.type": "map", "additionalProperties": json_schema(schema.item)}
    entry = {"key": json_schema(schema.keys, 0), "value": json_schema(schema.item, 1)}
    return {"type": "array", "connect.type": "map", "items": {"type": "object", "properties": _hashed(entry)}}


def _hashed(members: JsonTree) -> JsonTree:
    """In the order of Java's hash table, out of which the library takes them."""
    return {name: members[name] for name in hash_order(members, string_hash)}
