"""The WITH clause of CREATE and of CREATE ... AS, read and validated as ksqlDB's ConfigDef does it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from minisql.analyzer.property_values import NULLABLE_REPRESENTATIONS, literals, parse
from minisql.configdef import BOOLEAN, INT, LONG, SHORT, STRING
from minisql.dialect import nodes
from minisql.dialect.failures import unprepared
from minisql.errors import SERVER_ERROR, KsqlError, ParseError
from minisql.formats.info import FormatInfo, WindowInfo
from minisql.metastore import TimestampColumn

COMMON: dict[str, str] = {
    "KAFKA_TOPIC": STRING,
    "PARTITIONS": INT,
    "REPLICAS": SHORT,
    "RETENTION_MS": LONG,
    "VALUE_FORMAT": STRING,
    "TIMESTAMP": STRING,
    "TIMESTAMP_FORMAT": STRING,
    "WRAP_SINGLE_VALUE": BOOLEAN,
    "KEY_PROTOBUF_NULLABLE_REPRESENTATION": STRING,
    "VALUE_PROTOBUF_NULLABLE_REPRESENTATION": STRING,
    "VALUE_AVRO_SCHEMA_FULL_NAME": STRING,
    "KEY_SCHEMA_FULL_NAME": STRING,
    "VALUE_SCHEMA_FULL_NAME": STRING,
    "KEY_DELIMITER": STRING,
    "VALUE_DELIMITER": STRING,
    "KEY_FORMAT": STRING,
    "FORMAT": STRING,
    "KEY_SCHEMA_ID": INT,
    "VALUE_SCHEMA_ID": INT,
    "CLEANUP_POLICY": STRING,
}
"""Property to type, in the order in which the server looks at them: the first bad one is reported."""

CREATE_ONLY: dict[str, str] = {
    "WINDOW_TYPE": STRING,
    "WINDOW_SIZE": STRING,
    "SOURCE_CONNECTOR": STRING,
    "SOURCED_BY_CONNECTOR": STRING,
}
"""What CREATE has besides, looked at before the common ones."""

INSERT_INTO: dict[str, str] = {"QUERY_ID": STRING}


class SourceProperties(NamedTuple):
    """A validated WITH clause; a field is the property of that name, None when it was not given.

    ``key_format`` and ``value_format`` already have what FORMAT says, in upper case.
    """

    kafka_topic: str | None = None
    partitions: int | None = None
    replicas: int | None = None
    retention_ms: int | None = None
    cleanup_policy: str | None = None
    key_format: str | None = None
    value_format: str | None = None
    format: str | None = None
    wrap_single_value: bool | None = None
    timestamp: str | None = None
    timestamp_format: str | None = None
    window_type: str | None = None
    window_size: int | None = None
    key_delimiter: str | None = None
    value_delimiter: str | None = None
    key_schema_id: int | None = None
    value_schema_id: int | None = None
    key_schema_full_name: str | None = None
    value_schema_full_name: str | None = None
    value_avro_schema_full_name: str | None = None
    key_protobuf_nullable_representation: str | None = None
    value_protobuf_nullable_representation: str | None = None
    source_connector: str | None = None
    sourced_by_connector: str | None = None

    @classmethod
    def of(cls, properties: Iterable[nodes.Property] | None, derived: bool) -> SourceProperties:
        """Read the properties of CREATE (``derived`` False) or of CREATE ... AS (True).

        Raises:
            ParseError: an unknown property, a missing one, or a value that does not fit, in ksqlDB's words.
        """
        try:
            return cls._of(properties, derived)
        except KsqlError as error:
            # What Kafka calls a configuration is a property in ksqlDB's words.
            raise _unprepared(error.message.replace("configuration", "property")) from None

    @classmethod
    def _of(cls, properties: Iterable[nodes.Property] | None, derived: bool) -> SourceProperties:
        given = literals(properties)
        definition = COMMON if derived else CREATE_ONLY | COMMON
        values = parse(given, definition, required=() if derived else ("KAFKA_TOPIC",))
        _check_known(given, definition)
        _check_formats(given)
        _check_timestamp_format(values)
        if not derived:
            values["WINDOW_TYPE"] = _upper(values.get("WINDOW_TYPE"))
            values["WINDOW_SIZE"] = _window_size(values)
        both = _upper(values.get("FORMAT"))
        values["KEY_FORMAT"] = both or _upper(values.get("KEY_FORMAT"))
        values["VALUE_FORMAT"] = both or _upper(values.get("VALUE_FORMAT"))
        return cls(**{name.lower(): value for name, value in values.items()})

    @property
    def window(self) -> WindowInfo | None:
        """The window of the key, as WINDOW_TYPE and WINDOW_SIZE say."""
        return WindowInfo(self.window_type, self.window_size) if self.window_type else None

    @property
    def timestamp_column(self) -> str | None:
        """The column that TIMESTAMP names, folded as an identifier is."""
        return None if self.timestamp is None else column_name(self.timestamp)

    @property
    def row_time(self) -> TimestampColumn | None:
        """What TIMESTAMP and TIMESTAMP_FORMAT say of the records' time."""
        name = self.timestamp_column
        return None if name is None else TimestampColumn(name, self.timestamp_format)

    @property
    def value_features(self) -> frozenset[str]:
        """The serde features that WRAP_SINGLE_VALUE asks for."""
        if self.wrap_single_value is None:
            return frozenset()
        return frozenset(["WRAP_SINGLES" if self.wrap_single_value else "UNWRAP_SINGLES"])

    def key_format_info(self, source: str, default: str | None = None) -> FormatInfo | None:
        """The key format with its properties, or None when neither WITH nor ``default`` names one."""
        name = self.key_format or _upper(default)
        return FormatInfo(name, self.key_format_properties(source, name)) if name else None

    def value_format_info(self, default: str | None = None) -> FormatInfo | None:
        """The value format with its properties, or None when neither WITH nor ``default`` names one."""
        name = self.value_format or _upper(default)
        return FormatInfo(name, self.value_format_properties(name)) if name else None

    def key_format_properties(self, source: str, format: str | None) -> tuple[tuple[str, str], ...]:
        """What WITH says of the key format: ``(("delimiter", "|"),)``.

        Raises:
            KsqlError: a protobuf property for another format.
        """
        full_name = self.key_schema_full_name
        if full_name is None and format == "AVRO":
            full_name = _avro_key_schema_name(source)
        nullable = _nullable(format, "KEY", self.key_protobuf_nullable_representation)
        return _format_properties(format, full_name, self.key_delimiter, nullable, self.key_schema_id)

    def value_format_properties(self, format: str | None) -> tuple[tuple[str, str], ...]:
        """What WITH says of the value format.

        Raises:
            KsqlError: a protobuf property for another format.
        """
        full_name = self.value_avro_schema_full_name
        full_name = self.value_schema_full_name if full_name is None else full_name
        nullable = _nullable(format, "VALUE", self.value_protobuf_nullable_representation)
        return _format_properties(format, full_name, self.value_delimiter, nullable, self.value_schema_id)


