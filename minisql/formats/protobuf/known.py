"""The files that every Protobuf schema may import: types of Google's and Confluent's that have a meaning of their own."""

from __future__ import annotations

from functools import lru_cache

from minisql.formats.protobuf.parser import parse
from minisql.formats.protobuf.tree import File

WRAPPERS = "google/protobuf/wrappers.proto"
TIMESTAMP = "google/protobuf/timestamp.proto"
DATE, TIME = "google/type/date.proto", "google/type/timeofday.proto"
DECIMAL = "confluent/type/decimal.proto"
META = "confluent/meta.proto"

_WRAPPED = {
    "Double": "double",
    "Float": "float",
    "Int64": "int64",
    "UInt64": "uint64",
    "Int32": "int32",
    "UInt32": "uint32",
    "Bool": "bool",
    "String": "string",
    "Bytes": "bytes",
}
WRAPPER_TYPES = {f"google.protobuf.{name}Value": scalar for name, scalar in _WRAPPED.items()}
"""Wrapper message to the type of its one field, ``value``."""

_GOOGLE, _TYPES = "package google.protobuf;", "package google.type;"
TEXTS = {
    WRAPPERS: _GOOGLE + "".join(f"message {name}Value {{ {scalar} value = 1; }}" for name, scalar in _WRAPPED.items()),
    TIMESTAMP: _GOOGLE + "message Timestamp { int64 seconds = 1; int32 nanos = 2; }",
    "google/protobuf/duration.proto": _GOOGLE + "message Duration { int64 seconds = 1; int32 nanos = 2; }",
    "google/protobuf/empty.proto": _GOOGLE + "message Empty {}",
    "google/protobuf/any.proto": _GOOGLE + "message Any { string type_url = 1; bytes value = 2; }",
    DATE: _TYPES + "message Date { int32 year = 1; int32 month = 2; int32 day = 3; }",
    TIME: _TYPES + "message TimeOfDay { int32 hours = 1; int32 minutes = 2; int32 seconds = 3; int32 nanos = 4; }",
    DECIMAL: "package confluent.type; message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }",
    META: "package confluent; message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; }",
}


@lru_cache(maxsize=32)
def known_file(name: str) -> File | None:
    """The file of this name, or None."""
    text = TEXTS.get(name)
    return None if text is None else parse(f'syntax = "proto3"; {text}')
