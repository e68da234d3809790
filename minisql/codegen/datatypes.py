"""Types as SQL writes them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.errors import BareError, KsqlError
from minisql.names import quote
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

_PRIMITIVES: dict[exp.DType, SqlType] = {
    exp.DType.BOOLEAN: BOOLEAN,
    exp.DType.INT: INTEGER,
    exp.DType.BIGINT: BIGINT,
    exp.DType.DOUBLE: DOUBLE,
    exp.DType.VARCHAR: STRING,
    exp.DType.VARBINARY: BYTES,
    exp.DType.DATE: DATE,
    exp.DType.TIME: TIME,
    exp.DType.TIMESTAMP: TIMESTAMP,
}


def sql_type(node: Expression, types: Mapping[str, SqlType]) -> SqlType:
    """The type that ``exp.DataType`` stands for.

    Args:
        node: the type as parsed.
        types: registered types by name.

    Raises:
        BareError: an unknown name, or a DECIMAL or STRUCT that cannot be: ksqlDB reads types before it looks at a statement.
    """
    try:
        return _type(node, types)
    except KsqlError as error:
        raise BareError(f"Failed to prepare statement: {error.message}") from None


def _type(node: Expression, types: Mapping[str, SqlType]) -> SqlType:
    kind, inner = node.this, node.expressions
    if kind is exp.DType.DECIMAL:
        precision, scale = (int(parameter.this.this) for parameter in inner)
        check_parameters(precision, scale)
        return SqlDecimal(precision, scale)
    if kind is exp.DType.ARRAY:
        return SqlArray(_type(inner[0], types))
    if kind is exp.DType.MAP:
        return SqlMap(_type(inner[0], types), _type(inner[1], types))
    if kind is exp.DType.STRUCT:
        return _struct(inner, types)
    if kind is exp.DType.USERDEFINED:
        return _registered(node.args["kind"], types)
    return _PRIMITIVES[kind]


def check_parameters(precision: int, scale: int) -> None:
    """Raises: KsqlError: there is no such DECIMAL."""
    for wrong, rule in ((precision < 1, "precision must be >= 1"), (scale < 0, "scale must be >= 0")):
        if wrong:
            raise KsqlError(f"DECIMAL {rule}: DECIMAL({precision},{scale})")
    if precision < scale:
        raise KsqlError(f"DECIMAL precision must be >= scale: DECIMAL({precision},{scale})")


def _struct(fields: list[Expression], types: Mapping[str, SqlType]) -> SqlStruct:
    return struct_of([(field.this.this, _type(field.args["kind"], types)) for field in fields])


def struct_of(fields: list[tuple[str, SqlType]]) -> SqlStruct:
    """The STRUCT of these fields.

    Raises:
        KsqlError: a name comes twice.
    """
    seen: dict[str, SqlType] = {}
    for name, kind in fields:
        if name in seen:
            raise KsqlError(f"Duplicate field names found in STRUCT: '{quote(name)} {seen[name]}' and '{quote(name)} {kind}'")
        seen[name] = kind
    return SqlStruct(tuple(fields))


def _registered(name: str, types: Mapping[str, SqlType]) -> SqlType:
    found = types.get(name)
    if found is None:
        raise KsqlError(f"Cannot resolve unknown type: {name}")
    return found
