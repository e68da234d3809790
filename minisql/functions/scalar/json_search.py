"""JSON_ARRAY_CONTAINS: SQL values among the elements of JSON arrays."""

import math
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from minisql.functions.jackson import elements
from minisql.functions.registry import scalar
from minisql.functions.rules import Kinds
from minisql.types import BIGINT, BOOLEAN, DOUBLE, INT_MAX, INT_MIN, INTEGER, STRING, SqlType

CATEGORY = "JSON"

Search = Callable[..., bool]


def for_kind(search: Search, kinds: Kinds) -> Search:
    """The search for a value of the type of the second argument."""
    return partial(search, matches=MATCHES.get(kinds[1]))


def is_integer(element: Any, value: int) -> bool | None:
    """Whether an element is an INT; None: it has too many digits for one, over which ksqlDB gives up."""
    if type(element) is not int:
        return False
    return element == value if INT_MIN <= element <= INT_MAX else None


def is_bigint(element: Any, value: int) -> bool | None:
    """The same for a BIGINT."""
    if type(element) is not int:
        return False
    return element == value if -(2**63) <= element < 2**63 else None


def is_double(element: Any, value: float) -> bool:
    """Whether an element is a DOUBLE, which no whole number is; -0.0 is not 0.0."""
    if not isinstance(element, Decimal):
        return False
    number = float(element)
    return number == value and math.copysign(1, number) == math.copysign(1, value)


def is_same(element: Any, value: Any) -> bool:
    """Whether an element is a text, or a BOOLEAN."""
    return type(element) is type(value) and bool(element == value)


MATCHES: dict[SqlType | None, Callable[[Any, Any], bool | None]] = {
    INTEGER: is_integer,
    BIGINT: is_bigint,
    DOUBLE: is_double,
    STRING: is_same,
    BOOLEAN: is_same,
}
"""Type -> whether an element is a value of it. No element is of any other type."""


@scalar("JSON_ARRAY_CONTAINS(jsonArray STRING!, val T) -> BOOLEAN", nulls="pass", for_types=for_kind)
def json_array_contains(text: str, value: Any, matches: Callable[[Any, Any], bool | None] | None = None) -> bool:
    """Whether a value is an element of the array that a JSON text is; a NULL is where null is one.

    The types must agree: 1.0 is no INT, and 1 is no DOUBLE.

    >>> JSON_ARRAY_CONTAINS('[1, "a", null]', 'a')
    True
    >>> JSON_ARRAY_CONTAINS('[1, "a", null]', 1.0E0)
    False
    """
    if value is None:
        return any(element is None for element in elements(text))
    if matches is None:
        return False
    found = (matches(element, value) for element in elements(text))
    return bool(next((result for result in found if result is not False), False))
