"""What ksqlDB's compiler refuses first in an expression with several mistakes, and in whose words.

It goes through an expression three times (CodeGenRunner): it collects the functions, each with the types of its arguments;
it writes Java, and asks the type checker where it needs a type; it checks the type of the whole. The type checker leaves
out what the writer looks into, so that a mistake may be found by either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.common_type import common
from minisql.codegen.errors import JavaError, nameless
from minisql.codegen.scope import Scope
from minisql.dialect import nodes
from minisql.errors import KsqlError, UnsupportedError

_CALLS = (exp.Anonymous, exp.DPipe)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod)


def first_refusal(node: Expression, scope: Scope) -> KsqlError | None:
    """What is refused first; None when nothing is found, as in what lambdas do."""
    try:
        names: Counter[str] = Counter()
        _collect(node, scope, names)
        _Writer(names, scope).write(node)
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


def _collect(node: Expression, scope: Scope, names: Counter[str]) -> None:
    if isinstance(node, _CALLS):
        _type(node, scope)
    if isinstance(node, exp.Anonymous):
        names[node.this] += 1
    for part in _parts(node):
        _collect(part, scope, names)
    if isinstance(node, nodes.StructConstructor):
        _type(node, scope)


class _Writer:
    """Writes Java as SqlToJavaVisitor does, as far as something can go wrong.

    Args:
        names: how often each function was found; so many names there are for it, each is used once.
        scope: where the expression stands.
    """

    def __init__(self, names: Counter[str], scope: Scope) -> None:
        self._names = names
        self._used: Counter[str] = Counter()
        self._scope = scope

    def write(self, node: Expression) -> None:
        """Its parts, then the expression itself."""
        _WRITERS.get(type(node), _Writer._plain)(self, node)
        self._scope.emit(node)

    def _type(self, node: Expression) -> None:
        _type(node, self._scope)

    def _plain(self, node: Expression) -> None:
        for part in _parts(node):
            self.write(part)

    def _typed_first(self, node: Expression) -> None:
        self._type(node)
        self._plain(node)

    def _typed_last(self, node: Expression) -> None:
        self._plain(node)
        self._type(node)

    def _in(self, node: Expression) -> None:
        """First a common type is looked for (InListEvaluator)."""
        common([node.this, *(item for item in node.expressions if not isinstance(item, exp.Null))], self._scope.of_types())
        self._plain(node)

    def _call(self, node: Expression) -> None:
        name = node.this
        if self._used[name] == self._names[name]:
            raise nameless(name, self._used[name])
        self._used[name] += 1
        self._typed_first(node)

    def _concatenation(self, node: Expression) -> None:
        """Its name is not found, before its arguments are looked at."""

    def _subscript(self, node: Expression) -> None:
        self._type(node.this)
        self._plain(node)

    def _between(self, node: Expression) -> None:
        """Two comparisons, each with the value."""
        for part in (node.this, node.args["low"], node.this, node.args["high"]):
            self.write(part)

    def _like(self, node: Expression) -> None:
        self.write(node.expression)
        self.write(node.this)

    def _case(self, node: Expression) -> None:
        if node.args.get("this") is not None:
            raise JavaError(
                "not yet implemented: io.confluent.ksql.execution.codegen.SqlToJavaVisitor$Formatter.visitSimpleCaseExpression"
            )
        for branch in node.args["ifs"]:
            self.write(branch.this)
            self.write(branch.args["true"])
        self._type(node)
        if node.args.get("default") is not None:
            self.write(node.args["default"])


_WRITERS: dict[type[Expression], Callable[[_Writer, Expression], None]] = {
    **dict.fromkeys(_ARITHMETIC, _Writer._typed_last),
    exp.Anonymous: _Writer._call,
    exp.Between: _Writer._between,
    exp.DPipe: _Writer._concatenation,
    exp.Dot: _Writer._typed_first,
    exp.Bracket: _Writer._subscript,
    exp.Case: _Writer._case,
    exp.Like: _Writer._like,
    exp.In: _Writer._in,
    exp.Array: _Writer._typed_first,
    nodes.MapConstructor: _Writer._typed_first,
}
