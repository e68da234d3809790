"""What DESCRIBE tells of a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.metastore import Source, TimestampColumn
from minisql.names import quote
from minisql.remote.values import columns_of
from minisql.schema import Schema

Body = Mapping[str, Any]

JSON = FormatInfo("JSON")
BARE = frozenset({"UNWRAP_SINGLES"})
WRAPPING = "PROTOBUF"
"""The format that never has a single key without its name."""

UNWRAPPING = ("KAFKA", "DELIMITED")
"""The formats that have no names."""


def source_of(body: Body) -> Source:
    """The source of a ``sourceDescription``; properties and features of its formats, and a window's size, are not told."""
    window = body.get("windowType")
    timestamp = body.get("timestamp")
    return Source(
        body["name"],
        body["type"],
        Schema(columns_of(schema_text(body["fields"]))),
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


def schema_text(fields: list[Body]) -> str:
    """Columns as ksqlDB's headers have them.

    >>> schema_text([{"name": "K", "schema": {"type": "INTEGER"}, "type": "KEY"}])
    '`K` INTEGER KEY'
    """
    return ", ".join(f"{quote(each['name'])} {type_text(each['schema'])}{_suffix(each)}" for each in fields)


def _suffix(field: Body) -> str:
    if field.get("type") == "HEADER":
        key = field.get("headerKey")
        return " HEADERS" if key is None else f" HEADER('{key}')"
    return " KEY" if field.get("type") == "KEY" else ""


def type_text(schema: Body) -> str:
    """A type that entities show in parts.

    >>> type_text({"type": "ARRAY", "memberSchema": {"type": "DECIMAL", "parameters": {"precision": 4, "scale": 2}}})
    'ARRAY<DECIMAL(4, 2)>'
    """
    name = schema["type"]
    if name == "DECIMAL":
        return f"DECIMAL({schema['parameters']['precision']}, {schema['parameters']['scale']})"
    if name == "STRUCT":
        return f"STRUCT<{schema_text(schema['fields'])}>"
    if schema.get("memberSchema") is not None:
        return f"{name}<{'STRING, ' if name == 'MAP' else ''}{type_text(schema['memberSchema'])}>"
    return str(name)
