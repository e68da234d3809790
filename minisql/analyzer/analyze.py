"""Syntax tree to Analysis (ksqlDB's AstSanitizer and Analyzer, in their order)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import Analysis, SelectItem, SingleColumn
from minisql.analyzer.columns import check_columns
from minisql.analyzer.joins import join_infos
from minisql.analyzer.prepare import preparing
from minisql.analyzer.sanitize import Sanitizer
from minisql.analyzer.sources import AliasedSource, known_sources, refuse_repeated
from minisql.analyzer.text import text
from minisql.analyzer.trees import calls_in, children
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.metastore import Metastore
from minisql.names import SYSTEM_COLUMNS, quote

if TYPE_CHECKING:
    from minisql.functions.registry import FunctionRegistry

EVERYTHING = exp.Literal(this="1", is_string=False)
"""What an aggregate without GROUP BY groups by."""


def analyze(
    query: nodes.Query,
    metastore: Metastore,
    functions: FunctionRegistry,
    persistent: bool,
    target: Callable[[], None] | None = None,
) -> Analysis:
    """Resolve the names of a query; the query stays as it is.

    Args:
        persistent: whether the rows go to a sink.
        target: looks at the target of INSERT INTO; its turn comes when all sources are known.

    Raises:
        KsqlError: a source or column that is not there or is ambiguous, a reserved name, a misplaced table function.
    """
    with preparing():
        sources = known_sources(query, metastore)
        if target is not None:
            target()
        analysis, conditions = _sanitized(query, sources, metastore)
    refuse_repeated(analysis.sources)
    joins = join_infos(query, analysis.sources, conditions)
    implicit = not analysis.group and any(_has_aggregate(item, functions) for item in analysis.selects)
    analysis = analysis._replace(
        joins=joins,
        group=(EVERYTHING,) if implicit else analysis.group,
        implicit_group=implicit,
        table_functions=tuple(_select_clause(analysis, functions, persistent)),
    )
    check_columns(analysis)
    return analysis


def _sanitized(
    query: nodes.Query, sources: tuple[AliasedSource, ...], metastore: Metastore
) -> tuple[Analysis, tuple[Expression, ...]]:
    """The query with its names resolved, and the conditions of its joins."""
    sanitizer = Sanitizer(sources, metastore.types)
    selects = tuple(sanitizer.select(item) for item in query.expressions)
    conditions = sanitizer.expressions([join.args["on"] for join in query.args.get("joins") or ()])
    where, having = query.args.get("where"), query.args.get("having")
    analysis = Analysis(
        sources=sources,
        selects=selects,
        joins=(),
        where=None if where is None else sanitizer.expression(where),
        group=sanitizer.expressions(query.args.get("group")),
        implicit_group=False,
        partition=sanitizer.expressions(query.args.get("partition")),
        having=None if having is None else sanitizer.expression(having),
        window=query.args.get("window"),
        table_functions=(),
        final=query.args.get("emit") == "FINAL",
        limit=_limit(query),
    )
    return analysis, conditions


def _limit(query: nodes.Query) -> int | None:
    limit = query.args.get("limit")
    return None if limit is None else int(limit.this)


def _has_aggregate(item: SelectItem, functions: FunctionRegistry) -> bool:
    return isinstance(item, SingleColumn) and any(functions.is_aggregate(call.this) for call in calls_in(item.expression))


def _select_clause(analysis: Analysis, functions: FunctionRegistry, persistent: bool) -> Iterator[exp.Anonymous]:
    """Check the items one by one, and give the calls of table functions in them."""
    grouped = bool(analysis.group)
    for item in analysis.selects:
        if isinstance(item, SingleColumn):
            _check_alias(item, persistent)
            grouped = grouped or _has_aggregate(item, functions)
            yield from _table_functions(item.expression, functions, grouped)


def _check_alias(item: SingleColumn, persistent: bool) -> None:
    reserved = item.alias.upper()
    if reserved not in SYSTEM_COLUMNS:
        return
    shown = text(item.expression)
    if shown[shown.find(".") + 1 :].upper() != reserved:
        raise KsqlError(f"`{reserved}` is a reserved column name. You cannot use it as an alias for a column.")
    if persistent:
        raise KsqlError(f"Reserved column name in select: `{reserved}`. Please remove or alias the column.")


def _table_functions(
    node: Expression,
    functions: FunctionRegistry,
    grouped: bool,
    outer: str | None = None,
    case: Expression | None = None,
) -> Iterator[exp.Anonymous]:
    if isinstance(node, exp.Case) and node.this is None:
        case = node
    if isinstance(node, exp.Anonymous) and functions.is_table_function(node.this):
        _check_table_function(node, grouped, outer, case)
        outer = node.this
        yield node
    for child in children(node):
        yield from _table_functions(child, functions, grouped, outer, case)


def _check_table_function(call: exp.Anonymous, grouped: bool, outer: str | None, case: Expression | None) -> None:
    if outer is not None:
        raise KsqlError(f"Table functions cannot be nested: {quote(outer)}({quote(call.this)}())")
    if grouped:
        raise KsqlError("Table functions cannot be used with aggregations.")
    if case is not None:
        raise KsqlError(f"Table functions cannot be used in CASE: {text(case)}")
