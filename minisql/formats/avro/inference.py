"""The Connect schema that Confluent's AvroData reads out of an Avro schema."""

from __future__ import annotations

from typing import Any

from minisql.errors import SERVER_ERROR, KsqlError
from minisql.formats.avro.building import INTERNAL_TYPE, MAP_ENTRY, NAMESPACE
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema, pairs

UNION = "io.confluent.connect.avro.Union"
"""The name of the STRUCT that stands for a union: one field for each of its branches."""

SIMPLE = {
    "boolean": connect.BOOLEAN,
    "int": connect.INT32,
    "long": connect.INT64,
    "float": connect.FLOAT32,
    "double": connect.FLOAT64,
    "string": connect.STRING,
    "bytes": connect.BYTES,
    "enum": connect.STRING,
    "fixed": connect.BYTES,
}
NAMED = ("record", "enum", "fixed", "error")
ANNOTATED = {"int8": connect.INT8, "int16": connect.INT16}
LOGICAL = {
    ("int", "date"): (connect.INT32, connect.DATE),
    ("int", "time-millis"): (connect.INT32, connect.TIME),
    ("long", "timestamp-millis"): (connect.INT64, connect.TIMESTAMP),
}


def connect_schema(tree: Any) -> ConnectSchema:
    """The Connect schema of an Avro schema whose names are full and defined where they first occur.

    Raises:
        KsqlError: Connect has nothing for it.
    """
    return _Inference().schema(tree, False)


def branch_name(tree: Any) -> str:
    """The name of the field that stands for a branch of a union."""
    kind = type_of(tree)
    if kind in NAMED:
        return str(tree["name"]).rpartition(".")[2]
    return kind if (isinstance(kind, str) and kind in SIMPLE) or kind in ("array", "map") else str(tree).rpartition(".")[2]


def type_of(tree: Any) -> str:
    """What kind of schema it is; the name itself for one that is only named."""
    if isinstance(tree, list):
        return "union"
    if isinstance(tree, dict):
        return type_of(tree["type"])
    return str(tree)


class _Inference:
    """Walks one schema, and remembers what names mean."""

    def __init__(self) -> None:
        self._named: dict[str, ConnectSchema] = {}
        self._open: set[str] = set()

    def schema(self, tree: Any, optional: bool, default: Any = None) -> ConnectSchema:
        """The schema of a part; ``default`` is that of the field it belongs to."""
        kind = type_of(tree)
        if kind == "union":
            return self._union(tree, optional)
        if isinstance(tree, dict) and isinstance(tree["type"], (dict, list)):
            return self.schema(tree["type"], optional, default)
        if kind in self._open:
            raise KsqlError(connect.RECURSION, SERVER_ERROR)
        if kind in self._named:
            return self._named[kind].with_(optional=optional)
        properties = tree if isinstance(tree, dict) else {}
        found = _described(self._bare(kind, properties), properties)
        if kind in NAMED:
            self._named[properties["name"]] = found
        default = properties.get("connect.default") if default is None else default
        return found.with_(optional=optional, default=_default(found, default))

    def _union(self, branches: list[Any], optional: bool) -> ConnectSchema:
        others = [each for each in branches if type_of(each) != "null"]
        if len(branches) == 1:
            return self.schema(branches[0], optional)
        if len(branches) == 2 and len(others) == 1:
            return self.schema(others[0], True)
        fields: dict[str, ConnectSchema] = {}
        for each in others:
            name = branch_name(each)
            if name in fields:
                raise KsqlError("Multiple union schemas map to the Connect union field name")
            fields[name] = self.schema(each, True)
        null = optional or len(others) < len(branches)
        return ConnectSchema(connect.STRUCT, null, UNION, fields=tuple(fields.items()))

    def _bare(self, kind: str, tree: dict[str, Any]) -> ConnectSchema:
        if kind == "record":
            return self._record(tree)
        if kind == "array":
            return self._array(tree["items"])
        if kind == "map":
            return ConnectSchema(connect.MAP, key=ConnectSchema(connect.STRING), value=self.schema(tree["values"], False))
        if kind in ("bytes", "fixed") and tree.get("logicalType") == "decimal":
            return _decimal(tree)
        if (kind, tree.get("logicalType")) in LOGICAL:
            type, name = LOGICAL[kind, str(tree["logicalType"])]
            return ConnectSchema(type, name=name, version=1)
        if kind == "null":
            raise KsqlError("Standalone null schemas are not supported by this converter")
        if kind not in SIMPLE:
            raise KsqlError(f"Couldn't translate unsupported schema type {kind}.")
        return ConnectSchema(ANNOTATED.get(str(tree.get("connect.type")), SIMPLE[kind]) if kind == "int" else SIMPLE[kind])

    def _record(self, tree: dict[str, Any]) -> ConnectSchema:
        self._open.add(tree["name"])
        fields = [(each["name"], self.schema(each["type"], False, each.get("default"))) for each in tree["fields"]]
        self._open.discard(tree["name"])
        return ConnectSchema(connect.STRUCT, fields=tuple(fields))

    def _array(self, items: Any) -> ConnectSchema:
        if is_map_entry(items):
            fields = {each["name"]: each["type"] for each in items["fields"]}
            key, value = self.schema(fields["key"], False), self.schema(fields["value"], False)
            return ConnectSchema(connect.MAP, key=key, value=value)
        item = self.schema(items, False)
        if _takes_no_bytes(item):
            # A few bytes could stand for any number of them.
            raise KsqlError("Arrays of empty records are not supported")
        return ConnectSchema(connect.ARRAY, value=item)


def _takes_no_bytes(schema: ConnectSchema) -> bool:
    return schema.type == connect.STRUCT and not schema.optional and all(_takes_no_bytes(field) for _, field in schema.fields)


def is_map_entry(items: Any) -> bool:
    """Whether the items of an array are a map's entries."""
    if type_of(items) != "record" or not isinstance(items, dict):
        return False
    return items.get("name") == f"{NAMESPACE}.{MAP_ENTRY}" or items.get(INTERNAL_TYPE) == MAP_ENTRY


def _decimal(tree: dict[str, Any]) -> ConnectSchema:
    parameters = {connect.SCALE: str(tree.get("scale", 0))}
    precision = tree.get("precision")
    if precision is not None and precision != connect.DEFAULT_PRECISION:
        parameters[connect.PRECISION] = str(precision)
    return ConnectSchema(connect.BYTES, name=connect.DECIMAL, version=1, parameters=pairs(parameters))


def _described(schema: ConnectSchema, tree: dict[str, Any]) -> ConnectSchema:
    name = tree.get("connect.name", tree.get("name") if type_of(tree.get("type", "")) in NAMED else None)
    if name is not None and schema.name is None and not str(name).startswith(f"{NAMESPACE}.ConnectDefault"):
        schema = schema.with_(name=name)
    parameters = {**dict(schema.parameters), **(tree.get("connect.parameters") or {})}
    return schema.with_(
        version=schema.version or tree.get("connect.version"), doc=tree.get("connect.doc"), parameters=pairs(parameters)
    )


def _default(schema: ConnectSchema, default: Any) -> Any:
    """A default of a simple type; those of nested types matter to nobody here."""
    if default is None or schema.type in (connect.ARRAY, connect.MAP, connect.STRUCT) or schema.name == connect.DECIMAL:
        return None
    return default.encode("latin-1") if schema.type == connect.BYTES and isinstance(default, str) else default
