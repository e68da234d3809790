"""Java's order of the values of a type."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from minisql.java import bytes_key, utf16_key
from minisql.types import BYTES, DOUBLE, STRING, SqlType


def _itself(value: Any) -> Any:
    return value


def double_key(number: float) -> tuple[bool, float, bool]:
    """A sort key that orders as ``Double.compareTo``: NaN last, and -0.0 before 0.0."""
    if math.isnan(number):
        return (True, 0.0, True)
    return (False, number, number == 0 and math.copysign(1, number) > 0)


def sort_key(kind: SqlType | None) -> Callable[[Any], Any]:
    """What gives the sort keys of the values of a type."""
    keys: dict[SqlType | None, Callable[[Any], Any]] = {STRING: utf16_key, BYTES: bytes_key, DOUBLE: double_key}
    return keys.get(kind, _itself)
