"""The Avro schema that Confluent's AvroData makes of a Connect schema."""

from __future__ import annotations

from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema

TYPES = {
    connect.INT8: "int",
    connect.INT16: "int",
    connect.INT32: "int",
    connect.INT64: "long",
    connect.FLOAT32: "float",
    connect.FLOAT64: "double",
    connect.BOOLEAN: "boolean",
    connect.STRING: "string",
    connect.BYTES: "bytes",
}
LOGICAL = {connect.DATE: "date", connect.TIME: "time-millis", connect.TIMESTAMP: "timestamp-millis"}

NAMESPACE, MAP_ENTRY = "io.confluent.connect.avro", "MapEntry"
INTERNAL_TYPE = "connect.internal.type"
"""Marks the record of a map's entries."""


def avro_schema(schema: ConnectSchema) -> Any:
    """The Avro schema, as ``json.loads`` would give it.

    Raises:
        KsqlError: a name that Avro cannot bear.
    """
    return _Building().schema(schema)


class _Building:
    """Makes one schema; a name is defined where it first occurs, and only named afterwards."""

    def __init__(self) -> None:
        self._defined: set[str] = set()
        self._unnamed = 0

    def schema(self, schema: ConnectSchema) -> Any:
        """The schema, in a union with null where it is optional."""
        described = self._described(schema)
        if not schema.optional:
            return described
        return ["null", described] if schema.default is None else [described, "null"]

    def _described(self, schema: ConnectSchema) -> Any:
        bare = self._bare(schema)
        if isinstance(bare, str) and bare in self._defined:
            return bare
        properties = _properties(schema)
        if not properties:
            return bare
        return {**(bare if isinstance(bare, dict) else {"type": bare}), **properties}

    def _bare(self, schema: ConnectSchema) -> Any:
        if schema.type == connect.ARRAY:
            return {"type": "array", "items": self.schema(schema.item)}
        if schema.type == connect.MAP:
            return self._map(schema)
        if schema.type == connect.STRUCT:
            return self._record(schema)
        if schema.name == connect.DECIMAL:
            scale, precision = connect.scale_of(schema), connect.precision_of(schema)
            return {"type": "bytes", "scale": scale, "precision": precision}
        return TYPES[schema.type]

    def _map(self, schema: ConnectSchema) -> Any:
        """ksqlDB's map keys may be null, which Avro's may not: a map is an array of entries."""
        if schema.keys.type == connect.STRING and not schema.keys.optional:
            return {"type": "map", "values": self.schema(schema.item)}
        name = schema.name or f"{NAMESPACE}.{MAP_ENTRY}"
        fields = [self._field("key", schema.keys), self._field("value", schema.item)]
        entry = {**_named("record", name), "fields": fields}
        if schema.name is not None:
            entry[INTERNAL_TYPE] = MAP_ENTRY
        return {"type": "array", "items": entry}

    def _record(self, schema: ConnectSchema) -> Any:
        if schema.name is not None and schema.name in self._defined:
            return schema.name
        name = schema.name or self._next_name()
        self._defined.add(name)
        return {**_named("record", name), "fields": [self._field(field, kind) for field, kind in schema.fields]}

    def _next_name(self) -> str:
        self._unnamed += 1
        return f"{NAMESPACE}.ConnectDefault{self._unnamed if self._unnamed > 1 else ''}"

    def _field(self, name: str, schema: ConnectSchema) -> dict[str, Any]:
        _check_name(name)
        field = {"name": name, "type": self.schema(schema)}
        if schema.default is not None:
            return {**field, "default": schema.default}
        return {**field, "default": None} if schema.optional else field


def _named(kind: str, full_name: str) -> dict[str, Any]:
    namespace, _, name = full_name.rpartition(".")
    for part in full_name.split("."):
        _check_name(part)
    return {"type": kind, "name": name, "namespace": namespace} if namespace else {"type": kind, "name": name}


def _check_name(name: str) -> None:
    if not name:
        raise KsqlError("Schema is not compatible with Avro: Empty name")
    if not (name[0].isalpha() or name[0] == "_"):
        raise KsqlError(f"Schema is not compatible with Avro: Illegal initial character: {name}")
    if not all(char.isalnum() or char == "_" for char in name):
        raise KsqlError(f"Schema is not compatible with Avro: Illegal character in: {name}")


def _properties(schema: ConnectSchema) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if schema.doc is not None:
        found["connect.doc"] = schema.doc
    if schema.version is not None:
        found["connect.version"] = schema.version
    if schema.parameters:
        found["connect.parameters"] = dict(schema.parameters)
    if schema.name is not None:
        found["connect.name"] = schema.name
    if schema.type in (connect.INT8, connect.INT16):
        found["connect.type"] = schema.type.lower()
    if schema.name == connect.DECIMAL:
        found["logicalType"] = "decimal"
    elif schema.name in LOGICAL:
        found["logicalType"] = LOGICAL[schema.name]
    return found | {name: value for name, value in schema.parameters if name.startswith("avro.")}
