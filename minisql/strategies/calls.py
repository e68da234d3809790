"""Calls of functions by their signatures, with lambdas where they take them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minisql.functions.parameter_types import ANY, Generic
from minisql.functions.signature import Parameter
from minisql.strategies.chances import Draw, count, happens, one_of
from minisql.strategies.hints import hint_for
from minisql.strategies.scope import Scope
from minisql.strategies.signatures import Binding, Way, apply, free_types, suits, variables
from minisql.types import BIGINT, INTEGER, SqlInterval, SqlLambda, SqlType

Inner = Callable[[Draw, Scope, SqlType], str]
"""Gives the arguments that are expressions."""


def call_of(draw: Draw, scope: Scope, kind: SqlType, inner: Inner) -> str:
    """A call whose result is of the type; there has to be such a function."""
    return written(draw, scope, one_of(draw, one_of(draw, scope.signatures.ways(kind))), inner)


def written(draw: Draw, scope: Scope, way: Way, inner: Inner) -> str:
    """A call of one variant."""
    bound = dict(way.bound)
    arguments: list[str] = []
    for parameter in way.parameters:
        for _ in range(count(draw, 1, 3) if parameter.variadic else 1):
            arguments.append(_argument(draw, scope, way.name, parameter, bound, inner))
    return f"{way.name}({', '.join(arguments)})"


def _argument(draw: Draw, scope: Scope, name: str, parameter: Parameter, bound: Binding, inner: Inner) -> str:
    hint = hint_for(name, parameter.name)
    if hint is not None and (hint.always or happens(draw, 0.6)):
        text = one_of(draw, hint.texts)
        return f"CAST({text} AS BIGINT)" if parameter.type == BIGINT else text
    assert not isinstance(parameter.type, SqlInterval), f"{name} takes a unit that nobody knows: {parameter.name}"
    if isinstance(parameter.type, SqlLambda):
        return _lambda(draw, scope, name, parameter.type, bound, inner)
    return inner(draw, scope, bind(draw, scope, name, parameter.type, bound))


def bind(draw: Draw, scope: Scope, name: str, declared: SqlType, bound: Binding) -> SqlType:
    """The declared type, its variables bound to something of the scope where they are free."""
    if declared == ANY:
        return one_of(draw, scope.kinds)
    known = apply(declared, bound)
    if variables(known):
        bound.update(one_of(draw, free_types(name, known, scope.kinds)))
    return apply(declared, bound)


def _lambda(draw: Draw, scope: Scope, name: str, declared: SqlLambda, bound: Binding, inner: Inner) -> str:
    names, body = scope.within([apply(kind, bound) for kind in declared.inputs if kind is not None])
    assert declared.returns is not None
    result = _result(draw, scope, name, declared.returns, bound)
    head = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return f"{head} => {inner(draw, body, result)}"


def _result(draw: Draw, scope: Scope, name: str, declared: SqlType, bound: Binding) -> SqlType:
    if isinstance(declared, Generic) and declared not in bound:
        bound[declared] = one_of(draw, _suiting(name, scope.kinds) or (INTEGER,))
    return apply(declared, bound)


def _suiting(name: str, kinds: Sequence[SqlType]) -> list[SqlType]:
    return list(filter(suits(name), kinds))