def insert_query_id(properties: Iterable[nodes.Property] | None) -> str | None:
    """The QUERY_ID of INSERT INTO ... WITH (...), upper-cased, or None.

    Raises:
        ParseError: another property, or a value that is no string.
        KsqlError: it cannot be an id.
    """
    given = literals(properties)
    try:
        values = parse(given, INSERT_INTO)
        _check_known(given, INSERT_INTO)
    except KsqlError as error:
        raise _unprepared(error.message) from None
    query_id = _upper(values["QUERY_ID"])
    if query_id is not None and re.fullmatch(r"\w+", query_id, re.ASCII) is None:
        raise KsqlError(f"Query IDs may contain only alphanumeric characters and '_'. Got: '{query_id}'")
    return query_id


def column_name(text: str) -> str:
    """A column reference as text, folded as identifiers are: ``t.ts`` gives TS, ```ts``` gives ts.

    Raises:
        KsqlError: the text is not a column reference.
    """
    import re

    part = r"(?:[A-Za-z_@]\w*|`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\")"
    match = re.fullmatch(rf"\s*(?:{part}\s*\.\s*)?({part})\s*", text)
    if match is None:
        raise KsqlError(f"Cannot parse text that is not column reference: {text}")
    name = match[1]
    quote = name[0]
    return name[1:-1].replace(quote * 2, quote) if quote in '`"' else name.upper()


