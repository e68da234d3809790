"""SELECT with GROUP BY (ksqlDB's AggregateNode)."""

from __future__ import annotations

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.aggregates import AggregateAnalysis, Clauses, analyze_aggregates
from minisql.analyzer.names import AGGREGATE, INTERNAL, AliasGenerator
from minisql.analyzer.text import in_prose, text
from minisql.analyzer.trees import arguments, column, column_name, is_column, rewrite
from minisql.errors import KsqlError
from minisql.names import WINDOW_BOUNDS, quote
from minisql.planner.aggregation import aggregated
from minisql.planner.filter import filtered
from minisql.planner.grouping import grouped
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Aggregate, Planning
from minisql.planner.predicate import check_predicate
from minisql.planner.project import COPY_HINT, selected
from minisql.planner.projection import missing_keys, projected, selects_of
from minisql.planner.resolved import Resolved
from minisql.planner.schemas import keyed
from minisql.planner.steps import Call, Select
from minisql.schema import Column, Schema
from minisql.types import BIGINT, SqlType


class AggregateNode(Node):
    """Groups, aggregates, HAVING and projection of a query.

    Args:
        sink: the schema of an existing sink (its types lead number literals), or None.
    """

    def __init__(self, below: Node, query: Resolved, planning: Planning, sink: Schema | None) -> None:
        self._query = query
        self._selects = selects_of(below, query.selects, sink)
        self._analysis = analyze_aggregates(_clauses(query, self._selects), planning.functions)
        schema = self._schema(below.schema, planning)
        if query.having is not None:
            check_predicate(query.having, below.schema, planning, "HAVING")
        super().__init__(schema, True, None, (below,))

    def check_key_present(self, sink: str) -> None:
        """Raises: KsqlError: the projection lacks a grouping expression."""
        chosen = {select.expression for select in self._selects}
        missing = [expression for expression in self._query.group if expression not in chosen]
        if missing and self._query.asked.implicit_group:
            calls = ", ".join(map(text, self._analysis.calls))
            raise KsqlError(
                f"CREATE TABLE AS SELECT statement does not support aggregate function [{calls}] without a GROUP BY clause."
            )
        if missing:
            raise missing_keys(sink, "grouping expression", missing)

    def build(self, planning: Planning) -> Flow:
        below = self.below[0]
        inputs = _Inputs(self._analysis)
        keys = [key.name for key in below.schema.key]
        flow = selected(below.build(planning), keys, inputs.selects, "Aggregate/Prepare", planning)
        flow = grouped(flow, self._query.group, self.value_format, "Aggregate/GroupBy", planning)
        calls = [self._call(call, inputs, planning) for call in self._analysis.calls]
        columns = [column_name(inputs.inner(node)) for node in self._analysis.required]
        flow = aggregated(flow, columns, calls, self._query.window, self.value_format, "Aggregate/Aggregate", planning)
        return self._results(flow, planning)

    def _results(self, flow: Flow, planning: Planning) -> Flow:
        """HAVING and the projection, over the results of the aggregates."""
        outputs = _Outputs(planning)
        selects = [Select(select.name, outputs.inner(select.expression)) for select in self._selects]
        if self._query.having is not None:
            flow = filtered(flow, outputs.inner(self._query.having), "Aggregate/HavingFilter")
        if self._query.persistent:
            selects = [select for select in selects if select.expression not in self._query.group]
        return selected(flow, [key.name for key in self.schema.key], selects, "Aggregate/Project", planning)

    def _call(self, call: exp.Anonymous, inputs: _Inputs, planning: Planning) -> Aggregate:
        found = planning.aggregate(call, self.below[0].schema)
        split = found.call
        return found._replace(call=Call(split.name, tuple(map(inputs.inner, split.arguments)), split.initial))

    def _schema(self, source: Schema, planning: Planning) -> Schema:
        query = self._query
        bounds = tuple(Column(name, BIGINT) for name in WINDOW_BOUNDS if query.window is not None)
        projection = projected(Schema(source.columns + bounds), self._selects, planning)
        names = [self._chosen_name(expression) for expression in query.group]
        value = [item for item in projection.value if item.name not in names] if query.persistent else projection.columns
        if not value:
            raise KsqlError("The projection contains no value columns.")
        return keyed([_key(*pair, source, planning) for pair in zip(query.group, names, strict=True)], value)

    def _chosen_name(self, expression: Expression) -> str | None:
        """The name that the projection gives the grouping expression."""
        names = [select.name for select in self._selects if select.expression == expression]
        if len(names) > 1:
            shown = in_prose(map(quote, names), "and")
            raise KsqlError(f"The projection contains a key column more than once: {shown}.\n{COPY_HINT}")
        return names[0] if names else None


def _clauses(query: Resolved, selects: list[Select]) -> Clauses:
    expressions = tuple(select.expression for select in selects)
    return Clauses(expressions, query.where, query.group, query.having, query.window is not None, query.default_argument)


def _key(expression: Expression, name: str | None, source: Schema, planning: Planning) -> tuple[str, SqlType]:
    kind = planning.type_of(expression, source)
    if kind is None:
        raise KsqlError("Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR).")
    if name is None:
        name = column_name(expression) if is_column(expression) else AliasGenerator([source]).name_for(expression)
    return name, kind


class _Inputs:
    """The columns that the aggregation reads: source columns under their names, other arguments as KSQL_INTERNAL_COL_n."""

    def __init__(self, analysis: AggregateAnalysis) -> None:
        self._names: dict[Expression, str] = {}
        self.selects: list[Select] = []
        for node in analysis.required:
            self._add(node)
        for call in analysis.calls:
            for argument in arguments(call):
                self._add(argument)

    def inner(self, expression: Expression) -> Expression:
        """The expression over those columns."""
        return rewrite(expression, self._column)

    def _column(self, node: Expression) -> Expression | None:
        name = self._names.get(node)
        return None if name is None else column(name, like=node)

    def _add(self, expression: Expression) -> None:
        if expression not in self._names:
            name = column_name(expression) if is_column(expression) else f"{INTERNAL}{len(self.selects)}"
            self._names[expression] = name
            self.selects.append(Select(name, expression))


class _Outputs:
    """Expressions over the results of aggregates; to be asked in the order in which the calls were collected."""

    def __init__(self, planning: Planning) -> None:
        self._functions = planning.functions
        self._count = 0

    def inner(self, expression: Expression) -> Expression:
        """The expression with each aggregate call replaced by the column of its result."""
        return rewrite(expression, self._result)

    def _result(self, node: Expression) -> Expression | None:
        if not isinstance(node, exp.Anonymous) or not self._functions.is_aggregate(node.this):
            return None
        self._count += 1
        return column(f"{AGGREGATE}{self._count - 1}", like=node)
