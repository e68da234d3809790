"""A query in the terms of its rows: what the analysis says, with columns named as the rows have them."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import AllColumns, Analysis, SelectItem, SingleColumn, StructAll
from minisql.analyzer.names import aliased
from minisql.analyzer.trees import column, column_name, is_column, qualifier, rewrite
from minisql.names import ROWTIME
from minisql.planner.steps import Window


class Resolved(NamedTuple):
    """The clauses of a query; columns are not qualified, those of a join are called SOURCE_COLUMN.

    ``default_argument`` is what ``COUNT(*)`` counts; ``asked`` is the analysis, where columns have their sources.
    """

    asked: Analysis
    persistent: bool
    selects: tuple[SelectItem, ...]
    where: Expression | None
    group: tuple[Expression, ...]
    partition: tuple[Expression, ...]
    having: Expression | None
    table_functions: tuple[exp.Anonymous, ...]
    window: Window | None
    default_argument: Expression


def resolve(analysis: Analysis, window: Window | None, persistent: bool) -> Resolved:
    """The analysis in the terms of rows."""
    joined = bool(analysis.joins)
    rows = Renaming(joined)
    first = analysis.first.alias
    return Resolved(
        asked=analysis,
        persistent=persistent,
        selects=tuple(rows.item(item) for item in analysis.selects),
        where=rows.optional(analysis.where),
        group=rows.all(analysis.group),
        partition=rows.all(analysis.partition),
        having=rows.optional(analysis.having),
        table_functions=tuple(call for call in rows.all(analysis.table_functions) if isinstance(call, exp.Anonymous)),
        window=window,
        default_argument=column(aliased(first, ROWTIME) if joined else ROWTIME),
    )


class Renaming:
    """Takes the source off columns; within a join its name becomes part of the column's."""

    __slots__ = ("_joined",)

    def __init__(self, joined: bool) -> None:
        self._joined = joined

    def __call__(self, expression: Expression) -> Expression:
        """The expression with plain columns."""
        return rewrite(expression, self._plain)

    def optional(self, expression: Expression | None) -> Expression | None:
        """Likewise, if there is an expression."""
        return None if expression is None else self(expression)

    def all(self, expressions: tuple[Expression, ...]) -> tuple[Expression, ...]:
        """Likewise for each expression."""
        return tuple(map(self, expressions))

    def item(self, item: SelectItem) -> SelectItem:
        """Likewise for a select item."""
        if isinstance(item, SingleColumn):
            return item._replace(expression=self(item.expression))
        return item if isinstance(item, AllColumns) else StructAll(self(item.base))

    def _plain(self, node: Expression) -> Expression | None:
        source = qualifier(node) if is_column(node) else None
        if source is None:
            return None
        name = column_name(node)
        return column(aliased(source, name) if self._joined else name, like=node)
