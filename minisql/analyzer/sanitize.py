"""Names made unambiguous: columns get their source, select items their alias (ksqlDB's AstSanitizer)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import AllColumns, SelectItem, SingleColumn, StructAll
from minisql.analyzer.names import AliasGenerator, aliased
from minisql.analyzer.registered import written_out
from minisql.analyzer.sources import AliasedSource, clashing_columns
from minisql.analyzer.text import in_prose, place, refusal
from minisql.analyzer.trees import column, column_name, is_column, qualifier, rewrite
from minisql.errors import KsqlError
from minisql.types import SqlType


class Sanitizer:
    """Rewrites the expressions of one query over its sources.

    Parentheses go, since ksqlDB's tree has none, and with them what quoting said; both would spoil comparisons of expressions.
    Registered types are replaced by what they stand for, as a query outlives them.
    """

    def __init__(self, sources: Sequence[AliasedSource], types: Mapping[str, SqlType]) -> None:
        self._sources = sources
        self._types = types
        self._clashing = clashing_columns(sources)
        self._aliases = AliasGenerator(source.schema for _, source in sources)
        self._bound: tuple[str, ...] = ()

    def expression(self, node: Expression) -> Expression:
        """The expression with every column qualified; columns that no source has stay as they are.

        Raises:
            KsqlError: a column that several sources have, or a lambda variable called like a column.
        """
        return rewrite(node, self._replace)

    def expressions(self, found: Sequence[Expression] | None) -> tuple[Expression, ...]:
        """Likewise for each expression of a clause, in order."""
        return tuple(self.expression(node) for node in found or ())

    def select(self, item: Expression) -> SelectItem:
        """The select item with its alias: the given one, else the column's name, else a generated one."""
        if isinstance(item, exp.Star):
            return AllColumns(None)
        if isinstance(item, exp.Column) and isinstance(item.this, exp.Star):
            return AllColumns(qualifier(item))
        if isinstance(item, exp.Dot) and isinstance(item.expression, exp.Star):
            return StructAll(self.expression(item.this))
        if isinstance(item, exp.Alias):
            return SingleColumn(self.expression(item.this), item.args["alias"].this)
        expression = self.expression(item)
        return SingleColumn(expression, self._alias(expression))

    def _alias(self, expression: Expression) -> str:
        if not is_column(expression):
            return self._aliases.name_for(expression)
        name, source = column_name(expression), qualifier(expression)
        return aliased(source, name) if source is not None and name in self._clashing else name

    def _replace(self, node: Expression) -> Expression | None:
        if isinstance(node, exp.Paren):
            return self.expression(node.this)
        if is_column(node):
            return self._qualified(node)
        if isinstance(node, exp.Identifier) and node.args.get("quoted"):
            return exp.Identifier(this=node.this, quoted=False)
        if isinstance(node, exp.Lambda):
            return self._lambda(node)
        return written_out(node, self._types)

    def _qualified(self, node: Expression) -> Expression:
        name, source = column_name(node), qualifier(node)
        if source is None and name not in self._bound:
            source = self._only_source(node, name)
        return column(name, source, node)

    def _only_source(self, node: Expression, name: str) -> str | None:
        having = [source.alias for source in self._sources if source.has(name)]
        if len(having) > 1:
            possible = in_prose(sorted(f"{alias}.{name}" for alias in having), "or")
            raise refusal(f"{place(node)}Column '{name}' is ambiguous. Could be {possible}.", node)
        return having[0] if having else None

    def _lambda(self, node: exp.Lambda) -> Expression:
        names = [argument.this for argument in node.expressions]
        self._check_variables(names)
        outer, self._bound = self._bound, (*self._bound, *names)
        body = self.expression(node.this)
        self._bound = outer
        made = exp.Lambda(this=body, expressions=[exp.Identifier(this=name, quoted=False) for name in names])
        made.meta.update(node.meta)
        return made

    def _check_variables(self, names: list[str]) -> None:
        columns = {column.name for _, source in self._sources for column in source.schema}
        for name in names:
            if name in columns:
                raise KsqlError(f"Lambda function argument can't be a column name: {name}")
        if set(names) & set(self._bound):
            raise KsqlError("Reusing lambda arguments in nested lambda is not allowed")
