"""Java's division of whole numbers, and its remainder."""

from __future__ import annotations

import math

from minisql.codegen.errors import EvaluationError


def divide(number: int, by: int) -> int:
    """``number / by`` towards zero; the caller wraps the result."""
    if by == 0:
        raise EvaluationError("/ by zero")
    quotient = abs(number) // abs(by)
    return quotient if (number < 0) == (by < 0) else -quotient


def remainder(number: int, by: int) -> int:
    """``number % by`` with the sign of ``number``."""
    if by == 0:
        raise EvaluationError("/ by zero")
    left = abs(number) % abs(by)
    return -left if number < 0 else left


def remainder_of_doubles(number: float, by: float) -> float:
    """``number % by`` with the sign of ``number``; NaN where there is none."""
    try:
        return math.fmod(number, by)
    except ValueError:
        return math.nan
