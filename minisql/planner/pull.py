"""Pull queries to plans (ksqlDB's QueryFilterNode, QueryProjectNode and pull physical plan)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import AllColumns, Analysis
from minisql.analyzer.analyze import analyze
from minisql.analyzer.pull import HELP, validate_pull
from minisql.analyzer.text import text
from minisql.analyzer.trees import column_name, columns_in
from minisql.analyzer.validate import refuse_table_functions
from minisql.codegen.errors import JavaError
from minisql.dialect import nodes
from minisql.errors import SERVER_ERROR, BareError, KsqlError, StatementError, UnsupportedError
from minisql.metastore import Metastore, Source
from minisql.names import PSEUDO_COLUMNS, ROWOFFSET, ROWPARTITION, WINDOW_BOUNDS, quote
from minisql.planner.disjuncts import disjunctive
from minisql.planner.lookup import TABLE_SCANS, Lookup, enabled, lookups, where_refusal
from minisql.planner.plan import QueryPlan, plan_analysis
from minisql.planner.planning import Planning
from minisql.planner.predicate import check_predicate
from minisql.planner.projection import check_distinct_names, selects_of
from minisql.planner.resolved import Resolved, resolve
from minisql.planner.schemas import is_key
from minisql.planner.source import SourceNode
from minisql.planner.steps import Select
from minisql.record import Record
from minisql.schema import Column, Namespace, Schema

if TYPE_CHECKING:
    from minisql.functions.registry import FunctionRegistry


STREAMS = "ksql.query.pull.stream.enabled"

STREAMS_DISABLED = (
    "Pull queries on streams are disabled. To create a push query on the stream, add EMIT CHANGES to the end. "
    f"To enable pull queries on streams, set the {STREAMS} config to 'true'."
)

PROJECT, FILTER = "PROJECT", "SELECT"
"""The contexts of the steps, by which the processing log knows them (PullPhysicalPlanBuilder)."""


class PullPlan(Record):
    """A planned pull query.

    A table's rows are found by ``lookups``, one after the other, or by looking at all of them when there are none;
    ``predicate`` is then asked of each row, and ``selects`` computed, both over rows of ``layout``.
    A stream is read to its end through the steps of ``stream``, and nothing else here matters.

    Attributes:
        layout: what a row has while it is looked at: ``source.schema.with_pseudo_and_key_columns(windowed)``.
        predicate: the whole WHERE clause, in disjunctive form, or None.
        schema: what the query shows, in order; columns that come from the key, or bound the window, are key columns.
        announced: the same columns as ksqlDB's header lists them.
    """

    source: Source
    lookups: tuple[Lookup, ...]
    predicate: Expression | None
    selects: tuple[Select, ...]
    layout: Schema
    schema: Schema
    announced: Schema
    limit: int | None
    stream: QueryPlan | None = None

    @property
    def is_table(self) -> bool:
        """Whether a table is asked."""
        return self.stream is None

    @property
    def is_scan(self) -> bool:
        """Whether all rows must be looked at."""
        return not self.lookups

    def told_schema(self, context: str) -> Schema:
        """The columns of which ksqlDB tells when it refuses an expression of the step ``FILTER``, or of the other one."""
        where = [] if self.predicate is None else [self.predicate]
        return _intermediate(self.source, where if context == FILTER else [select.expression for select in self.selects])


def _intermediate(source: Source, expressions: Iterable[Expression]) -> Schema:
    """What QueryLogicalPlanUtil makes: where a column that is no value is read, pseudo and key columns are values too."""
    names = {column_name(node) for expression in expressions for node in columns_in(expression)}
    if names.isdisjoint((*PSEUDO_COLUMNS, *WINDOW_BOUNDS, *(each.name for each in (*source.schema.key, *source.schema.headers)))):
        return source.schema
    every = source.schema.with_pseudo_and_key_columns(source.windowed)
    return Schema(tuple(each for each in every.columns if each.name not in (ROWPARTITION, ROWOFFSET)))


def plan_pull(query: nodes.Query, *, metastore: Metastore, functions: FunctionRegistry, config: Mapping[str, Any]) -> PullPlan:
    """Plan a pull query.

    Raises:
        KsqlError: ksqlDB refuses the query, with its words.
        UnsupportedError: ksqlDB would run it.
    """
    planning = Planning(metastore, functions, config)
    analysis = analyze(query, metastore, functions, persistent=False)
    validate_pull(analysis, config)
    refuse_table_functions(analysis)
    if analysis.first.source.is_table:
        return _table(analysis, planning)
    if not enabled(STREAMS, config):
        raise StatementError(STREAMS_DISABLED)
    return _stream(analysis, planning)


def _stream(analysis: Analysis, planning: Planning) -> PullPlan:
    with _told_of_faults():
        plan = plan_analysis(analysis, planning)
    source = analysis.first.source
    layout = source.schema.with_pseudo_and_key_columns(source.windowed)
    shown = Schema(plan.schema.value)
    return PullPlan(source, (), None, (), layout, shown, shown, analysis.limit, plan)


@contextmanager
def _told_of_faults() -> Iterator[None]:
    """What is refused with no expression to name is told of as a fault of the server (QueryExecutor.handleStreamPullQuery)."""
    try:
        yield
    except (BareError, StatementError, UnsupportedError):
        raise
    except KsqlError as error:
        if error.statement is not None and not isinstance(error, JavaError):
            raise
        raise BareError(error.message, SERVER_ERROR, line=error.line, column=error.column, hint=error.hint) from error


def _table(analysis: Analysis, planning: Planning) -> PullPlan:
    resolved = resolve(analysis, None, persistent=False)
    source = analysis.first.source
    node = SourceNode("KsqlTopic", analysis.first)
    predicate, found = _where(resolved, node, planning)
    selects = selects_of(node, resolved.selects, None)
    starred = _is_starred(resolved)
    announced = _star_schema(source) if starred else _schema(selects, node.schema, planning)
    _check_materialized(source)
    schema = _in_order(announced, selects) if starred else announced
    return PullPlan(source, found, predicate, tuple(selects), node.schema, schema, announced, analysis.limit)


def _where(resolved: Resolved, node: SourceNode, planning: Planning) -> tuple[Expression | None, tuple[Lookup, ...]]:
    windowed = node.source.windowed
    if resolved.where is None:
        if not enabled(TABLE_SCANS, planning.config):
            raise where_refusal("Missing WHERE clause", windowed)
        return None, ()
    check_predicate(resolved.where, node.schema, planning, "WHERE")
    predicate = disjunctive(resolved.where)
    found = lookups(predicate, node.schema, windowed, planning)
    _check_rewritten(predicate, node.schema, node.source, planning)
    if not found and not enabled(TABLE_SCANS, planning.config):
        raise KsqlError(f"Query requires table scan to be enabled. Table scans can be enabled by setting {TABLE_SCANS}=true")
    return predicate, found


def _check_rewritten(predicate: Expression, schema: Schema, source: Source, planning: Planning) -> None:
    """ksqlDB types the predicate once more, when BETWEEN has become comparisons that must fit."""
    try:
        planning.type_of(predicate, schema)
    except (BareError, UnsupportedError):
        raise
    except KsqlError as error:
        shown = text(predicate)
        inner = f"{error.message}\nStatement: {error.statement}" if error.statement else error.message
        message = f"Invalid expression: {inner}. expression: {shown}, schema:{_intermediate(source, [predicate])}"
        raise KsqlError(message, statement=shown) from error


def _is_starred(resolved: Resolved) -> bool:
    starred = any(isinstance(item, AllColumns) for item in resolved.selects)
    if starred and len(resolved.selects) > 1:
        raise KsqlError("Pull queries only support wildcards in the projects if they are the only expression")
    return starred


def _star_schema(source: Source) -> Schema:
    """Keys, window bounds, headers, values: the header's order, while a row has its headers last (QueryProjectNode)."""
    from minisql.types import BIGINT

    bounds = tuple(Column(name, BIGINT, Namespace.KEY) for name in WINDOW_BOUNDS if source.windowed)
    return Schema(source.schema.key + bounds + source.schema.headers + source.schema.value)


def _in_order(schema: Schema, selects: Sequence[Select]) -> Schema:
    columns = {column.name: column for column in schema.columns}
    return Schema(tuple(columns[select.name] for select in selects))


def _schema(selects: Sequence[Select], source: Schema, planning: Planning) -> Schema:
    columns = []
    for select in selects:
        kind = planning.type_of(select.expression, source)
        if kind is None:
            raise KsqlError(
                "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR)."
            )
        key = is_key(source, select.name) or select.name in WINDOW_BOUNDS
        columns.append(Column(select.name, kind, Namespace.KEY if key else Namespace.VALUE))
    check_distinct_names(columns)
    return Schema(tuple(columns))


def _check_materialized(source: Source) -> None:
    """Only the result of a query, or a CREATE SOURCE table, has a state that can be asked."""
    if source.query_id is None and not source.read_only:
        raise KsqlError(
            f"The {quote(source.name)} table isn't queryable. To derive a queryable table, "
            f"you can do 'CREATE TABLE QUERYABLE_{source.name} AS SELECT * FROM {source.name}'.{HELP}"
        )