def _unprepared(message: str) -> ParseError:
    """WITH is read while the statement's tree is built; what fails there says so."""
    return unprepared(message)


def _check_known(given: dict[str, Any], definition: dict[str, str]) -> None:
    if all(name in definition for name in given):
        return
    from minisql.java import hash_order, string_hash  # seldom is a name wrong

    unknown = [name for name in hash_order(given, string_hash) if name not in definition]  # ksqlDB has them in a HashSet
    raise KsqlError(f"Invalid config variable(s) in the WITH clause: {','.join(unknown)}")


def _check_formats(given: dict[str, Any]) -> None:
    for other in ("KEY_FORMAT", "VALUE_FORMAT"):
        if "FORMAT" in given and other in given:
            raise KsqlError(
                f"Cannot supply both '{other}' and 'FORMAT' properties, as 'FORMAT' sets both key and value formats. "
                "Either use just 'FORMAT', or use 'KEY_FORMAT' and 'VALUE_FORMAT'."
            )
    if "VALUE_AVRO_SCHEMA_FULL_NAME" in given and "VALUE_SCHEMA_FULL_NAME" in given:
        raise KsqlError(
            "Cannot supply both 'VALUE_AVRO_SCHEMA_FULL_NAME' and 'VALUE_SCHEMA_FULL_NAME' properties. "
            "Please only set 'VALUE_SCHEMA_FULL_NAME'."
        )


def _check_timestamp_format(values: dict[str, Any]) -> None:
    pattern = values["TIMESTAMP_FORMAT"]
    if pattern is None:
        return
    from minisql.functions.datetime.pattern import pattern_fault  # few statements have one

    fault = pattern_fault(pattern)
    if fault:
        raise KsqlError(f"Invalid datetime format for config:TIMESTAMP_FORMAT, reason:{fault}")


def _window_size(values: dict[str, Any]) -> int | None:
    kind, size = values["WINDOW_TYPE"], values["WINDOW_SIZE"]
    sized = kind is not None and kind != "SESSION"
    if sized and size is None:
        raise KsqlError(
            f"{kind} windows require 'WINDOW_SIZE' to be provided in the WITH clause. For example: 'WINDOW_SIZE'='10 SECONDS'"
        )
    if not sized and size is not None:
        raise KsqlError("'WINDOW_SIZE' should not be set for SESSION windows.")
    if not sized:
        return None
    from minisql.analyzer.duration import parse_duration  # few keys have windows

    return parse_duration(size)


def _upper(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _avro_key_schema_name(source: str) -> str:
    camel = "".join(word.capitalize() for word in source.split("_"))
    return f"io.confluent.ksql.avro_schemas.{camel}Key"


def _nullable(format: str | None, side: str, representation: str | None) -> str | None:
    if representation is not None and format not in ("PROTOBUF", "PROTOBUF_NOSR"):
        raise KsqlError(f"Property {side}_PROTOBUF_NULLABLE_REPRESENTATION can only be enabled with protobuf format")
    if representation is not None and representation not in NULLABLE_REPRESENTATIONS:
        # Its validator takes small letters, and then an enum of Java's does not.
        enum = "io.confluent.ksql.properties.with.CommonCreateConfigs.ProtobufNullableConfigValues"
        raise KsqlError(f"No enum constant {enum}.{representation}", SERVER_ERROR)
    return None if representation is None else representation.lower()


def _format_properties(
    format: str | None, full_name: str | None, delimiter: str | None, nullable: str | None, schema_id: int | None
) -> tuple[tuple[str, str], ...]:
    found = {
        "fullSchemaName": full_name,
        "delimiter": delimiter,
        # Statements of old, which lack it, read wrappers as structs.
        "unwrapPrimitives": "true" if format == "PROTOBUF" else None,
        "nullableRepresentation": nullable,
        "schemaId": None if schema_id is None else str(schema_id),
    }
    return tuple((name, value) for name, value in found.items() if value is not None)
