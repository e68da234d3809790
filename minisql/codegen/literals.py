"""Literals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.scope import NULL, Fragment, Scope
from minisql.dialect.nodes import TypedLiteral
from minisql.errors import KsqlError
from minisql.types import (
    BIGINT,
    BIGINT_MAX,
    BIGINT_MIN,
    BOOLEAN,
    DOUBLE,
    INT_MAX,
    INT_MIN,
    INTEGER,
    STRING,
    SqlDecimal,
    SqlInterval,
    SqlType,
)


def literal_value(node: Expression) -> tuple[Any, SqlType]:
    """The value and type of a string or number.

    Raises:
        KsqlError: a whole number that fits no type.
    """
    text: str = node.this
    if node.args.get("is_string"):
        return text, STRING
    if "e" in text or "E" in text:
        return float(text), DOUBLE
    if "." in text:
        number = without_negative_zero(Decimal(text))
        return number, decimal_type(number)
    whole = int(text)
    if INT_MIN <= whole <= INT_MAX:
        return whole, INTEGER
    if BIGINT_MIN <= whole <= BIGINT_MAX:
        return whole, BIGINT
    raise KsqlError(f"Invalid numeric literal: {text}")


def without_negative_zero(number: Decimal) -> Decimal:
    """The number; Java's decimals know no negative zero."""
    return number if number else number.copy_abs()


def decimal_type(number: Decimal) -> SqlDecimal:
    """The DECIMAL of a literal: below one, a digit before the point is counted (0.005 is DECIMAL(4, 3))."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "neither infinite nor NaN"
    scale = max(0, -exponent)
    if abs(number) < 1:
        return SqlDecimal(scale + 1, scale)
    return SqlDecimal(number.adjusted() + 1 + scale, scale)


def emit_literal(node: Expression, scope: Scope) -> Fragment:
    """A string or number."""
    value, kind = literal_value(node)
    return scope.constant(value, kind)


def emit_null(node: Expression, scope: Scope) -> Fragment:
    """NULL."""
    return NULL


def emit_boolean(node: Expression, scope: Scope) -> Fragment:
    """TRUE, FALSE."""
    return scope.constant(bool(node.this), BOOLEAN)


def emit_typed_literal(node: Expression, scope: Scope) -> Fragment:
    """``DECIMAL '1.50'``: ksqlDB has no other."""
    word: str = node.this.this
    if word != "DECIMAL":
        raise KsqlError(f"Unknown type: {word}, location:Optional[{_place(node)}]")
    number = Decimal(node.expression.this)
    return scope.constant(number, decimal_type(number))


def _place(node: Expression) -> str:
    return f"Line: {node.meta.get('line', 1)}, Col: {node.meta.get('column', 1)}"


def emit_interval_unit(node: Expression, scope: Scope) -> Fragment:
    """DAYS, HOURS, ...: the word itself."""
    return scope.constant(node.this, SqlInterval())


def emit_variable(node: Expression, scope: Scope) -> Fragment:
    """``${name}`` that has no value."""
    raise KsqlError(f"Illegal argument at {_place(node)}. Use of undefined variable: ${{{node.this}}}")


def is_literal(node: Expression) -> bool:
    """Whether ksqlDB's tree has a literal there, NULL included."""
    return isinstance(node, (exp.Literal, exp.Boolean, exp.Null, TypedLiteral))
