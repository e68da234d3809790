"""A declared stream or table: from CREATE's columns and properties to a Source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import expressions as exp

from minisql import config
from minisql.analyzer.with_properties import SourceProperties
from minisql.codegen.datatypes import sql_type
from minisql.dialect import nodes, sql
from minisql.errors import KsqlError
from minisql.formats.codecs import key_codec, value_codec
from minisql.formats.features import key_features, value_features
from minisql.formats.format import format_of
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.metastore import Source, TimestampColumn
from minisql.names import SYSTEM_COLUMNS, quote
from minisql.record import Record
from minisql.schema import Column, Namespace, Schema
from minisql.types import BIGINT, BYTES, STRING, TIMESTAMP, SqlArray, SqlStruct, SqlType

HEADERS_TYPE = SqlArray(SqlStruct((("KEY", STRING), ("VALUE", BYTES))))


class Declaration(Record):
    """CREATE's own words, with the defaults of the configuration.

    Attributes:
        node: the statement.
        properties: its WITH clause.
        key: the key format.
        value: the value format.
    """

    node: nodes.CreateSource | nodes.AssertSource
    properties: SourceProperties
    key: FormatInfo
    value: FormatInfo

    @property
    def name(self) -> str:
        """The source's name."""
        return str(self.node.this.name)

    @property
    def kind(self) -> str:
        """STREAM or TABLE."""
        return "TABLE" if isinstance(self.node, (nodes.CreateTable, nodes.AssertTable)) else "STREAM"


def declaration(node: nodes.CreateSource | nodes.AssertSource, properties: Mapping[str, str]) -> Declaration:
    """Read the WITH clause; formats that it does not name come from the configuration ``properties``.

    Raises:
        KsqlError: WITH is wrong, or there is no value format.
    """
    given = SourceProperties.of(node.args.get("properties"), derived=False)
    key = given.key_format_info(node.this.name, config.value_of(config.DEFAULT_KEY_FORMAT, properties))
    value = given.value_format_info(config.value_of(config.DEFAULT_VALUE_FORMAT, properties))
    if key is None:
        raise _missing_format("KEY_FORMAT", config.DEFAULT_KEY_FORMAT)
    if value is None:
        raise _missing_format("VALUE_FORMAT", config.DEFAULT_VALUE_FORMAT)
    return Declaration(node, given, key, value)


def declared_source(
    declared: Declaration, types: Mapping[str, SqlType], properties: Mapping[str, str], existing: Source | None = None
) -> Source:
    """The source that is declared.

    Args:
        declared: what CREATE says.
        types: the registered types.
        properties: the configuration.
        existing: the source that has this name already, if it is in the way.

    Raises:
        KsqlError: the declaration is wrong, in ksqlDB's words.
    """
    schema = declared_schema(declared.node.args.get("elements") or (), types)
    timestamp = declared.properties.row_time
    key, value = _formats(declared, schema, properties)
    if declared.kind == "STREAM":
        check_timestamp(schema, timestamp)
        _refuse_existing(declared, existing)
    else:
        _refuse_existing(declared, existing)
        _check_primary_key(declared, schema)
        check_timestamp(schema, timestamp)
    # Whether the formats can hold the columns shows when the codecs are made.
    key_codec(key, schema.key)
    value_codec(value, schema.value)
    if key.window is not None and not schema.key:
        raise KsqlError("Windowed sources require a key column.")
    return Source(
        name=declared.name,
        kind=declared.kind,
        schema=schema,
        topic=declared.properties.kafka_topic or "",
        key_format=key,
        value_format=value,
        timestamp=timestamp,
        read_only=bool(declared.node.args.get("source")),
    )


def needs_inference(declared: Declaration) -> bool:
    """Check the formats' own properties, and tell whether columns come from a schema registry.

    Raises:
        KsqlError: an unknown format, a property that it has not, or a schema id that cannot be used.
    """
    elements = declared.node.args.get("elements") or ()
    constraints = [element.args.get("constraint") for element in elements]
    keys = any(constraint in ("KEY", "PRIMARY KEY") for constraint in constraints)
    infers_key = infers("KEY", declared.key, declared.properties.key_schema_id, keys)
    infers_value = infers("VALUE", declared.value, declared.properties.value_schema_id, None in constraints)
    return infers_key or infers_value


def declared_schema(elements: Iterable[nodes.TableElement], types: Mapping[str, SqlType]) -> Schema:
    """The schema of declared columns.

    Raises:
        KsqlError: there are none, one has a reserved name or an unknown type, or headers stand twice.
    """
    elements = list(elements)
    if not elements:
        raise KsqlError("No columns supplied.")
    for element in elements:
        if element.this.name in SYSTEM_COLUMNS:
            raise KsqlError(f"'{element.this.name}' is a reserved column name. You cannot use it as a name for a column.")
    columns = tuple(_column(element, types) for element in elements)
    _check_headers([column for column in columns if column.namespace is Namespace.HEADERS])
    return Schema(columns)


