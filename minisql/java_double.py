"""The digits of a double as Java printed them before JDK 19 (FloatingDecimal): those of most servers, and of ksqlDB's own tests.

They are the shortest that tell the double from its neighbours, but for some very large, very small and round binary numbers.
"""

from __future__ import annotations

from math import ceil, floor, log2
from struct import pack, unpack

from minisql.java import wrap32, wrap64

_BITS = 53
"""Of a double's significand, the hidden one included."""

_LONGEST_FIVE = 27
"""Powers of five below this exponent are in Java's tables."""

_SMALL = (-21, 62)
"""The binary exponents of what may fit into a long."""


def digits_of(number: float) -> tuple[str, int]:
    """The digits of a positive, finite double and the power of ten of the first one: ``("15", 0)`` for 1.5.

    >>> digits_of(2.0**62)
    ('46116860184273879', 18)
    """
    significand, exponent, significant = _unpacked(number)
    zeros = (significand & -significand).bit_length() - 1
    bits = _BITS - zeros
    tiny = max(0, bits - exponent - 1)
    if _SMALL[0] <= exponent <= _SMALL[1] and tiny == 0 and bits < 64:
        whole = significand << exponent - _BITS + 1 if exponent >= _BITS - 1 else significand >> _BITS - 1 - exponent
        return _whole_digits(whole, _insignificant(exponent - significant - 1) if exponent > significant else 0)
    return _Scaled(significand >> zeros, bits, exponent, tiny, significant, _estimate(significand, exponent)).digits()


def _unpacked(number: float) -> tuple[int, int, int]:
    """The significand as 53 bits, the binary exponent of its first bit, and how many of its bits are significant."""
    raw = unpack("<q", pack("<d", number))[0]
    significand, exponent = raw & (1 << _BITS - 1) - 1, raw >> _BITS - 1
    if exponent:
        return significand | 1 << _BITS - 1, exponent - 1023, _BITS
    significant = significand.bit_length()
    return significand << _BITS - significant, 1 - (_BITS - significant) - 1023, significant


def _insignificant(power: int) -> int:
    """How many decimal digits of a long say nothing when its last ``power + 1`` bits do not."""
    return len(str(1 << power)) - 1 if power > 1 else 0


def _whole_digits(whole: int, insignificant: int) -> tuple[str, int]:
    power = 10**insignificant
    rounded, residue = divmod(whole, power)
    if insignificant and residue >= power >> 1:
        rounded += 1
    text = str(rounded)
    return text.rstrip("0"), len(text) - 1 + insignificant


def _estimate(significand: int, exponent: int) -> int:
    """The power of ten of the first digit, or one more."""
    first = significand / (1 << _BITS - 1)
    return floor((first - 1.5) * 0.289529654 + 0.176091259 + exponent * 0.301029995663981)


class _Scaled:
    """The double as a fraction ``b / s`` times a power of ten, and half the distance to its neighbours, ``m / s``."""

    def __init__(self, fraction: int, bits: int, exponent: int, tiny: int, significant: int, power: int) -> None:
        self._power = power
        fives_b, fives_s = max(0, -power), max(0, power)
        twos_b, twos_s = fives_b + tiny + exponent, fives_s + tiny
        twos_m = twos_b - significant
        twos_b -= bits - 1
        common = min(twos_b, twos_s)
        twos_b, twos_s, twos_m = twos_b - common, twos_s - common, twos_m - common
        if bits == 1:
            # Below a power of two the neighbour is half as far; Java takes both to be.
            twos_m -= 1
        if twos_m < 0:
            twos_b, twos_s, twos_m = twos_b - twos_m, twos_s - twos_m, 0
        self._b = fraction * 5**fives_b << twos_b
        self._s = 5**fives_s << twos_s
        self._m = 5**fives_b << twos_m
        needed = max(bits + twos_b + _five_bits(fives_b), twos_s + 1 + _five_bits(fives_s + 1))
        self._wrap = wrap32 if needed < 32 else wrap64 if needed < 64 else None

    def digits(self) -> tuple[str, int]:
        """Digit by digit, until what is left is less than half the distance."""
        digit, low, high = self._next()
        found = [digit]
        if digit == 0 and not high:
            found, self._power = [], self._power - 1
        if not -3 <= self._power < 8:
            # There is always a digit behind the point.
            low = high = False
        while not low and not high:
            digit, low, high = self._next()
            found.append(digit)
        if high and (not low or self._rounds_up(digit)):
            return self._rounded_up(found)
        return "".join(map(str, found)), self._power

    def _next(self) -> tuple[int, bool, bool]:
        digit, rest = divmod(self._b, self._s)
        self._b, self._m = 10 * rest, 10 * self._m
        tens = 10 * self._s
        if self._wrap is None:
            return digit, self._b < self._m, self._b + self._m >= tens
        # What fits into an int or a long Java calculates with these: without the border, and with sums that overflow.
        self._m = self._wrap(self._m)
        if self._m <= 0:
            return digit, True, True
        return digit, self._b < self._m, self._wrap(self._b + self._m) > tens

    def _rounds_up(self, last: int) -> bool:
        doubled, tens = 2 * self._b, 10 * self._s
        return doubled > tens or (doubled == tens and last % 2 == 1)

    def _rounded_up(self, found: list[int]) -> tuple[str, int]:
        text = str(int("".join(map(str, found))) + 1).zfill(len(found))
        return (text[:-1], self._power + 1) if len(text) > len(found) else (text, self._power)


def _five_bits(power: int) -> int:
    """The bits of a power of five, as Java estimates them."""
    return ceil(power * log2(5)) if power < _LONGEST_FIVE else 3 * power
