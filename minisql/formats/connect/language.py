"""What sets Avro, Protobuf and JSON Schema apart, as data; their modules are imported when they are first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from minisql.errors import KsqlError
from minisql.formats.connect.normal import DOUBLES, TEXTS, row_normalizer
from minisql.formats.connect.parsed import Options, ParsedSchema
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.rows import Fields, Row
from minisql.types import BIGINT, BOOLEAN, BYTES, DOUBLE, INTEGER, STRING, SqlArray, SqlMap, SqlStruct, SqlType

WRAPPED = frozenset({BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING, BYTES})
"""The types for which Protobuf has a wrapper."""


class Language:
    """A language of schemas.

    Attributes:
        name: the format's.
        title: how Confluent's deserializers call it.
        type: how the registry calls it.
        framed: whether the id of a schema stands before each value.
        indexes: how many bytes as a rule stand between the id and the value, to tell a part of the schema.
        complains_as: how it is called in the error about fields without default; None where these are left out.
        fits_decimals: whether decimals are given the scale of their column when they are read.
        needs: the library that reads and writes it, and the extra that brings that.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    type: ClassVar[str]
    framed: ClassVar[bool] = True
    indexes: ClassVar[int] = 0
    complains_as: ClassVar[str | None] = None
    fits_decimals: ClassVar[bool] = False
    needs: ClassVar[tuple[str, str] | None] = None

    def made_of(self, schema: ConnectSchema, options: Options) -> ParsedSchema:
        """The schema that ksqlDB makes of Connect's; raises KsqlError when the language has none for it."""
        raise NotImplementedError

    def naming(self, name: str) -> str:
        """A column's name in the language."""
        return name

    def check(self, schema: ParsedSchema) -> None:
        """Raises: KsqlError: the schema is in another language."""
        if schema.type != self.type:
            raise KsqlError(f"Schema is of type {schema.type}, not {self.type}")

    def readable(self, kind: SqlType, unwrapped: bool, options: Options) -> bool:
        """Whether values of the type, once written, can be read."""
        return True

    def normalizer(self, fields: Fields, options: Options) -> Callable[[Row | None], Row | None] | None:
        """What becomes of rows by being written and read; None when they stay as they are."""
        return row_normalizer(fields, TEXTS)

    def unchanged(self, kind: SqlType) -> str | None:
        """For a bare key: Python code over ``{0}``, true only for what stays as it is."""
        if kind == STRING:
            return "({0} is None or {0}.isascii())"
        return None if isinstance(kind, (SqlArray, SqlMap, SqlStruct)) else "True"


class AvroLanguage(Language):
    """Avro."""

    name, title, type, complains_as = "AVRO", "Avro", "AVRO", "Avro"
    fits_decimals = True
    needs = ("fastavro", "avro")

    def made_of(self, schema: ConnectSchema, options: Options) -> ParsedSchema:
        """Names are made such that Avro can bear them."""
        from minisql.formats.avro.schema import AvroSchema

        return AvroSchema.of(schema, options)

    def naming(self, name: str) -> str:
        """Dots become underscores."""
        return name.replace(".", "_")


class JsonSchemaLanguage(Language):
    """JSON Schema."""

    name, title, type = "JSON_SR", "JSON", "JSON"

    def made_of(self, schema: ConnectSchema, options: Options) -> ParsedSchema:
        """Each value may be null."""
        from minisql.formats.json_sr.schema import JsonSchema

        return JsonSchema.of(schema, options)

    def normalizer(self, fields: Fields, options: Options) -> Callable[[Row | None], Row | None] | None:
        """What is no number for JSON is written as text, and read as zero; all else stays as it is."""
        return row_normalizer(fields, DOUBLES)

    def unchanged(self, kind: SqlType) -> str | None:
        """All but doubles, which may be no numbers."""
        return None if kind == DOUBLE or isinstance(kind, (SqlArray, SqlMap, SqlStruct)) else "True"


class ProtobufLanguage(Language):
    """Protobuf."""

    name, title, type, complains_as = "PROTOBUF", "Protobuf", "PROTOBUF", "Protobuf"
    indexes = 1  # a file's first message is a single zero
    needs = ("google.protobuf", "protobuf")

    def made_of(self, schema: ConnectSchema, options: Options) -> ParsedSchema:
        """A message, its nested structs inside it."""
        from minisql.formats.protobuf.schema import ProtobufSchema

        return ProtobufSchema.of(schema, options)

    def readable(self, kind: SqlType, unwrapped: bool, options: Options) -> bool:
        """A map of lists or of maps looks like a list; a wrapper stands for its value only where that is asked for."""
        if unwrapped and not isinstance(kind, SqlStruct):
            return options.get("unwrapPrimitives") == "true" and kind in WRAPPED
        if isinstance(kind, SqlMap):
            return not isinstance(kind.value, (SqlArray, SqlMap)) and self.readable(kind.value, False, options)
        if isinstance(kind, SqlArray):
            return self.readable(kind.item, False, options)
        return not isinstance(kind, SqlStruct) or all(self.readable(field, False, options) for _, field in kind.fields)

    def normalizer(self, fields: Fields, options: Options) -> Callable[[Row | None], Row | None] | None:
        """Nulls become zeros and empty texts where the format cannot tell them."""
        from minisql.formats.protobuf.normal import protobuf_normalizer

        return protobuf_normalizer(fields, options)


class BareProtobufLanguage(ProtobufLanguage):
    """Protobuf whose schema everybody makes of the columns."""

    name, framed = "PROTOBUF_NOSR", False

    def made_of(self, schema: ConnectSchema, options: Options) -> ParsedSchema:
        """A message that stands alone."""
        from minisql.formats.protobuf.schema import BareProtobufSchema

        return BareProtobufSchema.of(schema, options)


AVRO, JSON_SCHEMA, PROTOBUF, PROTOBUF_NOSR = AvroLanguage(), JsonSchemaLanguage(), ProtobufLanguage(), BareProtobufLanguage()
