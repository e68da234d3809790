"""What DESCRIBE tells of a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.metastore import Source, TimestampColumn
from minisql.schema import Column, Namespace, Schema
from minisql.types import PRIMITIVES, STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Body = Mapping[str, Any]

JSON = FormatInfo("JSON")
BARE = frozenset({"UNWRAP_SINGLES"})
WRAPPING = "PROTOBUF"
"""The format that never has a single key without its name."""

UNWRAPPING = ("KAFKA", "DELIMITED")
"""The formats that have no names."""

_NAMESPACES = {"KEY": Namespace.KEY, "HEADER": Namespace.HEADERS}


def source_of(body: Body) -> Source:
    """The source of a ``sourceDescription``; properties and features of its formats, and a window's size, are not told."""
    window = body.get("windowType")
    timestamp = body.get("timestamp")
    return Source(
        body["name"],
        body["type"],
        Schema(tuple(map(_column, body["fields"]))),
        body["topic"],
        KeyFormat(FormatInfo(body["keyFormat"]), window=WindowInfo(window) if window else None),
        ValueFormat(FormatInfo(body["valueFormat"])),
        TimestampColumn(timestamp) if timestamp else None,
    )


def plain(source: Source) -> Source:
    """The source as something in the process holds its rows: in JSON, which needs no registry."""
    key, value, schema = source.key_format, source.value_format, source.schema
    bare_key = len(schema.key) == 1 and key.info.format != WRAPPING
    bare_value = len(schema.value) == 1 and value.info.format in UNWRAPPING
    return source.with_(
        key_format=key.with_(info=JSON, features=BARE if bare_key else frozenset()),
        value_format=value.with_(info=JSON, features=BARE if bare_value else frozenset()),
    )


def _column(field: Body) -> Column:
    namespace = _NAMESPACES.get(field.get("type") or "", Namespace.VALUE)
    return Column(field["name"], type_of(field["schema"]), namespace, field.get("headerKey"))


def type_of(schema: Body) -> SqlType:
    """The type of a ``schema`` of a field; see ``results.schema_info``."""
    kind = schema["type"]
    if kind == "ARRAY":
        return SqlArray(type_of(schema["memberSchema"]))
    if kind == "MAP":
        return SqlMap(STRING, type_of(schema["memberSchema"]))
    if kind == "STRUCT":
        return SqlStruct(tuple((field["name"], type_of(field["schema"])) for field in schema["fields"]))
    if kind == "DECIMAL":
        return SqlDecimal(schema["parameters"]["precision"], schema["parameters"]["scale"])
    return PRIMITIVES[kind]
