"""CAST to DECIMAL."""

from __future__ import annotations

from decimal import Decimal

from minisql.codegen import decimals
from minisql.codegen.casts import reading
from minisql.codegen.parsing import parse_number
from minisql.codegen.scope import Scope
from minisql.types import SqlDecimal, SqlType


def whole_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """From INTEGER or BIGINT."""
    assert isinstance(kind, SqlDecimal)
    number = f"{scope.bind(Decimal, 'Decimal')}({code})"
    if kind == decimals.as_decimal(given):
        return number
    return f"{scope.bind(decimals.rounder(kind.precision, kind.scale), 'fit')}({number})"


def decimal_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """From another DECIMAL."""
    assert isinstance(kind, SqlDecimal)
    return f"{scope.bind(decimals.rounder(kind.precision, kind.scale), 'fit')}({code})"


def double_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """From DOUBLE, by its binary value."""
    assert isinstance(kind, SqlDecimal)
    return f"{scope.bind(decimals.from_double(kind.precision, kind.scale), 'fit')}({code})"


def text_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """From text, which is trimmed as Java does it."""
    return decimal_to_decimal(reading(parse_number)(code, given, kind, scope), given, kind, scope)
