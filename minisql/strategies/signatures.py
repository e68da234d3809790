"""Functions by what they give: which calls have a result of a type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from minisql.errors import KsqlError
from minisql.functions.function import Function, Variant
from minisql.functions.parameter_types import ANY_DECIMAL, Generic
from minisql.functions.registry import FunctionRegistry, builtins
from minisql.functions.signature import Parameter
from minisql.strategies.columns import PLAIN
from minisql.types import BIGINT, BOOLEAN, DOUBLE, INTEGER, STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Binding = dict[SqlType, SqlType]
"""Type variables, and DECIMAL of any kind, to types."""

OTHER_EVERY_TIME = frozenset({"RANDOM()", "UUID()", "UNIX_DATE()", "UNIX_TIMESTAMP()"})
"""Calls whose result is not told by their arguments."""


class Way(NamedTuple):
    """A variant of a function whose result is of a certain type."""

    name: str
    parameters: tuple[Parameter, ...]
    bound: Binding


class Signatures:
    """The scalar functions of a registry by the types of their results."""

    def __init__(self, registry: FunctionRegistry) -> None:
        self._variants = [
            (function, variant)
            for function in registry
            if function.kind == "scalar"
            for variant in function.variants
            if variant.signature.parameters or f"{function.name}()" not in OTHER_EVERY_TIME
        ]
        self._ways: dict[SqlType, tuple[tuple[Way, ...], ...]] = {}

    def ways(self, kind: SqlType) -> tuple[tuple[Way, ...], ...]:
        """For each function that can give a value of the type, the variants that do."""
        found = self._ways.get(kind)
        if found is None:
            found = self._ways[kind] = self._find(kind)
        return found

    def _find(self, kind: SqlType) -> tuple[tuple[Way, ...], ...]:
        ways: dict[str, list[Way]] = {}
        for function, variant in self._variants:
            bound = _bound(function, variant, kind)
            if bound is not None:
                ways.setdefault(function.name, []).append(Way(function.name, variant.signature.parameters, bound))
        return tuple(map(tuple, ways.values()))


@cache
def builtin_signatures() -> Signatures:
    """Those of ksqlDB's own functions."""
    return Signatures(builtins())


def _bound(function: Function, variant: Variant, kind: SqlType) -> Binding | None:
    """What the type variables of the variant are when it gives this type; None when it does not."""
    signature = variant.signature
    declared = signature.returns if variant.returns is None else ANY_DECIMAL
    bound: Binding = {}
    if declared is None or not unify(declared, kind, bound) or not all(map(suits(function.name), bound.values())):
        return None
    if variant.returns is None:
        return bound
    try:
        given = variant.returns([apply(parameter.type, bound) for parameter in signature.parameters])
    except KsqlError:
        return None
    return bound if given == kind else None


def unify(declared: SqlType, kind: SqlType, bound: Binding) -> bool:
    """Whether a type is one of those that are declared; ``bound`` gets the type variables."""
    if isinstance(declared, Generic) or (declared == ANY_DECIMAL and isinstance(kind, SqlDecimal)):
        return bound.setdefault(declared, kind) == kind
    if isinstance(declared, SqlArray) and isinstance(kind, SqlArray):
        return unify(declared.item, kind.item, bound)
    if isinstance(declared, SqlMap) and isinstance(kind, SqlMap):
        return unify(declared.key, kind.key, bound) and unify(declared.value, kind.value, bound)
    return declared == kind


def apply(declared: SqlType, bound: Binding) -> SqlType:
    """The declared type with what its variables stand for."""
    if declared in bound:
        return bound[declared]
    if isinstance(declared, SqlArray):
        return SqlArray(apply(declared.item, bound))
    if isinstance(declared, SqlMap):
        return SqlMap(apply(declared.key, bound), apply(declared.value, bound))
    return declared


def variables(declared: SqlType) -> tuple[SqlType, ...]:
    """The type variables in a type that has no lambdas."""
    if isinstance(declared, Generic) or declared == ANY_DECIMAL:
        return (declared,)
    if isinstance(declared, SqlArray):
        return variables(declared.item)
    if isinstance(declared, SqlMap):
        return variables(declared.key) + variables(declared.value)
    return ()


# -- what functions are made for ----------------------------------------------------------------


def is_orderable(kind: SqlType) -> bool:
    """Whether values of the type have an order."""
    return kind != BOOLEAN and not isinstance(kind, SqlArray | SqlMap | SqlStruct)


def _is_plain(kind: SqlType) -> bool:
    return kind in PLAIN or isinstance(kind, SqlDecimal)


def _anything(kind: SqlType) -> bool:
    return True


def suits(name: str) -> Callable[[SqlType], bool]:
    """Tells whether a function works on values of a type that one of its variables stands for."""
    return _SUITS.get(name, _anything)


_SUITS: dict[str, Callable[[SqlType], bool]] = {
    "ARRAY_MAX": is_orderable,
    "ARRAY_MIN": is_orderable,
    "ARRAY_SORT": is_orderable,
    "ARRAY_JOIN": _is_plain,
    "JSON_ARRAY_CONTAINS": {BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING}.__contains__,
}


def free_types(name: str, declared: SqlType, kinds: Sequence[SqlType]) -> list[Binding]:
    """What the variables of a parameter can stand for: first what makes it a type of ``kinds``, then plain types."""
    wanted = suits(name)
    found: list[Binding] = []
    for kind in kinds:
        bound: Binding = {}
        if unify(declared, kind, bound) and bound and all(map(wanted, bound.values())):
            found.append(bound)
    some = [kind for kind in PLAIN if wanted(kind)]
    free = variables(declared)
    keys = {declared.key} if isinstance(declared, SqlMap) else set()
    for kind in some:
        bound = {each: STRING if each in keys else kind for each in free}
        if ANY_DECIMAL in bound:
            bound[ANY_DECIMAL] = SqlDecimal(4, 2)
        if bound not in found:
            found.append(bound)
    return found
