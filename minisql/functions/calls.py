"""From a function and the types of the arguments to a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minisql.errors import KsqlError
from minisql.functions.function import AggregateCall, Function, RowCall, TypeRule, Variant
from minisql.functions.parameter_types import ANY, base, has_generics
from minisql.functions.resolution import resolve
from minisql.functions.signature import Parameter, Signature, parse_type
from minisql.types import BIGINT, INTEGER, SqlArray, SqlDecimal, SqlInterval, SqlLambda, SqlMap, SqlStruct, SqlType

Arguments = Sequence[SqlType | None]


def row_call(function: Function, arguments: Arguments, config: Mapping[str, Any]) -> RowCall:
    """The call of a scalar or table function."""
    variant = _variant(function, arguments, casts=True)
    parameters = _spread(variant.signature, len(arguments))
    returns = _result(variant, arguments)
    implementation = _implementation(variant, arguments, config)
    return RowCall(implementation, returns, variant.nulls, parameters, _casts(parameters, arguments))


def _implementation(variant: Variant, arguments: Arguments, config: Mapping[str, Any]) -> Callable[..., Any]:
    if variant.configure is not None:
        return variant.configure(config)
    return variant.implementation if variant.for_types is None else variant.for_types(variant.implementation, arguments)


def aggregate_call(function: Function, arguments: Arguments) -> AggregateCall:
    """The call of an aggregate; ksqlDB casts nothing implicitly there."""
    variant = _variant(function, arguments, casts=False)
    signature = variant.signature
    columns = sum(not parameter.initial for parameter in signature.parameters)
    initial = len(signature.parameters) - columns
    if any(parameter.initial and parameter.variadic for parameter in signature.parameters):
        initial = len(arguments) - columns
    returns = _result(variant, arguments)
    state = _state(variant, arguments, returns)
    return AggregateCall(variant.implementation, arguments, returns, state, initial)


def _arity(given: SqlType | None) -> SqlType | None:
    """Of a lambda nothing but the number of its parameters."""
    return SqlLambda((None,) * len(given.inputs), None) if isinstance(given, SqlLambda) else given


def lambda_inputs(function: Function, arguments: Arguments) -> dict[int, tuple[SqlType, ...]]:
    """For each lambda among the arguments the types of its parameters, as far as they are known.

    Raises:
        KsqlError: no variant takes so many arguments with such lambdas, or what a lambda gives is not what the others ask for.
    """
    from minisql.functions.generics import Binding, must_reserve

    variant = _variant(function, [_arity(given) for given in arguments], casts=True)
    bound: Binding = {}
    found: dict[int, tuple[SqlType, ...]] = {}
    for index, (parameter, given) in enumerate(zip(_spread(variant.signature, len(arguments)), arguments, strict=True)):
        if isinstance(given, SqlLambda) and isinstance(parameter.type, SqlLambda):
            inputs = _known(parameter.type.inputs, bound)
            if inputs is not None:
                found[index] = inputs
            if inputs is None or given.returns is None:
                continue
        if given is not None and has_generics(parameter.type):
            must_reserve(parameter.type, given, bound)
    return found


def _known(declared: Arguments, bound: dict[Any, SqlType]) -> tuple[SqlType, ...] | None:
    from minisql.functions.generics import apply

    try:
        return tuple(apply(kind, bound) for kind in declared)
    except KsqlError:
        return None


def _variant(function: Function, arguments: Arguments, casts: bool) -> Variant:
    return function.variants[resolve(function.spelling, function.listed_as, function.signatures, arguments, casts)]


def _spread(signature: Signature, count: int) -> tuple[Parameter, ...]:
    """One parameter for each of ``count`` arguments."""
    parameters = signature.parameters
    at = next((index for index, parameter in enumerate(parameters) if parameter.variadic), None)
    if at is None or count < len(parameters) - 1:
        return parameters
    return parameters[:at] + parameters[at : at + 1] * (count - len(parameters) + 1) + parameters[at + 1 :]


def _result(variant: Variant, arguments: Arguments) -> SqlType:
    if variant.returns is not None:
        if arguments and arguments[0] is None and isinstance(variant.signature.parameters[0].type, SqlArray):
            name = variant.signature.name
            raise KsqlError(f"Cannot invoke the schema provider method provideSchema for UDF {name}. ")
        return variant.returns(arguments)
    declared = variant.signature.returns
    if not has_generics(declared):
        assert declared is not None, f"{variant.text} has no type for its result"
        return declared
    return _applied(declared, variant.signature, arguments)


def _state(variant: Variant, arguments: Arguments, returns: SqlType) -> SqlType:
    rule: str | TypeRule | None = variant.intermediate
    if rule is None:
        return returns
    if not isinstance(rule, str):
        return rule(arguments)
    return _applied(parse_type(rule), variant.signature, arguments)


def _applied(declared: SqlType | None, signature: Signature, arguments: Arguments) -> SqlType:
    """The type without its variables, to which the arguments give a meaning."""
    from minisql.functions.generics import apply, bind  # few functions have any

    return apply(declared, bind(zip(_spread(signature, len(arguments)), arguments, strict=True)))


def _casts(parameters: tuple[Parameter, ...], arguments: Arguments) -> tuple[SqlType | None, ...]:
    return tuple(_cast(parameter.type, given) for parameter, given in zip(parameters, arguments, strict=True))


_WHOLE = {INTEGER: SqlDecimal(10, 0), BIGINT: SqlDecimal(19, 0)}


def _cast(declared: SqlType, given: SqlType | None) -> SqlType | None:
    """The type to which an argument must be cast, if any; whole numbers become decimals of their width."""
    if given is None or declared == ANY or isinstance(given, SqlLambda | SqlInterval) or has_generics(declared):
        return None
    if base(declared) == "DECIMAL":
        return _WHOLE.get(given)  # type: ignore[call-overload, no-any-return]
    # Only plain types are cast; that arrays, maps and structs fit has been seen to when the variant was chosen.
    return None if declared == given or isinstance(declared, SqlArray | SqlMap | SqlStruct) else declared
