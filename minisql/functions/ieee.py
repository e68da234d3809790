"""Java's Math where Python's raises: out of a function's domain lies NaN, beyond the doubles infinity."""

from __future__ import annotations

import math
import struct
import sys
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
    """``Math.cbrt``, to the last digit: fdlibm's steps, which Java prescribes."""
    value = float(value)
    if not value or not math.isfinite(value):
        return value
    size = abs(value)
    scale = 1.0
    if size < sys.float_info.min:
        size, scale = size * 2.0**54, 2.0**-18
    root = _from_words((_high_word(size) // 3 + 715094163) << 32)
    ratio = 0.5428571428571428 + root * root / size * root
    root *= 0.35714285714285715 + 1.6071428571428572 / (ratio + 1.4142857142857144 - 0.7053061224489796 / ratio)
    root = _from_words((_high_word(root) + 1) << 32)
    quotient = size / (root * root)
    root += root * ((quotient - root) / (root + root + quotient))
    return math.copysign(root * scale, value)


def _high_word(number: float) -> int:
    """The upper 32 bits of a double."""
    return int(struct.unpack("<q", struct.pack("<d", number))[0]) >> 32


def _from_words(bits: int) -> float:
    """The double with these bits."""
    number: float = struct.unpack("<d", struct.pack("<q", bits))[0]
    return number
