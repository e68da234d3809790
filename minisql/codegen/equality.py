"""``equals`` of Java's collections, where Python's == differs from it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from minisql.types import DOUBLE, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Equal = Callable[[Any, Any], bool]


def is_plain(kind: SqlType | None) -> bool:
    """Whether Python's == will do for values of this type; at the top, numbers are compared as numbers."""
    if isinstance(kind, SqlArray):
        return _plain_inside(kind.item)
    if isinstance(kind, SqlMap):
        return _plain_inside(kind.key) and _plain_inside(kind.value)
    if isinstance(kind, SqlStruct):
        return all(_plain_inside(inner) for _, inner in kind.fields)
    return True


def _plain_inside(kind: SqlType) -> bool:
    return kind != DOUBLE and not isinstance(kind, SqlDecimal) and is_plain(kind)


def equality_of(one: SqlType, other: SqlType) -> Equal:
    """``equals`` of two values of these types, which are not None at the top.

    Java's collections compare elements as objects: an Integer never equals a Long, 1.0 is not 1.00 as a decimal,
    NaN is itself, 0.0 is not -0.0. Structs of different types are never equal.
    """
    if isinstance(one, SqlArray) and isinstance(other, SqlArray):
        inner = _inner(one.item, other.item)
        return lambda left, right: len(left) == len(right) and all(map(inner, left, right))
    if isinstance(one, SqlMap) and isinstance(other, SqlMap):
        return _maps(_inner(one.key, other.key), _inner(one.value, other.value))
    if one != other:
        return lambda left, right: False
    if isinstance(one, SqlStruct):
        inners = [(name, _inner(kind, kind)) for name, kind in one.fields]
        return lambda left, right: all(inner(left[name], right[name]) for name, inner in inners)
    if one == DOUBLE:
        return _same_double
    return _same_decimal if isinstance(one, SqlDecimal) else lambda left, right: bool(left == right)


def _inner(one: SqlType, other: SqlType) -> Equal:
    equal = equality_of(one, other)
    return lambda left, right: left is right if left is None or right is None else equal(left, right)


def _maps(keys: Equal, values: Equal) -> Equal:
    def equal(left: dict[Any, Any], right: dict[Any, Any]) -> bool:
        if len(left) != len(right):
            return False
        return all(key in right and keys(key, key) and values(value, right[key]) for key, value in left.items())

    return equal


def _same_double(left: float, right: float) -> bool:
    if left == right:
        return math.copysign(1, left) == math.copysign(1, right)
    return left != left and right != right


def _same_decimal(left: Any, right: Any) -> bool:
    return bool(left == right) and left.as_tuple().exponent == right.as_tuple().exponent
