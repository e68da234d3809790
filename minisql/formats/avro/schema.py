"""Avro schemas, their bytes by way of fastavro."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from minisql.formats.avro.building import avro_schema
from minisql.formats.avro.inference import connect_schema, type_of
from minisql.formats.avro.naming import DEFAULT_NAME, named
from minisql.formats.avro.printing import schema_text
from minisql.formats.avro.resolution import resolved
from minisql.formats.connect.parsed import Options, ParsedSchema, Read, SchemaSyntaxError, Write
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.extras import require


class AvroSchema(ParsedSchema):
    """An Avro schema.

    Args:
        tree: the schema as ``json.loads`` gives it.
        references: the schemas that it can name, by their full names.

    Raises:
        SchemaSyntaxError: it is no Avro schema.
    """

    type = "AVRO"

    def __init__(self, tree: Any, references: Mapping[str, Any] | None = None) -> None:
        self.tree = resolved(tree, references or {})
        self.text = schema_text(self.tree)

    @classmethod
    def parse(cls, text: str, references: Mapping[str, str]) -> AvroSchema:
        """The schema of a text.

        Raises:
            SchemaSyntaxError: it is none.
        """
        try:
            tree = json.loads(text)
            others = [json.loads(other) for other in references.values()]
        except ValueError as error:
            raise SchemaSyntaxError(str(error)) from None
        return cls(tree, {_full_name(other): other for other in others})

    @classmethod
    def of(cls, schema: ConnectSchema, options: Options) -> AvroSchema:
        """The schema that ksqlDB registers."""
        return cls(avro_schema(named(schema, options.get("fullSchemaName", DEFAULT_NAME).strip())))

    @property
    def name(self) -> str | None:
        """Its full name; the type's where it has none."""
        return str(self.tree["name"]) if isinstance(self.tree, dict) and "name" in self.tree else type_of(self.tree)

    def connect(self, options: Options) -> ConnectSchema:
        """What it is for Kafka Connect."""
        return connect_schema(self.tree)

    @property
    def _is_bytes(self) -> bool:
        """Whether it is nothing but BYTES: Confluent's serializers write those without their length."""
        return type_of(self.tree) == "bytes"

    def reader(self, options: Options) -> Read:
        """Reads one datum."""
        from io import BytesIO

        from minisql.formats.avro.values import from_avro, install, plain

        if self._is_bytes:
            turn_bytes = from_avro(self.connect(options))
            return bytes if turn_bytes is None else turn_bytes
        fastavro: Any = require("fastavro", "AVRO", "avro")
        install(fastavro.read.LOGICAL_READERS)
        parsed = fastavro.parse_schema(plain(self.tree))
        turn, read = from_avro(self.connect(options)), fastavro.schemaless_reader
        if turn is None:
            return lambda data: read(BytesIO(data), parsed, None)

        def decode(data: bytes) -> Any:
            value = read(BytesIO(data), parsed, None)
            return value if value is None else turn(value)

        return decode

    def writer(self, schema: ConnectSchema, options: Options) -> Write:
        """Writes one datum."""
        from io import BytesIO

        from minisql.formats.avro.values import plain, to_avro

        if self._is_bytes:
            return to_avro(schema) or bytes
        fastavro: Any = require("fastavro", "AVRO", "avro")
        parsed = fastavro.parse_schema(plain(self.tree))
        turn, write = to_avro(schema), fastavro.schemaless_writer

        def encode(value: Any) -> bytes:
            out = BytesIO()
            write(out, parsed, value if turn is None or value is None else turn(value))
            return out.getvalue()

        return encode

    def incompatibilities(self, older: ParsedSchema) -> list[str]:
        """By Avro's own rules of schema resolution."""
        from minisql.formats.avro.compatibility import incompatibilities

        return incompatibilities(self.tree, older.tree) if isinstance(older, AvroSchema) else []


def _full_name(tree: Any) -> str:
    namespace = tree.get("namespace")
    name = str(tree.get("name"))
    return name if "." in name or not namespace else f"{namespace}.{name}"
