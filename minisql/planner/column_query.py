"""The planner behind ``ksql.new.query.planner.enabled``: ksqlDB's beginnings of another one, which selects columns of a stream.

What it does not do it refuses; names that it is given for columns, and for the topic, it does not look at. ksqlDB calls all its
queries ``query-id``, so that there can be only one; here they have ids of their own.
"""

from __future__ import annotations

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import AllColumns, SelectItem, StructAll
from minisql.analyzer.sanitize import Sanitizer
from minisql.analyzer.sources import AliasedSource, known_sources
from minisql.analyzer.text import place, refusal, text
from minisql.analyzer.trees import column, column_name, is_column
from minisql.dialect import nodes
from minisql.errors import KsqlError, UnsupportedError
from minisql.formats import format_of
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.metastore import Metastore, Source
from minisql.planner.plan import QueryPlan
from minisql.planner.planning import Planning
from minisql.planner.sink import SinkRequest, check_new
from minisql.planner.steps import Select, Step, StreamSelect, StreamSelectKey, StreamSink, StreamSource
from minisql.schema import Column, Namespace, Schema

_REFUSED = (
    ("where", "WHERE"),
    ("group", "GROUP BY"),
    ("having", "HAVING"),
    ("window", "WINDOWS"),
    ("partition", "PARTITION BY"),
    ("limit", "LIMIT"),
    ("joins", "joins"),
)
"""Clause and its name in the refusal, in ksqlDB's order."""


def plan_columns(query: nodes.Query, planning: Planning, sink: SinkRequest | None) -> QueryPlan:
    """Plan a query that selects columns of a stream into a new one.

    Raises:
        KsqlError: it does anything else.
        UnsupportedError: it reads a windowed stream.
    """
    for clause, name in _REFUSED:
        if query.args.get(clause):
            raise KsqlError(f"New query planner does not support {name}. Set ksql.new.query.planner.enabled=false.")
    [source] = known_sources(query, planning.metastore)
    if source.source.is_table:
        raise KsqlError("Input TABLES are not supported by the new planner")
    schema = _schema(query, source, planning.metastore)
    if sink is None:
        # It takes for granted that there is a sink.
        raise KsqlError("No value present")
    if source.source.windowed:
        raise UnsupportedError("windowed streams in ksqlDB's new query planner")
    target = _target(sink, source.source, schema)
    check_new(sink._replace(replace=sink.replace and sink.create), is_table=False, planning=planning)
    step = StreamSink(schema, "OUTPUT", _steps(source, schema), target.topic, target.key_format, target.value_format, None)
    return QueryPlan(step, target, schema, (source.source.name,), False, None, None)


def _schema(query: nodes.Query, source: AliasedSource, metastore: Metastore) -> Schema:
    sanitizer = Sanitizer((source,), metastore.types)
    columns: list[Column] = []
    for item in query.expressions:
        columns += _selected(sanitizer.select(item), source.source.schema)
    for number, found in enumerate(columns):
        if any((each.name, each.namespace) == (found.name, found.namespace) for each in columns[:number]):
            raise KsqlError(f"Duplicate {found.namespace.name.lower()} columns found in schema: {found}")
    return Schema(tuple(columns))


def _selected(item: SelectItem, schema: Schema) -> tuple[Column, ...]:
    if isinstance(item, AllColumns):
        return tuple(each for each in schema.columns if each.namespace is not Namespace.HEADERS)
    if isinstance(item, StructAll) or not is_column(item.expression):
        raise KsqlError("New query planner only support column references, no expressions or aliases.")
    return (_found(item.expression, schema),)


def _found(node: Expression, schema: Schema) -> Column:
    found = schema.find(column_name(node))
    if found is None:
        raise refusal(f"{place(node)}SELECT column '{text(node)}' cannot be resolved.", node)
    return found


def _target(sink: SinkRequest, source: Source, schema: Schema) -> Source:
    given = sink.properties
    key = source.key_format if given.key_format is None else KeyFormat(_format(given.key_format))
    value = source.value_format if given.value_format is None else ValueFormat(_format(given.value_format))
    return Source(sink.name, "STREAM", schema, sink.name, key, value)


def _format(name: str) -> FormatInfo:
    format_of(name)
    return FormatInfo(name)


def _steps(source: AliasedSource, schema: Schema) -> Step:
    layout = source.source.schema.with_pseudo_and_key_columns(windowed=False)
    step: Step = StreamSource(layout, "SOURCE", source.source, source.alias)
    kept = [key for key in source.source.schema.key if key in schema.key]
    if len(kept) < len(source.source.schema.key):
        rekeyed = Schema((*kept, *layout.value))
        step = StreamSelectKey(rekeyed, "SELECT", step, tuple(column(key.name) for key in kept))
    values = [each for each in source.source.schema.value if each in schema.value]
    return StreamSelect(
        Schema((*kept, *values)), "SELECT", step, tuple(Select(each.name, column(each.name)) for each in values)
    )  # fmt: skip
