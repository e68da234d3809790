"""Which variant of a function a call means: ksqlDB's UdfIndex.

Exact types are tried before implicit casts. ksqlDB keeps the variants in a tree whose nodes are lists of
parameter types; a node that several variants reach belongs to the best of them, and a call that reaches
several nodes goes to the best node, or is ambiguous. `_shapes` gives the nodes that lie at the depth of a call.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from minisql.functions.parameter_types import ANY, Generic, base, has_generics
from minisql.functions.signature import Parameter, Signature
from minisql.types import SqlArray, SqlInterval, SqlLambda, SqlMap, SqlStruct, SqlType

Arguments = Sequence[SqlType | None]
Shape = tuple[SqlType, ...]
Rank = tuple[int, int, int, int, int]

_NUMBERS = ("INTEGER", "BIGINT", "DECIMAL", "DOUBLE")
_TIMES_AND_BYTES = ("TIME", "DATE", "TIMESTAMP", "BYTES")


def resolve(name: str, listed_as: str, signatures: Sequence[Signature], arguments: Arguments, casts: bool) -> int:
    """The index of the signature that fits ``arguments`` best.

    Args:
        name: the function's name as ksqlDB spells it in errors.
        listed_as: its name as ksqlDB spells it in the list of valid calls.
        signatures: what there is to choose from.
        arguments: types; None for a NULL literal.
        casts: whether implicit casts are tried when nothing fits exactly.

    Raises:
        KsqlError: nothing fits, or several do equally well.
    """
    nodes = _nodes(tuple(signatures), len(arguments))
    for allowed in (False, True)[: 1 + casts]:
        fitting = [index for kinds, index in nodes.items() if _accept(kinds, arguments, allowed)]
        if not fitting:
            continue
        fitting.sort(key=lambda index: _rank(signatures[index]))
        if len(fitting) > 1 and _rank(signatures[fitting[-1]]) == _rank(signatures[fitting[-2]]):
            from minisql.functions.refusals import ambiguous  # few calls are refused

            raise ambiguous(name, listed_as, signatures, arguments)
        return fitting[-1]
    from minisql.functions.refusals import unacceptable

    raise unacceptable(name, listed_as, signatures, arguments)


@lru_cache(maxsize=1000)
def _nodes(signatures: tuple[Signature, ...], count: int) -> dict[Shape, int]:
    nodes: dict[Shape, int] = {}
    for index, signature in enumerate(signatures):
        for shape in _shapes(signature.parameters, count):
            holder = nodes.setdefault(shape, index)
            if _rank(signature) > _rank(signatures[holder]):
                nodes[shape] = index
    return nodes


def _shapes(parameters: tuple[Parameter, ...], count: int) -> list[Shape]:
    """The lists of ``count`` types that ``parameters`` stand for."""
    at = next((index for index, parameter in enumerate(parameters) if parameter.variadic), None)
    kinds = tuple(parameter.type for parameter in parameters)
    if at is None:
        return [kinds] if count == len(kinds) else []
    shapes: list[Shape] = []
    depth = min(at, len(kinds) - 1 - at)
    repeats = count - len(kinds) + 1
    if repeats >= 0:
        shapes.append(kinds[:at] + kinds[at : at + 1] * repeats + kinds[at + 1 :])
    if count == len(kinds) + 2 * depth:
        # The variadic part may be given as one array. When it stands in the middle, ksqlDB
        # wants the parameters around it twice: it grows this branch from the wrong node.
        declared = tuple(parameter.declared for parameter in parameters)
        shapes.append(kinds[:depth] + declared + kinds[len(kinds) - depth :])
    return shapes


@lru_cache(maxsize=1000)
def _rank(signature: Signature) -> Rank:
    parameters = signature.parameters
    at = next((index for index, parameter in enumerate(parameters) if parameter.variadic), -1)
    anything = any(parameter.variadic and parameter.type == ANY for parameter in parameters)
    generic = sum(has_generics(parameter.type) or (parameter.variadic and parameter.type == ANY) for parameter in parameters)
    return (at < 0, len(parameters), -generic, not anything, at)


def _accept(kinds: tuple[SqlType, ...], arguments: Arguments, casts: bool) -> bool:
    bound: dict[Generic, SqlType] = {}
    return all(_accepts(kind, given, bound, casts) for kind, given in zip(kinds, arguments, strict=True))


def _accepts(declared: SqlType, given: SqlType | None, bound: dict[Generic, SqlType], casts: bool) -> bool:
    if given is None or isinstance(given, SqlInterval):
        return True  # ksqlDB takes an interval unit for "no type", which fits every parameter.
    if has_generics(declared):
        from minisql.functions.generics import reserve  # few functions have type variables

        unresolved = isinstance(given, SqlLambda) and given.returns is None
        return _same_arity(declared, given) if unresolved else reserve(declared, given, bound) is None
    return _compatible(declared, given, casts)


def _same_arity(declared: SqlType, given: SqlType) -> bool:
    return isinstance(declared, SqlLambda) and isinstance(given, SqlLambda) and len(declared.inputs) == len(given.inputs)


def _compatible(declared: SqlType | None, given: SqlType | None, casts: bool) -> bool:
    if declared == ANY or given is None:
        return True
    if isinstance(declared, SqlLambda) and isinstance(given, SqlLambda):
        return _same_arity(declared, given) and all(
            _compatible(wanted, kind, casts)
            for wanted, kind in zip((*declared.inputs, declared.returns), (*given.inputs, given.returns), strict=True)
        )
    if isinstance(declared, SqlArray) and isinstance(given, SqlArray):
        return _compatible(declared.item, given.item, casts)
    if isinstance(declared, SqlMap) and isinstance(given, SqlMap):
        return _compatible(declared.key, given.key, casts) and _compatible(declared.value, given.value, casts)
    if isinstance(declared, SqlStruct) and isinstance(given, SqlStruct):
        return _compatible_structs(declared, given)
    return base(declared) == base(given) or (casts and _castable(base(given), base(declared)))


def _compatible_structs(declared: SqlStruct, given: SqlStruct) -> bool:
    if not declared.fields or not given.fields:
        return True
    kinds = dict(given.fields)
    same = all(name in kinds and _compatible(kind, kinds[name], False) for name, kind in declared.fields)
    return same and len(declared.fields) == len(given.fields)


def _castable(given: str, declared: str) -> bool:
    if given in _NUMBERS:
        return declared in _NUMBERS and _NUMBERS.index(given) <= _NUMBERS.index(declared)
    return given == "STRING" and declared in _TIMES_AND_BYTES
