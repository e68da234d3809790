"""The .proto file that Confluent's ProtobufData makes of a Connect schema."""

from __future__ import annotations

import re

from minisql.errors import SERVER_ERROR, KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import Options
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.protobuf import known
from minisql.formats.protobuf.tree import Field, File, Message

SCALARS = {
    connect.INT8: "int32",
    connect.INT16: "int32",
    connect.INT32: "int32",
    connect.INT64: "int64",
    connect.FLOAT32: "float",
    connect.FLOAT64: "double",
    connect.BOOLEAN: "bool",
    connect.STRING: "string",
    connect.BYTES: "bytes",
}
WRAPPER_OF = {scalar: name for name, scalar in known.WRAPPER_TYPES.items()}

LOGICAL = {
    connect.DECIMAL: ("confluent.type.Decimal", known.DECIMAL),
    connect.DATE: ("google.type.Date", known.DATE),
    connect.TIME: ("google.type.TimeOfDay", known.TIME),
    connect.TIMESTAMP: ("google.protobuf.Timestamp", known.TIMESTAMP),
}
"""Logical type to the message that holds it, and to its file."""

DEFAULT_PREFIX = "ConnectDefault"
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def proto_file(schema: ConnectSchema, options: Options) -> File:
    """The file; its first message is what the schema is. A bare value is a wrapper of Google's, or its logical type's message.

    Raises:
        KsqlError: Protobuf has nothing for the schema.
    """
    if schema.type in (connect.ARRAY, connect.MAP):
        raise KsqlError(f"Unsupported root schema of type {schema.type}")
    if schema.name in LOGICAL:
        file = known.known_file(LOGICAL[schema.name][1])
        assert file is not None
        return file
    if schema.type != connect.STRUCT:
        name = WRAPPER_OF[SCALARS[schema.type]].rpartition(".")[2]
        return File((Message(name, (Field("value", 1, SCALARS[schema.type]),)),), package="google.protobuf")
    return _Building(options).file(schema, _asked_name(options))


def _asked_name(options: Options) -> str | None:
    """The full name that WITH gives; a name as it would be given anyway is left alone."""
    name = options.get("fullSchemaName", "").strip()
    return None if not name or name.startswith(DEFAULT_PREFIX) else name


class _Building:
    """Makes one file; structs without name are counted."""

    def __init__(self, options: Options) -> None:
        representation = options.get("nullableRepresentation")
        self._optional = representation == "optional"
        self._wrapper = representation == "wrapper"
        self._count = 0
        self._imports: dict[str, None] = {}

    def file(self, schema: ConnectSchema, full_name: str | None) -> File:
        """The file of a STRUCT."""
        package, _, name = (full_name or self._next_name()).rpartition(".")
        message = self._message(name, schema, package)
        return File((message,), package=package, imports=tuple(self._imports))

    def _next_name(self) -> str:
        self._count += 1
        return f"{DEFAULT_PREFIX}{self._count}"

    def _message(self, name: str, schema: ConnectSchema, scope: str) -> Message:
        scope = f"{scope}.{name}" if scope else name
        fields: list[Field] = []
        inner: list[Message] = []
        for number, (field_name, field) in enumerate(schema.fields, 1):
            made, messages = self._field(field_name, number, field, scope)
            fields.append(made)
            inner += messages
        return Message(name, tuple(fields), tuple(inner))

    def _field(self, name: str, number: int, schema: ConnectSchema, scope: str) -> tuple[Field, list[Message]]:
        if not _NAME.fullmatch(name):
            fault = f'Invalid protobuf schema definition: {scope}.{name}: "{name}" is not a valid identifier.'
            raise KsqlError(fault, SERVER_ERROR)
        label = "optional" if self._optional and schema.optional else ""
        if schema.type == connect.ARRAY:
            label, schema = "repeated", schema.item
            if schema.type == connect.ARRAY:
                raise KsqlError("Array cannot be nested", SERVER_ERROR)
        if schema.type == connect.MAP:
            return self._map(name, number, schema, scope)
        kind, messages, parameters = self._type(name, schema, scope)
        return Field(name, number, kind, label, parameters=parameters), messages

    def _map(self, name: str, number: int, schema: ConnectSchema, scope: str) -> tuple[Field, list[Message]]:
        """A map is a repeated message of keys and values; it is not Protobuf's own map, but looks the same."""
        entry_name = f"{self._next_name()}Entry"
        inside = f"{scope}.{entry_name}"
        key, more = self._field("key", 1, schema.keys, inside)
        value, others = self._field("value", 2, schema.item, inside)
        # Nulls in entries are not told, however they are represented elsewhere.
        parts = tuple(part.with_(label="" if part.label == "optional" else part.label) for part in (key, value))
        entry = Message(entry_name, parts, tuple(more + others))
        return Field(name, number, entry_name, "repeated"), [entry]

    def _type(self, name: str, schema: ConnectSchema, scope: str) -> tuple[str, list[Message], tuple[tuple[str, str], ...]]:
        if schema.name in LOGICAL:
            kind, file = LOGICAL[schema.name]
            self._imports[file] = None
            return kind, [], _parameters(schema)
        if schema.type == connect.STRUCT:
            kind = schema.name or self._next_name()
            # A message cannot be called like the field that holds it.
            kind = f"{kind}Message" if kind == name else kind
            return kind, [self._message(kind, schema, scope)], ()
        scalar = SCALARS[schema.type]
        if self._wrapper and schema.optional:
            self._imports[known.WRAPPERS] = None
            return WRAPPER_OF[scalar], [], ()
        return scalar, [], ()


def _parameters(schema: ConnectSchema) -> tuple[tuple[str, str], ...]:
    if schema.name != connect.DECIMAL:
        return ()
    given = {"precision": schema.parameter(connect.PRECISION), "scale": schema.parameter(connect.SCALE)}
    return tuple((name, value) for name, value in given.items() if value is not None)