def check_timestamp(schema: Schema, timestamp: TimestampColumn | None) -> None:
    """Check the TIMESTAMP property against the columns.

    Raises:
        KsqlError: no such column, or its type and TIMESTAMP_FORMAT do not go together.
    """
    if timestamp is None:
        return
    column = schema.find(timestamp.name)
    if column is None:
        raise KsqlError(f"The TIMESTAMP column set in the WITH clause does not exist in the schema: '{timestamp.name}'")
    if column.type == STRING and timestamp.format is None:
        raise KsqlError("A String timestamp field has been specified without also specifying the timestamp_format")
    if column.type != STRING and timestamp.format is not None:
        raise KsqlError("'TIMESTAMP_FORMAT' set in the WITH clause can only be used when the timestamp column is of type STRING.")
    if column.type not in (STRING, BIGINT, TIMESTAMP):
        raise KsqlError(
            f"Timestamp column, {quote(timestamp.name)}, should be LONG(INT64), TIMESTAMP, "
            "or a String with a timestamp_format specified."
        )


def statement_text(declared: Declaration, partitions: int | None = None, cleanup_policy: str | None = None) -> str:
    """The statement as the server shows it: columns and WITH written out, the properties in alphabetical order."""
    values = {str(item.this).upper(): item.expression for item in declared.node.args.get("properties") or ()}
    if "FORMAT" not in values and not {"KEY_FORMAT", "VALUE_FORMAT"} <= set(values):
        values["KEY_FORMAT"] = exp.Literal.string(declared.key.format)
        values["VALUE_FORMAT"] = exp.Literal.string(declared.value.format)
    if partitions is not None:
        values["PARTITIONS"] = exp.Literal.number(partitions)
    if cleanup_policy is not None:
        values["CLEANUP_POLICY"] = exp.Literal.string(cleanup_policy)
    properties = [nodes.Property(this=name, expression=values[name]) for name in sorted(values)]
    return sql(type(declared.node)(**{**declared.node.args, "properties": properties})) + ";"


def infers(side: str, info: FormatInfo, schema_id: int | None, has_columns: bool) -> bool:
    """Whether the columns of a side come from a schema registry.

    Raises:
        KsqlError: the format's properties are wrong, or there may be no id.
    """
    inferring = f"{side}_FORMAT should support schema inference when {side}_SCHEMA_ID is provided. "
    found = format_of(info.format)
    if schema_id is not None and not found.supports("SCHEMA_INFERENCE"):
        raise KsqlError(f"{inferring}Current format is {info.format}.")
    found.check_properties(dict(info.properties))
    if schema_id is not None and has_columns:
        raise KsqlError(f"Table elements and {side}_SCHEMA_ID cannot both exist for create statement.")
    return schema_id is not None or (not has_columns and found.supports("SCHEMA_INFERENCE"))


def _missing_format(name: str, setting: str) -> KsqlError:
    return KsqlError(
        f"Statement is missing the '{name}' property from the WITH clause. "
        f"Either provide one or set a default via the '{setting}' config."
    )


def _column(element: nodes.TableElement, types: Mapping[str, SqlType]) -> Column:
    constraint = element.args.get("constraint")
    kind = sql_type(element.args["kind"], types)
    if constraint in ("KEY", "PRIMARY KEY"):
        return Column(element.this.name, kind, Namespace.KEY)
    if constraint == "HEADERS":
        if kind != HEADERS_TYPE:
            raise KsqlError(f"Invalid type for HEADERS column: expected {HEADERS_TYPE}, got {kind}")
        return Column(element.this.name, kind, Namespace.HEADERS)
    if constraint == "HEADER":
        key = str(element.args["key"])
        if kind != BYTES:
            raise KsqlError(f"Invalid type for HEADER('{key}') column: expected BYTES, got {kind}")
        return Column(element.this.name, kind, Namespace.HEADERS, key)
    return Column(element.this.name, kind)


def _check_headers(columns: list[Column]) -> None:
    """ksqlDB looks at each against those before it: HEADERS may follow HEADER('k'), not the other way round."""
    seen: set[str | None] = set()
    for column in columns:
        if None in seen:
            raise KsqlError("Schema already contains a HEADERS column.")
        if column.header_key in seen:
            raise KsqlError(f"Schema already contains a HEADER('{column.header_key}') column.")
        seen.add(column.header_key)


def _refuse_existing(declared: Declaration, existing: Source | None) -> None:
    if existing is not None:
        raise KsqlError(
            f"Cannot add {declared.kind.lower()} '{declared.name}': A {existing.kind.lower()} with the same name already exists"
        )


def _check_primary_key(declared: Declaration, schema: Schema) -> None:
    if schema.key:
        return
    advice = ""
    if declared.properties.value_schema_id is not None:
        advice = (
            "\nUse a partial schema to define the primary key and still load the value columns from the Schema Registry, "
            f"for example:\n\tCREATE TABLE {declared.name} (ID INT PRIMARY KEY) WITH (...);"
        )
    raise KsqlError(f"Tables require a PRIMARY KEY. Please define the PRIMARY KEY.{advice}")


def _formats(declared: Declaration, schema: Schema, properties: Mapping[str, str]) -> tuple[KeyFormat, ValueFormat]:
    wrap, default = declared.properties.wrap_single_value, config.value_of(config.WRAP_SINGLE_VALUES, properties)
    key = KeyFormat(declared.key, key_features(declared.key.format, len(schema.key)), declared.properties.window)
    value = ValueFormat(declared.value, value_features(declared.value.format, len(schema.value), wrap, default))
    return key, value
