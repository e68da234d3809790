"""Reading and rewriting expression trees; the trees given are never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expression


def column(name: str, table: str | None = None, like: Expression | None = None) -> exp.Column:
    """A reference to a column; ``like`` lends its place in the text."""
    qualifier = exp.Identifier(this=table, quoted=False) if table is not None else None
    made = exp.Column(this=exp.Identifier(this=name, quoted=False), table=qualifier)
    if like is not None:
        made.meta.update(like.meta)
    return made


def is_column(node: Expression) -> bool:
    """Whether the node is a reference to a column, and not ``source.*``."""
    return isinstance(node, exp.Column) and not isinstance(node.this, exp.Star)


def column_name(node: Expression) -> str:
    """The name that a column reference has behind the dot."""
    name: str = node.this.this
    return name


def qualifier(node: Expression) -> str | None:
    """The name that a column reference has before the dot."""
    table = node.args.get("table")
    return None if table is None else table.this


def rewrite(node: Expression, replace: Callable[[Expression], Expression | None]) -> Expression:
    """A copy in which ``replace`` has been asked, from the root down, for every node; None keeps a node and goes on below it."""
    found = replace(node)
    if found is not None:
        return found
    made = type(node)(**{key: _rewrite_argument(value, replace) for key, value in node.args.items()})
    if node.meta:
        made.meta.update(node.meta)
    return made


def _rewrite_argument(value: Any, replace: Callable[[Expression], Expression | None]) -> Any:
    if isinstance(value, Expression):
        return rewrite(value, replace)
    if isinstance(value, list):
        return [_rewrite_argument(item, replace) for item in value]
    return value


def children(node: Expression) -> Iterator[Expression]:
    """The nodes directly below, in the order of the text."""
    for value in node.args.values():
        if isinstance(value, Expression):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, Expression))


def columns_in(node: Expression, bound: frozenset[str] = frozenset()) -> Iterator[exp.Column]:
    """The column references of an expression, left to right; the variables of lambdas are none."""
    if isinstance(node, exp.Column):
        if is_column(node) and not (qualifier(node) is None and column_name(node) in bound):
            yield node
        return
    if isinstance(node, exp.Lambda):
        bound = bound | {argument.this for argument in node.expressions}
        yield from columns_in(node.this, bound)
        return
    for child in children(node):
        yield from columns_in(child, bound)


def calls_in(node: Expression) -> Iterator[exp.Anonymous]:
    """The function calls of an expression, outer ones first."""
    if isinstance(node, exp.Anonymous):
        yield node
    for child in children(node):
        yield from calls_in(child)


def arguments(call: exp.Anonymous) -> list[Expression]:
    """The arguments of a call; ``f(*)`` has none."""
    return [item for item in call.expressions if not isinstance(item, exp.Star)]
