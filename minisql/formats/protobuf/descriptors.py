"""Message classes of Google's library, made of what .proto files say: no compiler, no generated files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minisql.formats.extras import require
from minisql.formats.protobuf.inference import Definitions
from minisql.formats.protobuf.tree import Enum, Field, File, Message, resolve

NUMBERS = {
    "double": 1,
    "float": 2,
    "int64": 3,
    "uint64": 4,
    "int32": 5,
    "fixed64": 6,
    "fixed32": 7,
    "bool": 8,
    "string": 9,
    "message": 11,
    "bytes": 12,
    "uint32": 13,
    "enum": 14,
    "sfixed32": 15,
    "sfixed64": 16,
    "sint32": 17,
    "sint64": 18,
}
LABELS = {"": 1, "optional": 1, "required": 2, "repeated": 3}


class Classes:
    """The classes of a file and of those that it imports.

    Args:
        file: the file.
        imported: the files that it imports.
        known: all definitions of all of them.

    Raises:
        MissingExtra: the library is not installed.
    """

    def __init__(self, file: File, imported: Mapping[str, File], known: Definitions) -> None:
        self._pool: Any = require("google.protobuf.descriptor_pool", "PROTOBUF", "protobuf").DescriptorPool()
        self._factory: Any = require("google.protobuf.message_factory", "PROTOBUF", "protobuf")
        self._protos: Any = require("google.protobuf.descriptor_pb2", "PROTOBUF", "protobuf")
        self._known = known
        for name, other in imported.items():
            self._add(name, other, imported)
        self._add("minisql.proto", file, imported)

    def of(self, name: str) -> Any:
        """The class of the message with this full name."""
        return self._factory.GetMessageClass(self._pool.FindMessageTypeByName(name))

    def parser(self, name: str) -> Callable[[bytes], Any]:
        """A function from bytes to a message; it raises exceptions of many kinds, also where a required field is missing."""
        parse: Callable[[bytes], Any] = self.of(name).FromString
        if not any(field.label == "required" for each in self._known.values() for field in getattr(each, "fields", ())):
            return parse

        def checked(data: bytes) -> Any:
            message = parse(data)
            if not message.IsInitialized():
                raise ValueError(f"Message missing required fields: {', '.join(message.FindInitializationErrors())}")
            return message

        return checked

    def _add(self, name: str, file: File, imported: Mapping[str, File]) -> None:
        syntax = file.syntax if file.syntax in ("proto2", "proto3") else "proto3"
        proto = self._protos.FileDescriptorProto(name=name, package=file.package, syntax=syntax)
        proto.dependency.extend(each for each in file.imports if each in imported)
        for enum in file.enums:
            _enum(proto.enum_type.add(), enum)
        for message in file.messages:
            self._message(proto.message_type.add(), message, file.full_name(message.name))
        self._pool.AddSerializedFile(proto.SerializeToString())

    def _message(self, proto: Any, message: Message, full_name: str) -> None:
        proto.name = message.name
        for enum in message.enums:
            _enum(proto.enum_type.add(), enum)
        for inner in message.messages:
            self._message(proto.nested_type.add(), inner, f"{full_name}.{inner.name}")
        oneofs = list(dict.fromkeys(field.oneof for field in message.fields if field.oneof is not None))
        for oneof in oneofs:
            proto.oneof_decl.add(name=oneof)
        for field in message.fields:
            made = proto.field.add(name=field.name, number=field.number, label=LABELS[field.label])
            if field.key is not None:
                self._map(proto, made, field, full_name)
                continue
            self._type(made, field.type, full_name)
            if field.oneof is not None:
                made.oneof_index = oneofs.index(field.oneof)
        for field in message.fields:
            if field.label == "optional" and field.oneof is None:
                _synthetic(proto, field)

    def _type(self, made: Any, kind: str, scope: str) -> None:
        if kind in NUMBERS and kind not in ("message", "enum"):
            made.type = NUMBERS[kind]
            return
        name = resolve(kind, scope, self._known)
        assert name is not None
        made.type = NUMBERS["enum" if isinstance(self._known[name], Enum) else "message"]
        made.type_name = f".{name}"

    def _map(self, proto: Any, made: Any, field: Field, scope: str) -> None:
        entry_name = "".join(part[:1].upper() + part[1:] for part in field.name.split("_")) + "Entry"
        entry = proto.nested_type.add(name=entry_name)
        entry.options.map_entry = True
        assert field.key is not None
        for name, number, kind in (("key", 1, field.key), ("value", 2, field.type)):
            self._type(entry.field.add(name=name, number=number, label=1), kind, scope)
        made.label, made.type, made.type_name = LABELS["repeated"], NUMBERS["message"], f".{scope}.{entry_name}"


def _enum(proto: Any, enum: Enum) -> None:
    proto.name = enum.name
    if len({number for _, number in enum.values}) < len(enum.values):
        proto.options.allow_alias = True
    for name, number in enum.values:
        proto.value.add(name=name, number=number)


def _synthetic(proto: Any, field: Field) -> None:
    """proto3's ``optional`` is a oneof of one field; proto2 needs none, and takes none amiss."""
    made = next(each for each in proto.field if each.name == field.name)
    made.proto3_optional = True
    made.oneof_index = len(proto.oneof_decl)
    proto.oneof_decl.add(name=f"_{field.name}")
