"""Whether a value that lies on a topic is the value that a case expects, by the rules of ksqlDB's harness."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from minisql.java import wrap32, wrap64
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN

TOLERANCE = 1e-6


def matches(actual: Any, expected: Any) -> bool:
    """Compare values as ``jackson.loads`` gives them; ``expected`` decides how.

    ``actual`` may be a float where the case asks for inexact numbers.
    """
    if expected is None:
        return actual is None
    if isinstance(expected, bool):
        return actual is expected
    if isinstance(expected, dict):
        return isinstance(actual, dict) and _objects_match(actual, expected)
    if isinstance(expected, list):
        return isinstance(actual, list) and len(actual) == len(expected) and all(map(matches, actual, expected))
    if isinstance(expected, str):
        return _text_matches(actual, expected)
    return _number_matches(actual, expected)


def _objects_match(actual: dict[str, Any], expected: dict[str, Any]) -> bool:
    if len(actual) != len(expected):
        return False
    return all(matches(_field(actual, name), value) for name, value in expected.items())


def _field(record: dict[str, Any], name: str) -> Any:
    value = record.get(name)
    return record.get(name.upper()) if value is None else value


def _text_matches(actual: Any, expected: str) -> bool:
    if isinstance(actual, Decimal):
        try:
            return same_decimal(actual, Decimal(expected))
        except InvalidOperation:
            return False
    return isinstance(actual, str) and actual == expected


def _number_matches(actual: Any, expected: int | Decimal) -> bool:
    if isinstance(actual, bool):
        return False
    if isinstance(actual, int):
        return _integer_matches(actual, int(expected))
    if isinstance(actual, float):
        return abs(float(expected) - actual) < TOLERANCE
    return isinstance(actual, Decimal) and _decimal_matches(actual, expected)


def _integer_matches(actual: int, expected: int) -> bool:
    """What is expected is narrowed to the type in which Java holds ``actual``; a BigInteger never matches."""
    if INT_MIN <= actual <= INT_MAX:
        return wrap32(expected) == actual
    return BIGINT_MIN <= actual <= BIGINT_MAX and wrap64(expected) == actual


def _decimal_matches(actual: Decimal, expected: int | Decimal) -> bool:
    if isinstance(expected, Decimal):
        return same_decimal(actual, expected)
    in_range = BIGINT_MIN <= expected <= BIGINT_MAX
    return in_range and _exponent(actual) >= 0 and actual == expected


def same_decimal(one: Decimal, other: Decimal) -> bool:
    """``BigDecimal.equals``: 1.0 is not 1.00."""
    return one == other and _exponent(one) == _exponent(other)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    if isinstance(exponent, str):
        raise ValueError(f"{number} is not a finite number")
    return exponent
