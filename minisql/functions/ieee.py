"""Java's Math where Python's raises: out of a function's domain lies NaN, beyond the doubles infinity."""

from __future__ import annotations

import math
from collections.abc import Callable


def total(function: Callable[[float], float]) -> Callable[[float], float]:
    """``function``, with NaN where it is not defined and infinity where it overflows upwards.

    >>> total(math.acos)(2.0)
    nan
    >>> total(math.exp)(1e6)
    inf
    """

    def defined_everywhere(value: float) -> float:
        try:
            return function(value)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return defined_everywhere


def log(value: float) -> float:
    """``Math.log``: minus infinity at zero, NaN below."""
    if value == 0:
        return -math.inf
    return math.log(value) if value > 0 else math.nan


def sinh(value: float) -> float:
    """``Math.sinh``."""
    try:
        return math.sinh(value)
    except OverflowError:
        return math.copysign(math.inf, value)


def power(base: float, exponent: float) -> float:
    """``Math.pow``, which differs from C's where a one is raised to NaN or infinity."""
    base, exponent = float(base), float(exponent)
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        # Either zero to a negative power, or a negative number to a broken one.
        negative_zero = math.copysign(1, base) < 0 and exponent % 2 == 1
        return math.nan if base else -math.inf if negative_zero else math.inf


def cube_root(value: float) -> float:
    """``Math.cbrt``; Python has it from 3.11 on."""
    if hasattr(math, "cbrt"):
        root: float = math.cbrt(value)
        return root
    value = float(value)
    if not value or not math.isfinite(value):
        return value
    root = math.copysign(abs(value) ** (1 / 3), value)
    return root - (root * root * root - value) / (3 * root * root)
