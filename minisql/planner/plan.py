"""Queries to plans: the order of ksqlDB's stages, from names to steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from minisql.analyzer.analysis import Analysis
from minisql.analyzer.analyze import analyze
from minisql.analyzer.text import place
from minisql.analyzer.validate import validate_push
from minisql.dialect import nodes
from minisql.errors import BAD_REQUEST, BAD_STATEMENT, SERVER_ERROR, BareError, KsqlError
from minisql.formats import check_key, check_value
from minisql.formats.info import WindowInfo
from minisql.metastore import Metastore, Source
from minisql.planner.filter import FilterNode
from minisql.planner.internal import Internal, check_internals
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.project import ProjectNode
from minisql.planner.resolved import Resolved, resolve
from minisql.planner.source import SourceNode, stores
from minisql.planner.steps import Step, StreamSink, TableSink
from minisql.planner.window import check_window, window_info, window_of
from minisql.record import Record
from minisql.schema import Schema

if TYPE_CHECKING:
    from minisql.functions.registry import FunctionRegistry
    from minisql.planner.aggregate import AggregateNode
    from minisql.planner.sink import SinkRequest, SinkTopic

SUPPRESS, NEW_PLANNER = "ksql.suppress.enabled", "ksql.new.query.planner.enabled"


class QueryPlan(Record):
    """A planned push or persistent query; ``str(plan)`` is its tree of steps.

    Attributes:
        step: the top step: the sink, or for a push query the last projection.
        sink: the source that is written: a new one for CREATE ... AS, the existing one for INSERT INTO, None for a push query.
        schema: what the query gives; of a push query the value columns are what is shown, in the order of the SELECT clause.
        sources: the names of the sources, FROM first.
        window: of the result's key, or None.
        internals: the topics and stores that ksqlDB would keep for the query, by the contexts of their steps.
    """

    step: Step
    sink: Source | None
    schema: Schema
    sources: tuple[str, ...]
    is_table: bool
    window: WindowInfo | None
    limit: int | None
    internals: tuple[Internal, ...] = ()

    @property
    def windowed(self) -> bool:
        """Whether the result's key has a window."""
        return self.window is not None

    def __str__(self) -> str:
        return str(self.step)


def plan_query(
    query: nodes.Query,
    *,
    metastore: Metastore,
    functions: FunctionRegistry,
    config: Mapping[str, Any],
    sink: SinkRequest | None = None,
    partitions: Callable[[str], int] | None = None,
) -> QueryPlan:
    """Plan a push query (no ``sink``), or a query that writes to one; nothing but the plan is made.

    Args:
        partitions: the number of a topic's partitions, by its name; joins are refused where they differ.

    Raises:
        KsqlError: ksqlDB refuses the query, with its words.
        UnsupportedError: ksqlDB would run it.
    """
    planning = Planning(metastore, functions, config, partitions)
    if str(config.get(NEW_PLANNER)).lower() == "true":
        from minisql.planner.column_query import plan_columns  # ksqlDB's other planner, which is hardly ever asked for

        return plan_columns(query, planning, sink)
    existing = sink if sink is not None and not sink.create else None
    check = None if existing is None else partial(_check_target, existing, planning)
    analysis = analyze(query, metastore, functions, sink is not None, check)
    target = None if existing is None else metastore.source(existing.name)
    resolved = resolve(analysis, window_of(analysis), persistent=sink is not None)
    topic = None if sink is None or target is not None else _sink_topic(sink, resolved, config)
    validate_push(analysis, persistent=sink is not None)
    top = _logical(resolved, planning, target)
    if sink is not None:
        target = _target(sink, topic, top, planning) or target
    return _physical(top, resolved, planning, sink, target)


def plan_analysis(analysis: Analysis, planning: Planning) -> QueryPlan:
    """The plan of a query that was analyzed already and shows its rows: a pull query on a stream.

    Raises:
        KsqlError: ksqlDB refuses the query, with its words.
    """
    resolved = resolve(analysis, None, persistent=False)
    return _physical(_logical(resolved, planning, None), resolved, planning, None, None)


def _check_target(existing: SinkRequest, planning: Planning) -> None:
    from minisql.planner.sink import check_target  # a push query has no sink

    check_target(existing, planning)


def _sink_topic(sink: SinkRequest, resolved: Resolved, config: Mapping[str, Any]) -> SinkTopic:
    from minisql.planner.rekey import is_null_key
    from minisql.planner.sink import sink_topic

    window = None if resolved.window is None else window_info(resolved.window)
    return sink_topic(sink, resolved.asked.first, is_null_key(resolved.partition), window, config)


def _target(sink: SinkRequest, topic: SinkTopic | None, top: AggregateNode | ProjectNode, planning: Planning) -> Source | None:
    """The new source, where one is wanted."""
    from minisql.planner.sink import check_distinct, new_source

    target = None
    if topic is not None:
        target = planning.metastore.with_subjects(new_source(sink, topic, top.schema, top.is_table, planning.config))
    top.check_key_present(sink.name)
    check_distinct(top.schema)
    return target


