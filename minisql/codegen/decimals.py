"""Decimals as ksqlDB has them: result types, exact arithmetic, fitting into a type.

ksqlDB computes with the precision of the result's type and refuses to round, so 1/3 fails.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from functools import cache

from minisql import java
from minisql.codegen.datatypes import check_parameters
from minisql.codegen.errors import EvaluationError
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import BIGINT, INTEGER, SqlDecimal, SqlType

Operation = Callable[[Decimal, Decimal], Decimal]

_TRAPS = [Inexact, InvalidOperation, DivisionByZero, Overflow]
_EXACT = Context(prec=1000, traps=_TRAPS)

_WHOLE: dict[SqlType, SqlDecimal] = {INTEGER: SqlDecimal(10, 0), BIGINT: SqlDecimal(19, 0)}


def as_decimal(kind: SqlType) -> SqlDecimal:
    """The DECIMAL that holds every value of a type.

    Raises:
        KsqlError: there is none.
    """
    if isinstance(kind, SqlDecimal):
        return kind
    if kind not in _WHOLE:
        raise KsqlError(f"Cannot convert {base(kind)} to DECIMAL.")
    return _WHOLE[kind]


def widen(one: SqlType, other: SqlType) -> SqlDecimal:
    """The DECIMAL that holds every value of two types."""
    left, right = as_decimal(one), as_decimal(other)
    scale = max(left.scale, right.scale)
    return SqlDecimal(max(left.precision - left.scale, right.precision - right.scale) + scale, scale)


# -- types of results --------------------------------------------------------------------------


def _of_sum(left: SqlDecimal, right: SqlDecimal) -> SqlDecimal:
    wide = widen(left, right)
    return SqlDecimal(wide.precision + 1, wide.scale)


def _of_product(left: SqlDecimal, right: SqlDecimal) -> SqlDecimal:
    return SqlDecimal(left.precision + right.precision + 1, left.scale + right.scale)


def _of_quotient(left: SqlDecimal, right: SqlDecimal) -> SqlDecimal:
    scale = max(6, left.scale + right.precision + 1)
    return SqlDecimal(left.precision - left.scale + right.scale + scale, scale)


def _of_remainder(left: SqlDecimal, right: SqlDecimal) -> SqlDecimal:
    scale = max(left.scale, right.scale)
    return SqlDecimal(min(left.precision - left.scale, right.precision - right.scale) + scale, scale)


RESULTS: dict[str, Callable[[SqlDecimal, SqlDecimal], SqlDecimal]] = {
    "+": _of_sum,
    "-": _of_sum,
    "*": _of_product,
    "/": _of_quotient,
    "%": _of_remainder,
}


# -- operations ----------------------------------------------------------------------------------


@cache
def operation(symbol: str, precision: int, scale: int) -> Operation:
    """A function that computes a result of DECIMAL(precision, scale), and raises when it cannot do so exactly."""
    context = Context(prec=precision, traps=_TRAPS)
    if symbol == "+":
        return context.add
    if symbol == "-":
        return context.subtract
    if symbol == "*":
        return lambda left, right: context.multiply(left, right) or _zero(scale)
    if symbol == "/":
        return lambda left, right: _scaled(context.divide(left, right), scale)
    return lambda left, right: _remainder(left, right, precision, scale)


def _scaled(number: Decimal, scale: int) -> Decimal:
    return _EXACT.quantize(number, Decimal(1).scaleb(-scale)) if number else _zero(scale)


@cache
def _zero(scale: int) -> Decimal:
    return Decimal(0).scaleb(-scale)


def _remainder(left: Decimal, right: Decimal, precision: int, scale: int) -> Decimal:
    """Java gives up when the whole quotient has more digits than the precision."""
    quotient = _EXACT.divide_int(left, right)
    if quotient and len(quotient.normalize(_EXACT).as_tuple().digits) > precision:
        raise EvaluationError("Division impossible")
    return _scaled(_EXACT.remainder(left, right), scale)


@cache
def negation(precision: int) -> Callable[[Decimal], Decimal]:
    """``-x``."""
    return Context(prec=precision, traps=_TRAPS).minus


@cache
def affirmation(precision: int) -> Callable[[Decimal], Decimal]:
    """``+x``."""
    return Context(prec=precision, traps=_TRAPS).plus


# -- fitting -------------------------------------------------------------------------------------


@cache
def rounder(precision: int, scale: int) -> Callable[[Decimal], Decimal]:
    """A function that makes a number a DECIMAL(precision, scale), rounding half up.

    It raises EvaluationError when the number, before it is rounded, is too great.
    """
    check_parameters(precision, scale)
    unit = Decimal(1).scaleb(-scale)
    limit = Decimal(1).scaleb(precision - scale)
    quantize = Context(prec=1000, rounding=ROUND_HALF_UP).quantize

    def fitted(number: Decimal) -> Decimal:
        if abs(number) >= limit:
            raise EvaluationError(
                f"Numeric field overflow: A field with precision {precision} and scale {scale} must round to an "
                f"absolute value less than 10^{precision - scale}. Got {java.decimal_text(number)}"
            )
        result = quantize(number, unit)
        return result if result else result.copy_abs()

    return fitted


@cache
def from_double(precision: int, scale: int) -> Callable[[float], Decimal]:
    """A function from a double: its binary value is rounded to the precision first, then to the scale."""
    fitted, digits = rounder(precision, scale), Context(prec=precision, rounding=ROUND_HALF_UP)

    def convert(number: float) -> Decimal:
        if number - number != 0:
            raise EvaluationError("Infinite or NaN")
        return fitted(digits.create_decimal(number))

    return convert


def double_as_decimal(number: float) -> Decimal:
    """``BigDecimal.valueOf``: the shortest digits that tell the double from its neighbours."""
    if number - number != 0:
        raise EvaluationError(f"Character {'N' if number != number else 'I'} is neither a decimal digit number")
    return Decimal(repr(number))
