"""What each format can do, as data; and how its rows are made.

What reads and writes a format is imported when it is first wanted: a process that uses one format does not load the
others.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from minisql.errors import KsqlError
from minisql.formats.info import FormatInfo, Subject
from minisql.formats.rows import Fields, NoRows, Rows
from minisql.schema import Column
from minisql.types import (
    BIGINT,
    BYTES,
    DOUBLE,
    INTEGER,
    STRING,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlPrimitive,
    SqlStruct,
    SqlType,
)

if TYPE_CHECKING:
    from minisql.formats.connect.language import Language

SCHEMA_INFERENCE, WRAP_SINGLES, UNWRAP_SINGLES = "SCHEMA_INFERENCE", "WRAP_SINGLES", "UNWRAP_SINGLES"
WRAPPING = frozenset({WRAP_SINGLES, UNWRAP_SINGLES})
"""The features of which a key or value has at most one."""

KAFKA_TYPES = frozenset({INTEGER, BIGINT, DOUBLE, STRING, BYTES})
"""The types that KAFKA can hold."""

NAMED_DELIMITERS = {"TAB": "\t", "SPACE": " "}

FULL_SCHEMA_NAME, SCHEMA_ID, SUBJECT_NAME = "fullSchemaName", "schemaId", "subjectName"
UNWRAP_PRIMITIVES, NULLABLE_REPRESENTATION = "unwrapPrimitives", "nullableRepresentation"
DELIMITER = "delimiter"


class Format(ABC):
    """A format by what it supports.

    Attributes:
        name: as in SQL.
        features: what it supports of SCHEMA_INFERENCE, WRAP_SINGLES and UNWRAP_SINGLES.
        properties: names of its own properties.
        inherited: those that a sink takes over from a source of the same format.
        several_columns: whether a key can have more than one column.
    """

    name: ClassVar[str]
    features: ClassVar[frozenset[str]] = frozenset()
    properties: ClassVar[frozenset[str]] = frozenset()
    inherited: ClassVar[frozenset[str]] = frozenset()
    several_columns: ClassVar[bool] = True

    def supports(self, feature: str) -> bool:
        """Whether it has the feature."""
        return feature in self.features

    def supports_key_type(self, kind: SqlType) -> bool:
        """Whether a key column can have the type."""
        return True

    def check_properties(self, properties: Mapping[str, str]) -> None:
        """Refuse properties that it does not know or that are empty.

        Raises:
            KsqlError: with ksqlDB's text.
        """
        unknown = ", ".join(name for name in properties if name not in self.properties)
        if unknown:
            raise KsqlError(f"{self.name} does not support the following configs: [{unknown}]")
        for name, value in properties.items():
            if not value.strip():
                given = ", ".join(f"{key}={item}" for key, item in properties.items())
                raise KsqlError(f"{name} cannot be empty. Format configuration: {{{given}}}")

    def check(self, columns: tuple[Column, ...], info: FormatInfo, features: frozenset[str]) -> None:
        """Refuse columns that it cannot hold.

        Raises:
            KsqlError: with ksqlDB's text.
        """
        unsupported = sorted(features - self.features)
        if unsupported:
            raise KsqlError(f"Unsupported features: [{', '.join(unsupported)}]")
        self.check_properties(dict(info.properties))

    def check_schema(self, columns: tuple[Column, ...], features: frozenset[str]) -> None:
        """Refuse columns for which no schema can be registered: as a rule there are none.

        Raises:
            BareError: with ksqlDB's text.
        """
        return

    @abstractmethod
    def rows(self, fields: Fields, info: FormatInfo, features: frozenset[str], side: str, subject: Subject | None = None) -> Rows:
        """How rows of these columns become bytes.

        Args:
            fields: the columns.
            info: the format's own properties.
            features: WRAP_SINGLES or UNWRAP_SINGLES.
            side: "key" or "value".
            subject: where schemas are registered.
        """


class Json(Format):
    """JSON objects, or bare JSON values."""

    name = "JSON"
    features = WRAPPING

    def check(self, columns: tuple[Column, ...], info: FormatInfo, features: frozenset[str]) -> None:
        """Refuse MAPs whose keys are not STRING."""
        super().check(columns, info, features)
        if any(_has_odd_map(column.type) for column in columns):
            raise KsqlError("JSON only supports MAP types with STRING keys")

    def rows(self, fields: Fields, info: FormatInfo, features: frozenset[str], side: str, subject: Subject | None = None) -> Rows:
        """Objects unless single columns are unwrapped."""
        from minisql.formats.json.rows import BareJsonRows, JsonRows

        return BareJsonRows(fields, side) if UNWRAP_SINGLES in features else JsonRows(fields, side)


class Kafka(Format):
    """The bytes of Kafka's own serializers."""

    name = "KAFKA"
    features = frozenset({UNWRAP_SINGLES})
    several_columns = False

    def supports_key_type(self, kind: SqlType) -> bool:
        """Only a few primitive types."""
        return kind in KAFKA_TYPES

    def check(self, columns: tuple[Column, ...], info: FormatInfo, features: frozenset[str]) -> None:
        """Refuse several columns and types that Kafka has no serializer for."""
        super().check(columns, info, features)
        if len(columns) > 1:
            raise KsqlError(f"The 'KAFKA' format only supports a single field. Got: {_listed(columns)}")
        for column in columns:
            if column.type not in KAFKA_TYPES:
                raise KsqlError(f"The 'KAFKA' format does not support type '{base_type(column.type)}'")

    def rows(self, fields: Fields, info: FormatInfo, features: frozenset[str], side: str, subject: Subject | None = None) -> Rows:
        """One bare value, or nothing at all."""
        if not fields:
            return NoRows()
        from minisql.formats.kafka import KafkaRows

        return KafkaRows(fields)


