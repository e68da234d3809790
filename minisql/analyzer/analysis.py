"""What a query says, resolved: the result of ``analyze``."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.sources import AliasedSource
from minisql.dialect import nodes


class SingleColumn(NamedTuple):
    """An expression of the SELECT clause under its name."""

    expression: Expression
    alias: str


class AllColumns(NamedTuple):
    """``*``, or ``source.*``."""

    source: str | None


class StructAll(NamedTuple):
    """``struct->*``."""

    base: Expression


SelectItem = SingleColumn | AllColumns | StructAll


class JoinInfo(NamedTuple):
    """One join: which expression of which source equals which; ``flipped`` when the text has it the other way round."""

    left: AliasedSource
    left_expression: Expression
    right: AliasedSource
    right_expression: Expression
    kind: str
    flipped: bool
    within: nodes.Within | None

    def flip(self) -> JoinInfo:
        """The same join with its sides swapped; the kind stays, as it is told of the text's order."""
        return JoinInfo(self.right, self.right_expression, self.left, self.left_expression, self.kind, True, self.within)


class Analysis(NamedTuple):
    """A query whose names are resolved.

    Columns in expressions are qualified by the alias of their source; ``group`` is empty for no GROUP BY, and
    ``implicit_group`` says that an aggregate without GROUP BY makes one group of all rows.
    """

    sources: tuple[AliasedSource, ...]
    joins: tuple[JoinInfo, ...]
    selects: tuple[SelectItem, ...]
    where: Expression | None
    group: tuple[Expression, ...]
    implicit_group: bool
    partition: tuple[Expression, ...]
    having: Expression | None
    window: nodes.Window | None
    table_functions: tuple[exp.Anonymous, ...]
    final: bool
    limit: int | None

    @property
    def first(self) -> AliasedSource:
        """The source of FROM."""
        return self.sources[0]
