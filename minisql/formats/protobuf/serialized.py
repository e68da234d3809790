"""Files as Google's library writes them: some clients register the bytes of a FileDescriptorProto, in base64."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Any

from minisql.formats.connect.parsed import SchemaSyntaxError
from minisql.formats.extras import require
from minisql.formats.protobuf.descriptors import NUMBERS
from minisql.formats.protobuf.tree import Enum, Field, File, Message

_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_NAMES = {number: name for name, number in NUMBERS.items()}
_LABELS = {1: "", 2: "required", 3: "repeated"}


def is_serialized(text: str) -> bool:
    """Whether a text can be no .proto file, but the bytes of one."""
    return _BASE64.fullmatch(text.strip()) is not None


def read_serialized(text: str) -> File:
    """The file.

    Raises:
        SchemaSyntaxError: the bytes are none.
    """
    protos: Any = require("google.protobuf.descriptor_pb2", "PROTOBUF", "protobuf")
    try:
        proto = protos.FileDescriptorProto.FromString(b64decode(text))
    except Exception as error:
        raise SchemaSyntaxError(f"no descriptor of a file: {error}") from None
    return _file(proto)


def library_file(name: str) -> File:
    """A file of Google's library, as ``google/protobuf/struct.proto``."""
    module: Any = require(name.removesuffix(".proto").replace("/", ".") + "_pb2", "PROTOBUF", "protobuf")
    protos: Any = require("google.protobuf.descriptor_pb2", "PROTOBUF", "protobuf")
    return _file(protos.FileDescriptorProto.FromString(module.DESCRIPTOR.serialized_pb))


def _file(proto: Any) -> File:
    return File(
        tuple(map(_message, proto.message_type)),
        tuple(map(_enum, proto.enum_type)),
        proto.package,
        tuple(proto.dependency),
        proto.syntax or "proto2",
    )


def _message(proto: Any) -> Message:
    maps = {inner.name: inner for inner in proto.nested_type if inner.options.map_entry}
    return Message(
        proto.name,
        tuple(_field(field, proto, maps) for field in proto.field),
        tuple(_message(inner) for inner in proto.nested_type if inner.name not in maps),
        tuple(map(_enum, proto.enum_type)),
    )


def _field(proto: Any, message: Any, maps: dict[str, Any]) -> Field:
    entry = maps.get(proto.type_name.rpartition(".")[2])
    if entry is not None:
        key, value = entry.field
        return Field(proto.name, proto.number, _type(value), "", None, _type(key))
    label = "optional" if proto.proto3_optional else _LABELS[proto.label]
    in_oneof = proto.HasField("oneof_index") and not proto.proto3_optional
    oneof = message.oneof_decl[proto.oneof_index].name if in_oneof else None
    return Field(proto.name, proto.number, _type(proto), label, oneof)


def _type(proto: Any) -> str:
    return proto.type_name.lstrip(".") if proto.type_name else _NAMES[proto.type]


def _enum(proto: Any) -> Enum:
    return Enum(proto.name, tuple((value.name, value.number) for value in proto.value))
