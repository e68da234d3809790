"""Rules of Java that ksqlDB's users can see: texts of numbers, hash order, rounding, wrapping.

Everything here is pure and knows nothing of SQL beyond the values of ``minisql.types``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Any, TypeVar

T = TypeVar("T")

PLENTY = Context(prec=1000)
"""A decimal context in which nothing that ksqlDB can hold is rounded."""


def wrap32(number: int) -> int:
    """``number`` as Java's int holds it.

    >>> wrap32(2**31)
    -2147483648
    """
    return (number + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def wrap64(number: int) -> int:
    """``number`` as Java's long holds it."""
    return (number + 0x8000000000000000 & 0xFFFFFFFFFFFFFFFF) - 0x8000000000000000


def utf16_units(text: str) -> list[int]:
    """The UTF-16 code units of ``text``: what Java calls its chars."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[at] | data[at + 1] << 8 for at in range(0, len(data), 2)]


def utf16_length(text: str) -> int:
    """``String.length()``.

    >>> utf16_length("a\\U0001F600")
    3
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_key(text: str) -> bytes:
    """A sort key that orders texts as ``String.compareTo``: by UTF-16 code unit."""
    return text.encode("utf-16-be", "surrogatepass")


def text_less(one: str, other: str) -> bool:
    """Whether ``one.compareTo(other) < 0``."""
    if one.isascii() and other.isascii():
        return one < other
    return utf16_key(one) < utf16_key(other)


def utf8_text(data: bytes) -> str:
    """``new String(data, UTF_8)``: what is malformed becomes U+FFFD, one for a whole surrogate.

    >>> utf8_text(b"a\\xed\\xa0\\x80\\xff") == "a\\ufffd\\ufffd"
    True
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _SURROGATE.sub(b"\xff", data).decode("utf-8", "replace")


_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]?")
"""One half of a surrogate pair in UTF-8, or as much as there is of it."""

_SIGNED = bytes(range(128, 256)) + bytes(range(128))


def bytes_key(data: bytes) -> bytes:
    """A sort key that orders as ``ByteBuffer.compareTo``: by signed byte."""
    return data.translate(_SIGNED)


def bytes_less(one: bytes, other: bytes) -> bool:
    """Whether ``one.compareTo(other) < 0``."""
    return bytes_key(one) < bytes_key(other)


def double_text(number: float) -> str:
    """``Double.toString``, as it was before JDK 19.

    >>> [double_text(x) for x in (1.0, 0.001, 1e-4, 1e7, 12345678.5, float("inf"))]
    ['1.0', '0.001', '1.0E-4', '1.0E7', '1.23456785E7', 'Infinity']
    """
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "-0.0" if math.copysign(1, number) < 0 else "0.0"
    if 1e-3 <= abs(number) < 1e7:
        plain = repr(number)
        return plain if "e" not in plain else format(Decimal(plain), "f")
    text, power = _digits(abs(number))
    return f"{'-' if number < 0 else ''}{text[0]}.{text[1:] or '0'}E{power}"


def _digits(number: float) -> tuple[str, int]:
    """The digits of a double that is written with an exponent, and that exponent.

    Java's are the shortest, except for large numbers and for powers of two.
    """
    if number >= 2**53 or math.frexp(number)[0] == 0.5:
        from minisql.java_double import digits_of

        return digits_of(number)
    _, digits, exponent = Decimal(repr(number)).as_tuple()
    text = "".join(map(str, digits))
    return text[0] + text[1:].rstrip("0"), len(text) - 1 + int(exponent)


def decimal_text(number: Decimal) -> str:
    """``BigDecimal.toPlainString``."""
    return format(number, "f")


def string_value(value: Any) -> str:
    """``String.valueOf`` of a value: collections in Java's notation, ``null`` for None.

    >>> string_value([1.0, None, True, {"a": 1}])
    '[1.0, null, true, {a=1}]'
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return double_text(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(string_value, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{string_value(key)}={string_value(item)}" for key, item in value.items()) + "}"
    return str(value)


def string_hash(text: str) -> int:
    """``String.hashCode``.

    >>> string_hash("hello")
    99162322
    """
    result = 0
    for unit in utf16_units(text):
        result = result * 31 + unit & 0xFFFFFFFF
    return wrap32(result)


def list_hash(hashes: Iterable[int]) -> int:
    """``List.hashCode`` (and ``Objects.hash``) of elements with these hashes."""
    result = 1
    for item in hashes:
        result = result * 31 + item & 0xFFFFFFFF
    return wrap32(result)


def hash_order(items: Iterable[T], hash_of: Callable[[T], int], capacity: int = 16) -> list[T]:
    """Distinct ``items`` in the order in which a ``HashMap`` that got them one by one iterates.

    ``capacity`` is the size that the map was made with: 1 stands for ``new HashMap<>(n)`` with n items or fewer.

    >>> hash_order(["one", "two", "three"], string_hash)
    ['one', 'two', 'three']
    """
    items = list(items)
    while len(items) > capacity * 3 // 4:
        capacity *= 2

    def bucket(item: T) -> int:
        spread = hash_of(item) & 0xFFFFFFFF
        return (spread ^ spread >> 16) & capacity - 1

    return sorted(items, key=bucket)


def map_order(mapping: Mapping[str | None, T], capacity: int = 16) -> list[str | None]:
    """The keys of a map from STRING in the order of a ``HashMap``."""
    return hash_order(mapping, lambda key: 0 if key is None else string_hash(key), capacity)


def round_double(number: float) -> int:
    """``Math.round``: ties towards positive infinity, saturating at the bounds of long, NaN is 0.

    >>> [round_double(x) for x in (2.5, -2.5, 0.49999999999999994, 1e300)]
    [3, -2, 0, 9223372036854775807]
    """
    if math.isnan(number):
        return 0
    if abs(number) >= 2.0**63:
        return 2**63 - 1 if number > 0 else -(2**63)
    floor = math.floor(number)
    return floor + (number - floor >= 0.5)


def round_half_up(number: Decimal, places: int) -> Decimal:
    """``number`` with ``places`` decimals (which may be negative); ties towards positive infinity."""
    mode = ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN
    return set_scale(number, places, mode)


def set_scale(number: Decimal, scale: int, rounding: str | None = None) -> Decimal:
    """``BigDecimal.setScale``, which knows no negative zero; ``rounding`` is a mode of the decimal module.

    >>> str(set_scale(Decimal("1234.5"), -2, "ROUND_DOWN")), str(set_scale(Decimal("-0.05"), 1, "ROUND_CEILING"))
    ('1.2E+3', '0.0')
    """
    found = number.quantize(Decimal(1).scaleb(-scale), rounding=rounding, context=PLENTY)
    return found or abs(found)


def divide(number: float, by: float) -> float:
    """``number / by`` on doubles: by zero it is infinite or NaN."""
    if by:
        return number / by
    if math.isnan(by) or math.isnan(number) or not number:
        return math.nan
    return math.copysign(math.inf, math.copysign(1, number) * math.copysign(1, by))


def square_root(number: float) -> float:
    """``Math.sqrt``: NaN below zero."""
    return math.sqrt(number) if number >= 0 else math.nan


def to_int(number: float) -> int:
    """``(int) number``: towards zero, saturating, NaN is 0."""
    return _clamp(number, 2**31)


def to_long(number: float) -> int:
    """``(long) number``: towards zero, saturating, NaN is 0."""
    return _clamp(number, 2**63)


def _clamp(number: float, bound: int) -> int:
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return bound - 1 if number > 0 else -bound
    return max(-bound, min(bound - 1, int(number)))
