"""Java's rules, against values that a JVM gives."""

import math
from decimal import Decimal

import pytest

from minisql import java


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (-1.5, "-1.5"),
        (0.001, "0.001"),
        (0.0001, "1.0E-4"),
        (9999999.0, "9999999.0"),
        (1e7, "1.0E7"),
        (123456789.125, "1.23456789125E8"),
        (1e21, "1.0E21"),
        (1.7976931348623157e308, "1.7976931348623157E308"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
    ],
)
def test_double_text(number: float, text: str) -> None:
    assert java.double_text(number) == text


@pytest.mark.parametrize(
    ("number", "rounded"),
    [(0.5, 1), (-0.5, 0), (2.5, 3), (-2.5, -2), (0.49999999999999994, 0), (math.nan, 0), (1e30, 2**63 - 1), (-1e30, -(2**63))],
)
def test_round_double(number: float, rounded: int) -> None:
    assert java.round_double(number) == rounded


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [("2.5", 0, "3"), ("-2.5", 0, "-2"), ("-2.6", 0, "-3"), ("1.005", 2, "1.01"), ("14.9", -1, "1E+1"), ("15", -1, "2E+1")],
)
def test_ties_go_up(number: str, places: int, rounded: str) -> None:
    assert str(java.round_half_up(Decimal(number), places)) == rounded


def test_wrapping() -> None:
    assert java.wrap32(2**31) == -(2**31)
    assert java.wrap32(-(2**31) - 1) == 2**31 - 1
    assert java.wrap64(2**63) == -(2**63)
    assert java.wrap64(42) == 42


def test_casts_saturate() -> None:
    assert java.to_int(1e10) == 2**31 - 1
    assert java.to_long(-math.inf) == -(2**63)
    assert java.to_int(-2.9) == -2
    assert java.to_long(math.nan) == 0


def test_text_is_counted_and_ordered_in_utf16() -> None:
    assert java.utf16_length("aé😀") == 4
    assert java.text_less("😀", "\uffff")  # by code point it is the other way round
    assert java.text_less("a", "b")
    assert not java.text_less("b", "a")


def test_bytes_are_signed() -> None:
    assert java.bytes_less(b"\xff", b"\x00")
    assert not java.bytes_less(b"\x01", b"\x00")


@pytest.mark.parametrize(("text", "hashed"), [("", 0), ("a", 97), ("polygenelubricants", -(2**31)), ("😀", 1772899)])
def test_string_hash(text: str, hashed: int) -> None:
    assert java.string_hash(text) == hashed


def test_hash_order() -> None:
    assert java.map_order(dict.fromkeys(["banana", "apple", "cherry"])) == ["banana", "apple", "cherry"]
    assert java.map_order(dict.fromkeys(["b", None, "a"])) == [None, "a", "b"]


def test_hash_order_of_a_map_that_has_grown() -> None:
    names = [chr(code) for code in range(ord("A"), ord("A") + 13)]
    assert java.hash_order(reversed(names), java.string_hash) == names


def test_division_by_zero() -> None:
    assert java.divide(1, 0) == math.inf
    assert java.divide(-1, 0) == -math.inf
    assert java.divide(1, -0.0) == -math.inf
    assert math.isnan(java.divide(0, 0))
    assert java.divide(1, 4) == 0.25


def test_collections_print_as_in_java() -> None:
    assert java.string_value({"A": [1, None, Decimal("1.50")], "B": {"x": True}}) == "{A=[1, null, 1.50], B={x=true}}"