def _logical(resolved: Resolved, planning: Planning, target: Source | None) -> AggregateNode | ProjectNode:
    node = _from(resolved, planning)
    if resolved.where is not None:
        node = FilterNode(node, resolved.where, planning)
    if resolved.partition:
        from minisql.planner.partition import PartitionNode  # many a query has none of these

        node = PartitionNode(node, resolved.partition, resolved.asked.partition, planning)
    if resolved.table_functions:
        from minisql.planner.flat_map import FlatMapNode

        limited = resolved.asked.limit is not None and not resolved.group
        node = FlatMapNode(node, resolved.selects, resolved.table_functions, planning, limited)
    top = _top(node, resolved, planning, None if target is None else target.schema)
    _check_final(resolved.asked, planning.config)
    return top


def _top(node: Node, resolved: Resolved, planning: Planning, sink: Schema | None) -> AggregateNode | ProjectNode:
    if resolved.group:
        from minisql.planner.aggregate import AggregateNode

        return AggregateNode(node, resolved, planning, sink)
    if resolved.window is not None:
        # For EMIT FINAL ksqlDB makes the window anew, without its place (AstBuilder).
        where = "" if resolved.asked.final else place(resolved.asked.window)
        raise KsqlError(f"{where}WINDOW clause requires a GROUP BY clause.")
    return ProjectNode(node, resolved.selects, planning, resolved.persistent, sink)


def _from(resolved: Resolved, planning: Planning) -> Node:
    if resolved.asked.joins:
        from minisql.planner.joins import joined_sources  # many a session has no join

        return joined_sources(resolved, planning)
    return SourceNode("KsqlTopic", resolved.asked.first)


def _check_final(analysis: Analysis, config: Mapping[str, Any]) -> None:
    if not analysis.final:
        return
    if str(config.get(SUPPRESS, "true")).lower() == "false":
        raise KsqlError(f"Suppression is currently disabled. You can enable it by setting {SUPPRESS} to true")
    if not analysis.group or analysis.window is None:
        raise KsqlError("EMIT FINAL is only supported for windowed aggregations.")


@contextmanager
def _built(code: int) -> Iterator[None]:
    """What ksqlDB refuses only when it builds the query; what it does not expect there, it tells as an error of the server."""
    try:
        yield
    except BareError:
        raise
    except KsqlError as error:
        raise BareError(error.message, code) from error.__cause__


def check_readable(source: Source) -> None:
    """Refuse the query that reads a table whose format its store cannot have; Raises: BareError."""
    with _built(BAD_REQUEST):
        check_internals(stores(source))


def _physical(
    top: AggregateNode | ProjectNode, resolved: Resolved, planning: Planning, sink: SinkRequest | None, target: Source | None
) -> QueryPlan:
    flow = top.build(planning)
    if flow.schema != top.schema and sink is not None:
        # As where an expression has the name of a key column: the plan drops what the query has (ExecutionPlanBuilder).
        raise KsqlError(f"Logical and Physical schemas do not match!\nLogical : {top.schema}\nPhysical: {flow.schema}")
    if sink is not None and target is not None:
        flow = _written(flow, sink.name, target)
        _check_written(sink, target, top, planning)
    with _built(BAD_STATEMENT if sink is None else BAD_REQUEST):
        check_internals(flow.internals)
    if resolved.window is not None:
        if resolved.window.kind != "SESSION" and resolved.window.size <= 0:
            raise KsqlError("Size must be positive")
        with _built(SERVER_ERROR):
            check_window(resolved.window)
    if target is not None:
        with _built(BAD_REQUEST):
            check_key(target.key_format, target.schema.key)
            check_value(target.value_format, target.schema.value)
    analysis = resolved.asked
    return QueryPlan(
        step=flow.step,
        sink=target,
        schema=top.schema,
        sources=tuple(source.name for _, source in analysis.sources),
        is_table=top.is_table,
        window=flow.key_format.window,
        limit=analysis.limit,
        internals=flow.internals,
    )


def _check_written(sink: SinkRequest, target: Source, top: AggregateNode | ProjectNode, planning: Planning) -> None:
    from minisql.planner.sink import check_insert, check_new, check_writable

    if sink.create:
        check_new(sink, top.is_table, planning)
    else:
        check_insert(target, top.schema, top.is_table)
    check_writable(planning.metastore.source(sink.name))


def _written(flow: Flow, context: str, target: Source) -> Flow:
    if flow.key_format.window != target.key_format.window:
        raise KsqlError("Can't change windowing" if flow.is_table else "Into can't change windowing")
    made = TableSink if flow.is_table else StreamSink
    step = made(flow.schema, context, flow.step, target.topic, target.key_format, target.value_format, target.timestamp)
    return flow._replace(step=step)