class Delimited(Format):
    """Lines of CSV."""

    name = "DELIMITED"
    features = frozenset({UNWRAP_SINGLES})
    properties = inherited = frozenset({DELIMITER})

    def supports_key_type(self, kind: SqlType) -> bool:
        """Primitive types; DECIMAL does not count as one, although DELIMITED can hold it."""
        return isinstance(kind, SqlPrimitive)

    def check(self, columns: tuple[Column, ...], info: FormatInfo, features: frozenset[str]) -> None:
        """Refuse nested types and delimiters that are not one character."""
        super().check(columns, info, features)
        delimiter_of(dict(info.properties).get(DELIMITER, ","))
        for column in columns:
            if not isinstance(column.type, (SqlPrimitive, SqlDecimal)):
                kind = base_type(column.type)
                raise KsqlError(f"The 'DELIMITED' format does not support type '{kind}', column: `{column.name}`")

    def rows(self, fields: Fields, info: FormatInfo, features: frozenset[str], side: str, subject: Subject | None = None) -> Rows:
        """Lines."""
        from minisql.formats.delimited import DelimitedRows

        return DelimitedRows(fields, delimiter_of(dict(info.properties).get(DELIMITER, ",")), side)


class NoFormat(Format):
    """No columns, no bytes."""

    name = "NONE"
    several_columns = False

    def supports_key_type(self, kind: SqlType) -> bool:
        """None at all."""
        return False

    def check(self, columns: tuple[Column, ...], info: FormatInfo, features: frozenset[str]) -> None:
        """Refuse columns."""
        super().check(columns, info, features)
        if columns:
            raise KsqlError(f"The 'NONE' format can only be used when no columns are defined. Got: {_listed(columns)}")

    def rows(self, fields: Fields, info: FormatInfo, features: frozenset[str], side: str, subject: Subject | None = None) -> Rows:
        """Nothing."""
        return NoRows()


class RegistryFormat(Format):
    """A format whose schemas are Kafka Connect's."""

    map_refusal: ClassVar[str]

    def check(self, columns: tuple[Column, ...], info: FormatInfo, features: frozenset[str]) -> None:
        """Refuse MAPs whose keys are not STRING, and what the language of schemas has nothing for."""
        super().check(columns, info, features)
        if any(_has_odd_map(column.type) for column in columns):
            raise KsqlError(self.map_refusal)

    @abstractmethod
    def language(self) -> Language:
        """The language of its schemas."""

    def rows(self, fields: Fields, info: FormatInfo, features: frozenset[str], side: str, subject: Subject | None = None) -> Rows:
        """Structs unless single columns are unwrapped; raises MissingExtra where the format's library is not installed."""
        if not fields:
            return NoRows()
        from minisql.formats.connect.rows import ConnectRows
        from minisql.formats.extras import check_installed

        language = self.language()
        if language.needs is not None:
            module, extra = language.needs
            check_installed(module, self.name, extra)
        return ConnectRows(fields, UNWRAP_SINGLES in features, language, info.properties, subject)


