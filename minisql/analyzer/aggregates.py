"""What an aggregation needs of its input, and whether it keeps to GROUP BY (ksqlDB's AggregateAnalyzer)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.text import text
from minisql.analyzer.trees import arguments, children, column, column_name, is_column
from minisql.errors import KsqlError
from minisql.names import WINDOW_BOUNDS

if TYPE_CHECKING:
    from minisql.functions.registry import FunctionRegistry


class AggregateAnalysis(NamedTuple):
    """The columns to keep, and the aggregate calls in the order of the text (``COUNT(*)`` as ``COUNT(ROWTIME)``)."""

    required: tuple[Expression, ...]
    calls: tuple[exp.Anonymous, ...]


class Clauses(NamedTuple):
    """The clauses of an aggregation; columns are no longer qualified. ``default`` is the argument of ``COUNT(*)``."""

    selects: tuple[Expression, ...]
    where: Expression | None
    group: tuple[Expression, ...]
    having: Expression | None
    windowed: bool
    default: Expression


def analyze_aggregates(clauses: Clauses, functions: FunctionRegistry) -> AggregateAnalysis:
    """Read the clauses in ksqlDB's order.

    Raises:
        KsqlError: no aggregate at all, nested ones, or something outside them that GROUP BY does not have.
    """
    reader = _Reader(clauses, functions)
    loose_selects = [expression for expression in clauses.selects if reader.select(expression)]
    if clauses.where is not None:
        reader.where(clauses.where)
    for expression in clauses.group:
        reader.group(expression)
    loose_having = reader.having(clauses.having) if clauses.having is not None else []
    _check(reader.calls, loose_selects, loose_having)
    return AggregateAnalysis(tuple(reader.required), tuple(reader.calls))


def _check(calls: list[exp.Anonymous], selects: Iterable[Expression], having: Iterable[Expression]) -> None:
    if not calls:
        raise KsqlError("GROUP BY requires aggregate functions in either the SELECT or HAVING clause.")
    unmatched = ", ".join(map(text, selects))
    if unmatched:
        raise KsqlError(
            f"Non-aggregate SELECT expression(s) not part of GROUP BY: {unmatched}\n"
            "Either add the column(s) to the GROUP BY or remove them from the SELECT."
        )
    unmatched = ", ".join(map(text, having))
    if unmatched:
        raise KsqlError(
            f"Non-aggregate HAVING expression not part of GROUP BY: {unmatched}\n"
            "Consider switching the HAVING clause to a WHERE clause before the GROUP BY."
        )


class _Reader:
    """Walks the clauses; ``_seen`` are one expression's columns outside what GROUP BY has, with the aggregate round each."""

    def __init__(self, clauses: Clauses, functions: FunctionRegistry) -> None:
        self.required: list[Expression] = []
        self.calls: list[exp.Anonymous] = []
        self._functions = functions
        self._windowed = clauses.windowed
        self._default = clauses.default
        self._groups = set(clauses.group) | {column(name) for name in WINDOW_BOUNDS if clauses.windowed}
        self._seen: list[tuple[str | None, Expression]] = []
        self._in_aggregates = False

    def select(self, expression: Expression) -> bool:
        """Whether the expression has columns that are neither aggregated nor grouped by."""
        loose = False
        for aggregate, node in self._columns(expression):
            if aggregate is not None:
                self._check_bound(node)
            else:
                loose = loose or node not in self._groups
        return loose and expression not in self._groups

    def where(self, expression: Expression) -> None:
        for _, node in self._columns(expression):
            self._check_bound(node)

    def group(self, expression: Expression) -> None:
        for aggregate, node in self._columns(expression):
            if aggregate is not None:
                raise KsqlError(f"GROUP BY does not support aggregate functions: {aggregate} is an aggregate function.")
            self._check_bound(node)

    def having(self, expression: Expression) -> list[Expression]:
        """The columns that are neither aggregated nor grouped by."""
        found = []
        for aggregate, node in self._columns(expression):
            self._check_bound(node)
            if aggregate is None and node not in self._groups:
                found.append(node)
        return found

    def _columns(self, expression: Expression) -> list[tuple[str | None, Expression]]:
        self._seen, self._in_aggregates = [], False
        self._walk(expression, None, False)
        return self._seen

    def _walk(self, node: Expression, aggregate: str | None, grouped: bool) -> None:
        grouped = grouped or node in self._groups
        if is_column(node):
            self._column(node, aggregate, grouped)
        elif isinstance(node, exp.Anonymous):
            self._call(node, aggregate, grouped)
        elif isinstance(node, exp.Lambda):
            self._lambda(node, aggregate, grouped)
        else:
            for child in children(node):
                self._walk(child, aggregate, grouped)

    def _column(self, node: Expression, aggregate: str | None, grouped: bool) -> None:
        bound = column_name(node) in WINDOW_BOUNDS
        # once an aggregate has been met ksqlDB looks at everything that follows it in the expression
        if not grouped or self._in_aggregates or bound:
            self._seen.append((aggregate, node))
        if not bound and node not in self.required:
            self.required.append(node)

    def _call(self, node: exp.Anonymous, aggregate: str | None, grouped: bool) -> None:
        if self._functions.find(node.this) is None:
            raise KsqlError(f"Can't find any functions with the name '{node.this}'")
        found = arguments(node)
        if self._functions.is_aggregate(node.this):
            if aggregate is not None:
                raise KsqlError(f"Aggregate functions can not be nested: {aggregate}({node.this}())")
            self._in_aggregates, aggregate = True, node.this
            found = found or [self._default]
            self.calls.append(exp.Anonymous(this=node.this, expressions=found))
        for argument in found:
            self._walk(argument, aggregate, grouped)

    def _lambda(self, node: exp.Lambda, aggregate: str | None, grouped: bool) -> None:
        before = list(self.required)
        names = {argument.this for argument in node.expressions}
        self._walk(node.this, aggregate, grouped)
        added = self.required[len(before) :]
        self.required = before + [each for each in added if column_name(each) not in names]
        self._seen = [(outer, each) for outer, each in self._seen if column_name(each) not in names]

    def _check_bound(self, node: Expression) -> None:
        if self._windowed and column_name(node) in WINDOW_BOUNDS:
            raise KsqlError(
                f"Window bounds column {text(node)} can only be used in the SELECT clause of windowed aggregations and can "
                "not be passed to aggregate functions.\nSee https://github.com/confluentinc/ksql/issues/4397"
            )
