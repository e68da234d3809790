"""What ksqlDB's compiler refuses first in an expression with several mistakes, and in whose words.

It goes through an expression three times (CodeGenRunner): it collects the functions, each with the types of its arguments;
it writes Java, and asks the type checker where it needs a type; it checks the type of the whole. The type checker leaves
out what the writer looks into, so that a mistake may be found by either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.errors import JavaError
from minisql.codegen.scope import Scope
from minisql.dialect import nodes
from minisql.errors import KsqlError, UnsupportedError

_CALLS = (exp.Anonymous, exp.DPipe)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod)


def first_refusal(node: Expression, scope: Scope) -> KsqlError | None:
    """What is refused first; None when nothing is found, as in what lambdas do."""
    try:
        _collect(node, scope)
        _write(node, scope)
        _type(node, scope)
    except UnsupportedError:
        return None
    except KsqlError as error:
        return error
    return None


def _type(node: Expression, scope: Scope) -> None:
    scope.of_types().emit(node)


def _parts(node: Expression) -> Iterator[Expression]:
    """The expressions of which an expression is made, in the order in which they are written; no types, no lambdas."""
    for part in node.iter_expressions():
        if isinstance(part, (nodes.StructField, nodes.MapEntry, exp.If)):
            yield from _parts(part)
        elif not isinstance(part, (exp.Identifier, exp.DataType, exp.Lambda, exp.Star)):
            yield part


def _collect(node: Expression, scope: Scope) -> None:
    if isinstance(node, _CALLS):
        _type(node, scope)
    for part in _parts(node):
        _collect(part, scope)
    if isinstance(node, nodes.StructConstructor):
        _type(node, scope)


def _write(node: Expression, scope: Scope) -> None:
    """Its parts, then the expression itself."""
    write = _WRITERS.get(type(node), _plain)
    write(node, scope)
    scope.emit(node)


def _plain(node: Expression, scope: Scope) -> None:
    for part in _parts(node):
        _write(part, scope)


def _typed_first(node: Expression, scope: Scope) -> None:
    _type(node, scope)
    _plain(node, scope)


def _typed_last(node: Expression, scope: Scope) -> None:
    _plain(node, scope)
    _type(node, scope)


def _parts_typed(node: Expression, scope: Scope) -> None:
    for part in _parts(node):
        _type(part, scope)
    _plain(node, scope)


def _map(node: Expression, scope: Scope) -> None:
    for entry in node.expressions:
        _type(entry.this, scope)
    for entry in node.expressions:
        _type(entry.expression, scope)
    _plain(node, scope)


def _concatenation(node: Expression, scope: Scope) -> None:
    """Its name is not found, before its arguments are looked at."""


def _subscript(node: Expression, scope: Scope) -> None:
    _type(node.this, scope)
    _plain(node, scope)


def _like(node: Expression, scope: Scope) -> None:
    _write(node.expression, scope)
    _write(node.this, scope)


def _case(node: Expression, scope: Scope) -> None:
    if node.args.get("this") is not None:
        raise JavaError(
            "not yet implemented: io.confluent.ksql.execution.codegen.SqlToJavaVisitor$Formatter.visitSimpleCaseExpression"
        )
    branches: Sequence[Expression] = node.args["ifs"]
    for branch in branches:
        _write(branch.this, scope)
        _write(branch.args["true"], scope)
    _type(node, scope)
    if node.args.get("default") is not None:
        _write(node.args["default"], scope)


_WRITERS: dict[type[Expression], Callable[[Expression, Scope], None]] = {
    **dict.fromkeys(_ARITHMETIC, _typed_last),
    exp.Anonymous: _typed_first,
    exp.DPipe: _concatenation,
    exp.Dot: _typed_first,
    exp.Bracket: _subscript,
    exp.Case: _case,
    exp.Like: _like,
    exp.In: _parts_typed,
    exp.Array: _parts_typed,
    nodes.MapConstructor: _map,
}
