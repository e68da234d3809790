"""JSON Schemas: what Confluent's JsonSchemaConverter reads out of them and writes into them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect.parsed import FieldsRead, Options, ParsedSchema, Read, SchemaSyntaxError, Write
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json_sr.building import json_schema
from minisql.formats.json_sr.inference import connect_schema


class JsonSchema(ParsedSchema):
    """A JSON Schema of draft 7.

    Args:
        tree: the schema as ``json.loads`` gives it.
        references: the schemas that ``$ref`` can name.
    """

    type = "JSON"

    def __init__(self, tree: Any, references: Mapping[str, Any] | None = None) -> None:
        self._tree = tree
        self._references = references or {}
        self.text = json.dumps(tree, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def parse(cls, text: str, references: Mapping[str, str]) -> JsonSchema:
        """The schema of a text.

        Raises:
            SchemaSyntaxError: it is none.
        """
        try:
            tree = json.loads(text)
            return cls(tree, {name: json.loads(other) for name, other in references.items()})
        except ValueError as error:
            raise SchemaSyntaxError(str(error)) from None

    @classmethod
    def of(cls, schema: ConnectSchema, options: Options) -> JsonSchema:
        """The schema that ksqlDB registers."""
        return cls(json_schema(schema))

    @property
    def name(self) -> str | None:
        """Its title."""
        title = self._tree.get("title") if isinstance(self._tree, dict) else None
        return title if isinstance(title, str) else None

    def connect(self, options: Options) -> ConnectSchema:
        """What it is for Kafka Connect."""
        try:
            return connect_schema(self._tree, self._references)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KsqlError(f"Unsupported JSON schema: {error}") from None

    def reader(self, options: Options) -> Read:
        """Reads one JSON value."""
        from minisql.formats.json.scan import read_tree
        from minisql.formats.json_sr.values import value_reader

        read = value_reader(self.connect(options))
        return lambda data: read(read_tree(data, lenient=True))

    def fields_reader(self, names: Sequence[str], options: Options) -> FieldsRead | None:
        """Reads an object of numbers, texts and flags that are of the types which the schema says."""
        from minisql.formats.json_sr.direct import fields_reader

        return fields_reader(self.connect(options), names, self.reader(options))

    def writer(self, schema: ConnectSchema, options: Options) -> Write:
        """Writes JSON as Jackson does."""
        from minisql.formats.json_sr.writing import value_writer

        return value_writer(schema)

    def incompatibilities(self, older: ParsedSchema) -> list[str]:
        """By the rules of json-schema-provider's SchemaDiff."""
        from minisql.formats.json_sr.compatibility import differences

        if not isinstance(older, JsonSchema):
            return []
        return differences(older._tree, older._references, self._tree, self._references)
