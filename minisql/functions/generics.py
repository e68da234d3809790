"""Type variables: bound by arguments, then put in their place."""

from __future__ import annotations

from collections.abc import Iterable

from minisql.errors import KsqlError
from minisql.functions.parameter_types import Generic, base, has_generics, text_of
from minisql.functions.signature import Parameter
from minisql.types import SqlArray, SqlLambda, SqlMap, SqlStruct, SqlType

Binding = dict[Generic, SqlType]


def reserve(declared: SqlType | None, given: SqlType, bound: Binding) -> str | None:
    """Bind the variables of ``declared`` to the parts of ``given``; ``bound`` gets them.

    Returns:
        None when that went well, else ksqlDB's text of why it did not.
    """
    pairs: list[tuple[Generic, SqlType]] = []
    if not _collect(declared, given, pairs):
        return f"Cannot infer generics for {text_of(declared)} from {given} because they do not have the same schema structure."
    for variable, kind in pairs:
        old = bound.setdefault(variable, kind)
        if old != kind:
            return (
                f"Found invalid instance of generic schema when mapping {text_of(declared)} to {given}. "
                f"Cannot map {variable} to both {old} and {kind}"
            )
    return None


def must_reserve(declared: SqlType | None, given: SqlType, bound: Binding) -> None:
    """Likewise.

    Raises:
        KsqlError: it did not go well.
    """
    problem = reserve(declared, given, bound)
    if problem is not None:
        raise KsqlError(problem)


_NO_TYPE = 'Cannot invoke "io.confluent.ksql.schema.ksql.types.SqlType.baseType()" because "<parameter1>" is null'


def bind(arguments: Iterable[tuple[Parameter, SqlType | None]]) -> Binding:
    """The variables of a call's parameters, bound by its arguments.

    Raises:
        KsqlError: they cannot be.
    """
    bound: Binding = {}
    seen: set[Parameter] = set()
    for parameter, given in arguments:
        if parameter in seen or not has_generics(parameter.type):
            continue  # Of a variadic parameter ksqlDB looks at the first argument only.
        seen.add(parameter)
        if given is None:
            # A NULL literal has no type for a variable; ksqlDB trips over it, in an immutable map or before.
            raise KsqlError(f"null value in entry: {parameter.type}=null" if isinstance(parameter.type, Generic) else _NO_TYPE)
        must_reserve(parameter.type, given, bound)
    return bound


def _collect(declared: SqlType | None, given: SqlType | None, pairs: list[tuple[Generic, SqlType]]) -> bool:
    if given is None:
        return True
    if isinstance(declared, Generic):
        if isinstance(given, SqlLambda):
            return False
        pairs.append((declared, given))
        return True
    if base(declared) != base(given):
        return False
    if isinstance(declared, SqlLambda) and isinstance(given, SqlLambda):
        return _collect_lambda(declared, given, pairs)
    if isinstance(declared, SqlArray) and isinstance(given, SqlArray):
        return _collect(declared.item, given.item, pairs)
    if isinstance(declared, SqlMap) and isinstance(given, SqlMap):
        return _collect(declared.key, given.key, pairs) and _collect(declared.value, given.value, pairs)
    if isinstance(declared, SqlStruct) and has_generics(declared):
        raise KsqlError("Generic STRUCT is not yet supported")
    return True


def _collect_lambda(declared: SqlLambda, given: SqlLambda, pairs: list[tuple[Generic, SqlType]]) -> bool:
    if len(declared.inputs) != len(given.inputs):
        return False
    inputs = zip(declared.inputs, given.inputs, strict=True)
    return all(_collect(wanted, kind, pairs) for wanted, kind in inputs) and _collect(declared.returns, given.returns, pairs)


def apply(declared: SqlType | None, bound: Binding) -> SqlType:
    """``declared`` with its variables replaced.

    Raises:
        KsqlError: a variable is not bound.
    """
    if isinstance(declared, Generic):
        if declared not in bound:
            raise KsqlError(f"Could not find mapping for generic type: {declared}")
        return bound[declared]
    if isinstance(declared, SqlArray):
        return SqlArray(apply(declared.item, bound))
    if isinstance(declared, SqlMap):
        return SqlMap(apply(declared.key, bound), apply(declared.value, bound))
    if isinstance(declared, SqlStruct):
        return SqlStruct(tuple((name, apply(kind, bound)) for name, kind in declared.fields))
    assert declared is not None
    return declared
