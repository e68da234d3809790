"""Arithmetic against a model that spells out ksqlDB's rules with fractions and whole numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.codegen.expressions import Fragment, Scope, emit
from minisql.dialect import parse_expression
from minisql.functions.registry import builtins
from minisql.source import Bindings
from minisql.types import BIGINT, DOUBLE, INTEGER, SqlDecimal, SqlType

Operand = tuple[SqlType, Any]
BITS = {INTEGER: 32, BIGINT: 64}


def whole(kind: SqlType) -> st.SearchStrategy[Operand]:
    bound = 2 ** (BITS[kind] - 1)
    edges = st.sampled_from([0, 1, -1, bound - 1, -bound])
    return (edges | st.integers(-bound, bound - 1)).map(lambda value: (kind, value))


@st.composite
def decimals(draw: st.DrawFn) -> Operand:
    scale = draw(st.integers(0, 5))
    precision = draw(st.integers(max(1, scale), 9))
    unscaled = draw(st.integers(-(10**precision) + 1, 10**precision - 1))
    return SqlDecimal(precision, scale), Decimal(unscaled).scaleb(-scale)


doubles = st.floats().map(lambda value: (DOUBLE, value))
operands = whole(INTEGER) | whole(BIGINT) | decimals() | doubles


def computed(symbol: str, left: Operand, right: Operand) -> tuple[Any, SqlType]:
    """What our code gives; None where it fails."""
    columns = {"L": Fragment("left", left[0]), "R": Fragment("right", right[0])}
    bindings = Bindings()
    fragment = emit(parse_expression(f"l {symbol} r"), Scope(columns, builtins(), bindings))
    assert fragment.type is not None
    try:
        return eval(fragment.code, {**bindings.names, "left": left[1], "right": right[1]}), fragment.type
    except Exception:
        return None, fragment.type


def wrapped(value: int, bits: int) -> int:
    value %= 2**bits
    return value - 2**bits if value >= 2 ** (bits - 1) else value


def on_whole(symbol: str, a: int, b: int, bits: int) -> int | None:
    if symbol in "/%" and b == 0:
        return None
    results = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: math.trunc(Fraction(a, b))}
    if symbol == "%":
        return a - b * math.trunc(Fraction(a, b))
    return wrapped(results[symbol](), bits)


def on_doubles(symbol: str, a: float, b: float) -> float:
    if symbol == "/" and b == 0:
        if a == 0 or math.isnan(a) or math.isnan(b):
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1, b)
    if symbol == "%":
        return math.nan if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b) else math.fmod(a, b)
    return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[symbol](b)


def as_decimal(kind: SqlType) -> tuple[int, int]:
    if isinstance(kind, SqlDecimal):
        return kind.precision, kind.scale
    return (10, 0) if kind == INTEGER else (19, 0)


def decimal_type(symbol: str, left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    (p1, s1), (p2, s2) = left, right
    if symbol == "*":
        return p1 + p2 + 1, s1 + s2
    if symbol == "/":
        scale = max(6, s1 + p2 + 1)
        return p1 - s1 + s2 + scale, scale
    if symbol == "%":
        return min(p1 - s1, p2 - s2) + max(s1, s2), max(s1, s2)
    return max(p1 - s1, p2 - s2) + max(s1, s2) + 1, max(s1, s2)


def on_decimals(symbol: str, a: Fraction, b: Fraction, precision: int, scale: int) -> Fraction | None:
    """The exact result, or None where it has too many digits."""
    if symbol in "/%" and b == 0:
        return None
    if symbol == "%":
        quotient = str(abs(math.trunc(a / b))).rstrip("0")
        return None if len(quotient) > precision and abs(a) >= abs(b) else a - b * math.trunc(a / b)
    exact = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[symbol]()
    fits = (exact * 10**scale).denominator == 1 and significant(exact, scale) <= precision
    return exact if fits else None


def significant(number: Fraction, scale: int) -> int:
    return len(str(abs(int(number * 10**scale))).rstrip("0"))


@pytest.mark.parametrize("symbol", ["+", "-", "*", "/", "%"])
@given(left=operands, right=operands)
def test_arithmetic(symbol: str, left: Operand, right: Operand) -> None:
    value, kind = computed(symbol, left, right)
    kinds = (left[0], right[0])
    if DOUBLE in kinds:
        expected = on_doubles(symbol, float(left[1]), float(right[1]))
        assert kind == DOUBLE
        assert repr(value) == repr(expected)
    elif isinstance(left[0], SqlDecimal) or isinstance(right[0], SqlDecimal):
        precision, scale = decimal_type(symbol, as_decimal(left[0]), as_decimal(right[0]))
        assert kind == SqlDecimal(precision, scale)
        exact = on_decimals(symbol, Fraction(left[1]), Fraction(right[1]), precision, scale)
        assert (None if value is None else Fraction(value)) == exact
        if value is not None:
            assert value.as_tuple().exponent == -scale
            assert not (value == 0 and value.is_signed())
    else:
        wide = BIGINT if BIGINT in kinds else INTEGER
        assert kind == wide
        assert value == on_whole(symbol, left[1], right[1], BITS[wide])


@given(st.lists(whole(INTEGER), min_size=4, max_size=4))
def test_a_chain_is_as_if_each_step_wrapped(row: list[Operand]) -> None:
    values = [value for _, value in row]
    columns = {name: Fragment(name.lower(), INTEGER) for name in "ABCD"}
    bindings = Bindings()
    code = emit(parse_expression("(a * b - c) * d + a"), Scope(columns, builtins(), bindings)).code
    a, b, c, d = values
    step = wrapped(wrapped(a * b, 32) - c, 32)
    expected = wrapped(wrapped(step * d, 32) + a, 32)
    assert eval(code, {**bindings.names, "a": a, "b": b, "c": c, "d": d}) == expected


SQL = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@given(
    symbol=st.sampled_from(sorted(SQL)),
    left=st.none() | st.integers(-2, 2),
    right=st.none() | st.integers(-2, 2),
)
def test_comparisons_are_two_valued(symbol: str, left: int | None, right: int | None) -> None:
    columns = {"L": Fragment("l", INTEGER), "R": Fragment("r", INTEGER)}
    names = {"l": left, "r": right}

    def value(text: str) -> Any:
        bindings = Bindings()
        return eval(emit(parse_expression(text), Scope(columns, builtins(), bindings)).code, {**bindings.names, **names})

    known = left is not None and right is not None
    expected = known and eval(f"l {SQL[symbol]} r", names)
    assert value(f"l {symbol} r") is expected
    assert value(f"not (l {symbol} r)") is (not expected)
    assert value("l is distinct from r") is (left != right)
    assert value("l is not distinct from r") is (left == right)
