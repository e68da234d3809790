"""Messages with a registered schema as text, as Confluent's deserializers print them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from minisql.formats.extras import require
from minisql.formats.json.scan import scan
from minisql.java import double_text, string_value

if TYPE_CHECKING:
    from minisql.formats.registry import SchemaRegistry

HEADER = 5
"""A zero and the schema's id in four bytes."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2000-\u20ff]')


def registered_readers(registry: SchemaRegistry) -> dict[str, Callable[[bytes], str]]:
    """A function from bytes to text for each format; it raises ValueError for bytes that are not in the format."""

    def reader(kind: str, text: Callable[[Any, bytes], str]) -> Callable[[bytes], str]:
        def read(data: bytes) -> str:
            schema = _schema(registry, data)
            if schema.type != kind:
                raise ValueError(f"the schema is not {kind}")
            try:
                return text(schema, data[HEADER:])
            except Exception as error:  # the libraries raise what they like
                raise ValueError(str(error)) from error

        return read

    return {"AVRO": reader("AVRO", _avro), "PROTOBUF": reader("PROTOBUF", _protobuf), "JSON_SR": reader("JSON", _json)}


def _schema(registry: SchemaRegistry, data: bytes) -> Any:
    from minisql.formats.registry import RegistryError

    if len(data) < HEADER or data[0]:
        raise ValueError("no schema id")
    try:
        return registry.parsed(int.from_bytes(data[1:HEADER], "big"))
    except RegistryError as error:
        raise ValueError(error.message) from None


def _json(schema: Any, data: bytes) -> str:
    """Objects are maps to Java, so that their text is not JSON. What follows the first value does not matter."""
    text = data.decode("utf-8", "replace").lstrip(" \t\n\r")
    value, end = scan(text, 0)
    if not isinstance(value, (str, dict, list)) and text[end : end + 1] not in ("", " ", "\t", "\n", "\r"):
        raise ValueError("a number or word goes on")
    return "<null>" if value is None else string_value(value)


def _protobuf(schema: Any, data: bytes) -> str:
    text_format: Any = require("google.protobuf.text_format", "PROTOBUF", "protobuf")
    message, start = schema.select(data)
    return str(text_format.MessageToString(message.message_class().FromString(data[start:]), as_one_line=True, as_utf8=False))


def _avro(schema: Any, data: bytes) -> str:
    from io import BytesIO

    fastavro: Any = require("fastavro", "AVRO", "avro")
    value = fastavro.schemaless_reader(BytesIO(data), fastavro.parse_schema(_bare(schema.tree)), None)
    if value is None:
        return "<null>"
    return value if isinstance(value, str) else avro_text(value)


def avro_text(value: Any) -> str:
    """A datum as Avro's GenericData prints it.

    >>> avro_text({"a": [1, None], "b": "x", "c": b"y"})
    '{"a": [1, null], "b": "x", "c": "y"}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {avro_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(avro_text, value)) + "]"
    if isinstance(value, bytes):
        return _quoted(value.decode("latin-1"))
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return f'"{double_text(value)}"'
    return _quoted(value) if isinstance(value, str) else string_value(value)


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text) + '"'


def _bare(tree: Any) -> Any:
    """The schema without logical types: the deserializer gives what lies beneath them."""
    if isinstance(tree, dict):
        return {key: _bare(item) for key, item in tree.items() if key != "logicalType"}
    return [_bare(item) for item in tree] if isinstance(tree, list) else tree
