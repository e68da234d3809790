"""How ksqlDB refuses a call that no variant of a function fits: it lists the calls that there are, in its own order."""

from __future__ import annotations

from collections.abc import Sequence

from minisql.errors import KsqlError
from minisql.functions.parameter_types import ANY, INTERVAL_UNIT, Generic, text_of
from minisql.functions.signature import Parameter, Signature
from minisql.java import hash_order, list_hash, string_hash, wrap32
from minisql.types import SqlArray, SqlDecimal, SqlLambda, SqlMap, SqlStruct, SqlType

Arguments = Sequence[SqlType | None]

_HASHES = {
    "BOOLEAN": 1,
    "DECIMAL": 2,
    "DOUBLE": 3,
    "INTEGER": 4,
    "BIGINT": 5,
    "STRING": 6,
    "TIMESTAMP": 7,
    "TIME": 8,
    "INTERVALUNIT": 8,
    "DATE": 9,
    "BYTES": 10,
    "ANY": 11,
}


def hash_of(kind: SqlType | None) -> int:
    """The hash of ksqlDB's ParamType: it decides in which order ksqlDB lists a function's variants."""
    if isinstance(kind, SqlArray):
        return list_hash([hash_of(kind.item)])
    if isinstance(kind, SqlMap):
        return list_hash([hash_of(kind.key), hash_of(kind.value)])
    if isinstance(kind, SqlStruct):
        return list_hash([wrap32(sum(string_hash(name) ^ hash_of(item) for name, item in kind.fields))])
    if isinstance(kind, SqlLambda):
        return list_hash([list_hash(map(hash_of, kind.inputs)), hash_of(kind.returns)])
    if isinstance(kind, Generic):
        return list_hash([string_hash(kind.name)])
    return _HASHES["DECIMAL" if isinstance(kind, SqlDecimal) else str(kind)]


def listed(signatures: Sequence[Signature]) -> list[Signature]:
    """The signatures in the order in which ksqlDB lists them (that of a HashMap over their types)."""
    return hash_order(signatures, lambda one: list_hash(hash_of(parameter.declared) for parameter in one.parameters))


def _calls(name: str, signatures: Sequence[Signature]) -> str:
    return "\n".join(f"{name}({', '.join(map(_parameter, one.parameters))})" for one in listed(signatures))


def _parameter(parameter: Parameter) -> str:
    return f"{text_of(parameter.type)}{'...' if parameter.variadic else ''} {parameter.name}"


def _given(arguments: Arguments) -> str:
    return "(" + ", ".join(map(_argument, arguments)) + ")"


def _argument(given: SqlType | None) -> str:
    if given is None or given == INTERVAL_UNIT:  # a unit has no SQL type
        return "null"
    if isinstance(given, SqlLambda) and given.returns is None:
        return "LAMBDA"
    return str(given).replace("`", "")


_SEE = "For detailed information on a function run: DESCRIBE FUNCTION <Function-Name>;"


def _takes_lambda_for_value(signatures: Sequence[Signature], arguments: Arguments) -> bool:
    """Whether ksqlDB trips over a lambda: it tries the first and the last argument before it counts them (UdfIndex)."""
    return any(
        isinstance(argument, SqlLambda) and _is_value(parameter.type)
        for one in signatures
        if one.parameters and arguments
        for argument, parameter in ((arguments[0], one.parameters[0]), (arguments[-1], one.parameters[-1]))
    )


def _is_value(kind: SqlType) -> bool:
    """Whether a parameter takes values of one known type."""
    if isinstance(kind, SqlArray):
        return _is_value(kind.item)
    if isinstance(kind, SqlMap):
        return _is_value(kind.key) and _is_value(kind.value)
    return not isinstance(kind, (SqlLambda, Generic)) and kind not in (ANY, INTERVAL_UNIT)


def unacceptable(name: str, listed_as: str, signatures: Sequence[Signature], arguments: Arguments) -> KsqlError:
    """Nothing fits the arguments; ``name`` and ``listed_as`` are the function's two spellings."""
    if _takes_lambda_for_value(signatures, arguments):
        return KsqlError("Was expecting type as a function argument")
    calls = _calls(listed_as, signatures)
    return KsqlError(
        f"Function '{name}' does not accept parameters {_given(arguments)}.\nValid alternatives are:\n{calls}\n{_SEE}"
    )


def ambiguous(name: str, listed_as: str, signatures: Sequence[Signature], arguments: Arguments) -> KsqlError:
    """Several signatures fit the arguments equally well."""
    calls = _calls(listed_as, signatures)
    return KsqlError(
        f"Function '{name}' cannot be resolved due to ambiguous method parameters {_given(arguments)}.\n"
        "Use CAST() to explicitly cast your parameters to one of the supported function calls.\n"
        f"Valid function calls are:\n{calls}\n{_SEE}"
    )
