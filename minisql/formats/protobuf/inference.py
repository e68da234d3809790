"""The Connect schema that Confluent's ProtobufData reads out of a message."""

from __future__ import annotations

from minisql.errors import SERVER_ERROR, KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import Options
from minisql.formats.connect.schema import ConnectSchema, decimal_schema
from minisql.formats.protobuf.building import LOGICAL
from minisql.formats.protobuf.known import WRAPPER_TYPES
from minisql.formats.protobuf.tree import Enum, Field, Message, resolve

Definitions = dict[str, Message | Enum]

SCALARS = {
    **dict.fromkeys(("int32", "sint32", "sfixed32"), connect.INT32),
    **dict.fromkeys(("uint32", "fixed32", "int64", "uint64", "sint64", "fixed64", "sfixed64"), connect.INT64),
    "float": connect.FLOAT32,
    "double": connect.FLOAT64,
    "bool": connect.BOOLEAN,
    "string": connect.STRING,
    "bytes": connect.BYTES,
}
MESSAGES = {message: name for name, (message, _) in LOGICAL.items()}
UNION = "io.confluent.connect.protobuf.Union."
"""The beginning of the name of the STRUCT that stands for a oneof."""


UNWRAP = "unwrapPrimitives"


def connect_schema(name: str, known: Definitions, syntax: str, options: Options) -> ConnectSchema:
    """The Connect schema of a message.

    Args:
        name: its full name.
        known: all messages and enums of its file and of those that it imports.
        syntax: proto2 or proto3.
        options: how nulls are represented, and whether wrappers stand for their values.

    Raises:
        KsqlError: Connect has nothing for it.
    """
    if options.get(UNWRAP) == "true" and name in WRAPPER_TYPES:
        return ConnectSchema(SCALARS[WRAPPER_TYPES[name]])
    return _Inference(known, syntax, options).message(name)


class _Inference:
    """Walks messages; ``_open`` are those under way."""

    def __init__(self, known: Definitions, syntax: str, options: Options) -> None:
        self._known = known
        self._proto2 = syntax == "proto2"
        representation = options.get("nullableRepresentation")
        self._optional = representation == "optional"
        self._wrapper = representation == "wrapper"
        self._unwraps = options.get(UNWRAP) == "true"
        self._open: list[str] = []

    def message(self, name: str) -> ConnectSchema:
        """The STRUCT of a message: oneofs first, then the fields."""
        if name in self._open:
            raise KsqlError(connect.RECURSION, SERVER_ERROR)
        message = self._known[name]
        assert isinstance(message, Message)
        self._open.append(name)
        oneofs = dict.fromkeys(field.oneof for field in message.fields if field.oneof is not None)
        fields = [(f"{oneof}_{index}", self._oneof(message, oneof, name)) for index, oneof in enumerate(oneofs)]
        fields += [(field.name, self._field(field, name)) for field in message.fields if field.oneof is None]
        self._open.pop()
        return ConnectSchema(connect.STRUCT, name=name, fields=tuple(fields))

    def _oneof(self, message: Message, oneof: str, scope: str) -> ConnectSchema:
        members = [field for field in message.fields if field.oneof == oneof]
        fields = tuple((field.name, self._field(field, scope).with_(optional=True)) for field in members)
        return ConnectSchema(connect.STRUCT, True, f"{UNION}{oneof}", fields=fields)

    def _field(self, field: Field, scope: str) -> ConnectSchema:
        if field.key is not None:
            key, value = self._scalar(field.key), self._nullable(self._single(field, field.type, scope), Field("", 2, field.type))
            key = self._nullable(key, Field("", 1, field.key))
            return self._nullable(ConnectSchema(connect.MAP, True, key=key, value=value), field)
        found = self._single(field, field.type, scope)
        if field.label == "repeated" and found.type != connect.MAP:
            found = ConnectSchema(connect.ARRAY, True, value=found.with_(optional=True))
        return self._nullable(found, field)

    def _nullable(self, schema: ConnectSchema, field: Field) -> ConnectSchema:
        """Fields may be null, unless nulls are represented in a way that tells which."""
        if self._optional:
            told = field.label == "optional" or (self._proto2 and field.label == "optional")
            return schema.with_(optional=True) if told else schema
        return schema if self._wrapper else schema.with_(optional=True)

    def _scalar(self, kind: str) -> ConnectSchema:
        return ConnectSchema(SCALARS[kind])

    def _single(self, field: Field, kind: str, scope: str) -> ConnectSchema:
        if kind in SCALARS:
            return self._scalar(kind)
        name = resolve(kind, scope, self._known)
        if name is None:
            raise KsqlError(f"Cannot find type {kind}")
        found = self._known[name]
        if isinstance(found, Enum):
            return ConnectSchema(connect.STRING, True, name)
        if name in MESSAGES:
            return _logical(MESSAGES[name], dict(field.parameters))
        if (self._wrapper or self._unwraps) and name in WRAPPER_TYPES:
            return ConnectSchema(SCALARS[WRAPPER_TYPES[name]], True)
        if field.label == "repeated" and is_map_entry(found):
            return self._map(found, name)
        return self.message(name).with_(optional=True)

    def _map(self, entry: Message, name: str) -> ConnectSchema:
        key, value = entry.fields
        return ConnectSchema(connect.MAP, True, key=self._field(key, name), value=self._field(value, name))


def is_map_entry(message: Message) -> bool:
    """Whether a repeated message is a map's entry."""
    names = [field.name for field in message.fields]
    return (
        message.name.endswith("Entry")
        and names == ["key", "value"]
        and all(field.label != "repeated" for field in message.fields)
    )


def _logical(name: str, parameters: dict[str, str]) -> ConnectSchema:
    if name == connect.DECIMAL:
        precision = parameters.get("precision")
        scale = int(parameters.get("scale", "0"))
        if precision is None:
            return ConnectSchema(connect.BYTES, True, name, 1, parameters=((connect.SCALE, str(scale)),))
        return decimal_schema(int(precision), scale, True)
    type = connect.INT64 if name == connect.TIMESTAMP else connect.INT32
    return ConnectSchema(type, True, name, 1)
