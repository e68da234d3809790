"""Where a persistent query writes: a new source that follows from its own, or an existing one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlglot.expressions import Expression

from minisql.analyzer.create_source import check_timestamp
from minisql.analyzer.sources import AliasedSource
from minisql.analyzer.with_properties import SourceProperties
from minisql.config import OUTPUT_TOPIC_PREFIX, WRAP_SINGLE_VALUES
from minisql.errors import BAD_REQUEST, KsqlError, StatementError
from minisql.formats import format_of, key_features, value_features
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.metastore import Source
from minisql.names import quote
from minisql.planner.key_format import default_key_format
from minisql.planner.planning import Planning
from minisql.schema import Column, Schema
from minisql.types import SqlDecimal, SqlType


class SinkRequest(NamedTuple):
    """The target of CREATE ... AS (``create``) or of INSERT INTO.

    Attributes:
        kind: "STREAM" or "TABLE", as the statement says.
        replace: CREATE OR REPLACE.
        place: the statement's node, which tells where it stands in the text.
    """

    name: str
    kind: str
    properties: SourceProperties = SourceProperties()
    create: bool = True
    replace: bool = False
    place: Expression | None = None


class SinkTopic(NamedTuple):
    """What the analysis knows of a new sink: its topic and formats, as yet without serde features."""

    topic: str
    key_format: FormatInfo
    value_format: FormatInfo
    window: WindowInfo | None


def check_target(request: SinkRequest, planning: Planning) -> None:
    """Look at the target of INSERT INTO.

    Raises:
        KsqlError: it is not there, is a table, or has header columns.
    """
    target = planning.metastore.source(request.name)
    if target is None:
        raise KsqlError(f"{_behind_insert_into(request.place)}Source {quote(request.name)} does not exist.")
    if target.is_table:
        raise KsqlError(f"INSERT INTO can only be used to insert into a stream. {target.name} is a table.")
    if target.schema.headers:
        raise KsqlError(f"Cannot insert into {target.name} because it has header columns")


def sink_topic(
    request: SinkRequest, first: AliasedSource, null_key: bool, window: WindowInfo | None, config: Mapping[str, Any]
) -> SinkTopic:
    """The topic and formats of a new sink: what WITH says, else those of the first source.

    Raises:
        KsqlError: an unknown format, or a key format for a stream without key.
    """
    properties, source = request.properties, first.source
    topic = properties.kafka_topic or f"{config.get(OUTPUT_TOPIC_PREFIX) or ''}{request.name}"
    key_name = _key_format_name(properties.key_format, source.key_format.info.format, null_key)
    value_name = properties.value_format or source.value_format.info.format
    key = _format(key_name, properties.key_format_properties(request.name, key_name), source.key_format.info)
    value = _format(value_name, properties.value_format_properties(value_name), source.value_format.info)
    return SinkTopic(topic, key, value, window or source.key_format.window)


def new_source(request: SinkRequest, topic: SinkTopic, schema: Schema, is_table: bool, config: Mapping[str, Any]) -> Source:
    """The source that CREATE ... AS makes.

    Raises:
        KsqlError: a TIMESTAMP or WRAP_SINGLE_VALUE property that does not fit.
    """
    timestamp = request.properties.row_time
    check_timestamp(schema, timestamp)
    key = topic.key_format
    if key.format == "NONE" and schema.key and request.properties.key_format is None:
        key = default_key_format(config)
    for info in (key, topic.value_format):
        format_of(info.format).check_properties(dict(info.properties))
    wrap = request.properties.wrap_single_value
    features = value_features(topic.value_format.format, len(schema.value), wrap, _wrap_by_default(config))
    return Source(
        name=request.name,
        kind="TABLE" if is_table else "STREAM",
        schema=schema,
        topic=topic.topic,
        key_format=KeyFormat(key, key_features(key.format, len(schema.key)), topic.window),
        value_format=ValueFormat(topic.value_format, features),
        timestamp=timestamp,
    )


def check_distinct(schema: Schema) -> None:
    """Raises: KsqlError: a value column is called like a key column."""
    keys = {column.name for column in schema.key}
    clashing = [column.name for column in schema.value if column.name in keys]
    if clashing:
        raise KsqlError(f"Value columns clash with key columns: {', '.join(map(quote, clashing))}")


def check_insert(target: Source, schema: Schema, is_table: bool) -> None:
    """Raises: KsqlError: the result of the query does not fit the existing sink."""
    if is_table != target.is_table:
        result = "KTABLE" if is_table else "KSTREAM"
        raise KsqlError(
            f"Incompatible data sink and query result. Data sink ({target.name}) type is K{target.kind} "
            f"but select query result is {result}."
        )
    pairs = zip(schema.columns, target.schema.columns, strict=False)
    if len(schema.columns) != len(target.schema.columns) or not all(_fits(*pair) for pair in pairs):
        raise KsqlError(
            f"Incompatible schema between results and sink.\nResult schema is {schema}\nSink schema is {target.schema}"
        )


def check_writable(target: Source | None) -> None:
    """Raises: KsqlError: the target is a CREATE SOURCE one."""
    if target is not None and target.read_only:
        raise KsqlError(f"Cannot insert into read-only {target.kind.lower()}: {target.name}", BAD_REQUEST)


def check_new(request: SinkRequest, is_table: bool, planning: Planning) -> None:
    """Raises: KsqlError: the name is taken, or the query gives the other kind of source."""
    taken = planning.metastore.source(request.name)
    if taken is not None and not request.replace:
        kind = "table" if is_table else "stream"
        raise KsqlError(
            f"Cannot add {kind} '{request.name}': A {taken.kind.lower()} with the same name already exists"
        )  # fmt: skip
    if is_table and request.kind == "STREAM":
        raise StatementError(
            "Invalid result type. Your SELECT query produces a TABLE. Please use CREATE TABLE AS SELECT statement instead."
        )
    if not is_table and request.kind == "TABLE":
        raise StatementError(
            "Invalid result type. Your SELECT query produces a STREAM. Please use CREATE STREAM AS SELECT statement instead."
        )


def _behind_insert_into(node: Expression | None) -> str:
    """ksqlDB points at the twelfth character of the statement, whatever stands there."""
    line = None if node is None else node.meta.get("line")
    return "" if node is None or line is None else f"Line: {line}, Col: {node.meta['column'] + len('INSERT INTO') + 1}: "


def _key_format_name(explicit: str | None, inherited: str, null_key: bool) -> str:
    if not null_key:
        return explicit or inherited
    if explicit is not None and explicit != "NONE":
        raise KsqlError("Key format specified for stream without key columns.")
    return "NONE"


def _format(name: str, explicit: tuple[tuple[str, str], ...], source: FormatInfo) -> FormatInfo:
    found = format_of(name)
    inheritable = found.inherited if name == source.format else frozenset()
    inherited = {key: value for key, value in source.properties if key in inheritable}
    return FormatInfo(name, tuple({**inherited, **dict(explicit)}.items()))


def _wrap_by_default(config: Mapping[str, Any]) -> bool | None:
    text = str(config.get(WRAP_SINGLE_VALUES)).lower()
    return {"true": True, "false": False}.get(text)


def _fits(result: Column, wanted: Column) -> bool:
    if (result.name, result.namespace) != (wanted.name, wanted.namespace):
        return False
    return result.type == wanted.type or _widens(result.type, wanted.type)


def _widens(given: SqlType, wanted: SqlType) -> bool:
    if not isinstance(given, SqlDecimal) or not isinstance(wanted, SqlDecimal):
        return False
    return given.scale <= wanted.scale and given.precision - given.scale <= wanted.precision - wanted.scale