class Avro(RegistryFormat):
    """Avro with a schema registry."""

    name = "AVRO"
    features = WRAPPING | {SCHEMA_INFERENCE}
    properties = frozenset({FULL_SCHEMA_NAME, SCHEMA_ID})
    map_refusal = "Avro only supports MAPs with STRING keys"

    def check_schema(self, columns: tuple[Column, ...], features: frozenset[str]) -> None:
        """Refuse names that Avro cannot bear."""
        if columns:
            from minisql.formats.avro.naming import check_names

            unwrapped = UNWRAP_SINGLES in features and len(columns) == 1
            check_names(tuple((column.name, column.type) for column in columns), unwrapped)

    def language(self) -> Language:
        """Avro's."""
        from minisql.formats.connect.language import AVRO

        return AVRO


class JsonSchema(RegistryFormat):
    """JSON with a schema registry."""

    name = "JSON_SR"
    features = WRAPPING | {SCHEMA_INFERENCE}
    properties = frozenset({FULL_SCHEMA_NAME, SCHEMA_ID})
    map_refusal = "JSON only supports MAP types with STRING keys"

    def language(self) -> Language:
        """JSON Schema."""
        from minisql.formats.connect.language import JSON_SCHEMA

        return JSON_SCHEMA


class Protobuf(RegistryFormat):
    """Protobuf with a schema registry."""

    name = "PROTOBUF"
    features = frozenset({SCHEMA_INFERENCE, WRAP_SINGLES})
    properties = frozenset({FULL_SCHEMA_NAME, SCHEMA_ID, UNWRAP_PRIMITIVES, NULLABLE_REPRESENTATION, SUBJECT_NAME})
    inherited = frozenset({FULL_SCHEMA_NAME})
    map_refusal = (
        "PROTOBUF format only supports MAP types with STRING keys. See https://github.com/confluentinc/ksql/issues/6177."
    )

    def language(self) -> Language:
        """Protobuf's."""
        from minisql.formats.connect.language import PROTOBUF

        return PROTOBUF


class ProtobufWithoutRegistry(RegistryFormat):
    """Protobuf whose schema comes from the declared columns."""

    name = "PROTOBUF_NOSR"
    features = WRAPPING
    properties = inherited = frozenset({UNWRAP_PRIMITIVES, NULLABLE_REPRESENTATION})
    map_refusal = Protobuf.map_refusal

    def language(self) -> Language:
        """Protobuf's, without ids."""
        from minisql.formats.connect.language import PROTOBUF_NOSR

        return PROTOBUF_NOSR


FORMATS: dict[str, Format] = {
    kind.name: kind() for kind in (Avro, Delimited, Json, JsonSchema, Kafka, NoFormat, Protobuf, ProtobufWithoutRegistry)
}
"""Every format of ksqlDB by name."""


def format_of(name: str) -> Format:
    """The format called ``name``, in any case.

    Raises:
        KsqlError: there is none.
    """
    found = FORMATS.get(name.upper())
    if found is None:
        raise KsqlError(f"Unknown format: {name}")
    return found


def delimiter_of(name: str) -> str:
    """The character that a delimiter property names.

    Raises:
        KsqlError: it names none.
    """
    if not name.strip():
        raise KsqlError(
            "Delimiter cannot be empty, if you meant to have a tab or space for delimiter, please use the special values "
            "'TAB' or 'SPACE'\nExample valid value: ';'"
        )
    if len(name) != 1 and name not in NAMED_DELIMITERS:
        raise KsqlError(
            f"Invalid delimiter value: '{name}'. Delimiter must be a single character or TAB,SPACE\nExample valid value: ';'"
        )
    return NAMED_DELIMITERS.get(name, name)


def base_type(kind: SqlType) -> str:
    """The name of a type without its parameters."""
    for nested, name in ((SqlArray, "ARRAY"), (SqlMap, "MAP"), (SqlStruct, "STRUCT"), (SqlDecimal, "DECIMAL")):
        if isinstance(kind, nested):
            return name
    return str(kind)


def has_map(kind: SqlType) -> bool:
    """Whether the type is a MAP or contains one."""
    return isinstance(kind, SqlMap) or any(map(has_map, _parts(kind)))


def _has_odd_map(kind: SqlType) -> bool:
    return (isinstance(kind, SqlMap) and kind.key != STRING) or any(map(_has_odd_map, _parts(kind)))


def _parts(kind: SqlType) -> tuple[SqlType, ...]:
    if isinstance(kind, SqlArray):
        return (kind.item,)
    if isinstance(kind, SqlMap):
        return (kind.key, kind.value)
    return tuple(field for _, field in kind.fields) if isinstance(kind, SqlStruct) else ()


def _listed(columns: tuple[Column, ...]) -> str:
    return f"[{', '.join(map(str, columns))}]"
