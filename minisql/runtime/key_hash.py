"""The order in which ksqlDB looks up several keys of a pull query: that of a Java HashSet."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from minisql.java import hash_order, list_hash, string_hash, wrap32
from minisql.types import BIGINT, BOOLEAN, BYTES, DOUBLE, INTEGER, STRING, SqlDecimal, SqlType

if TYPE_CHECKING:
    from minisql.planner.lookup import Lookup


def in_hash_order(lookups: Sequence[Lookup], kinds: Sequence[SqlType]) -> Sequence[Lookup]:
    """Look-ups of keys of these types, in the order of the HashSet of KeyConstraints that KsLocator makes of them.

    Of a type whose hash says nothing outside of Java the given order stays.

    >>> from minisql.planner.lookup import Lookup
    >>> [each.key for each in in_hash_order([Lookup("=", 1), Lookup("=", 2), Lookup("=", 3)], [INTEGER])]
    [3, 2, 1]
    """
    hashes = [_hash_of(kind) for kind in kinds]
    if len(lookups) < 2 or None in hashes:
        return lookups
    known = [each for each in hashes if each is not None]

    def of_constraint(lookup: Lookup) -> int:
        parts = (lookup.key,) if len(known) == 1 else lookup.key
        columns = list_hash(hash_of(part) for hash_of, part in zip(known, parts, strict=True))
        return list_hash([list_hash([columns]), 0])  # GenericKey hashes its list as one; there are no window bounds

    capacity = 16
    while capacity < len(lookups) / 0.75 + 1:  # as HashSet does for a collection
        capacity *= 2
    return hash_order(lookups, of_constraint, capacity)


def _hash_of(kind: SqlType) -> Callable[[Any], int] | None:
    return decimal_hash if isinstance(kind, SqlDecimal) else _HASHES.get(kind)


def long_hash(number: int) -> int:
    """``Long.hashCode``."""
    return wrap32(number ^ (number & 0xFFFFFFFFFFFFFFFF) >> 32)


def double_hash(number: float) -> int:
    """``Double.hashCode``.

    >>> double_hash(1.0)
    1072693248
    """
    return long_hash(int(struct.unpack(">q", struct.pack(">d", number))[0]))


def decimal_hash(number: Decimal) -> int:
    """``BigDecimal.hashCode``.

    >>> decimal_hash(Decimal("1.23"))
    3815
    """
    _, digits, exponent = number.as_tuple()
    magnitude, words = int("".join(map(str, digits))), []
    while magnitude:
        words.append(magnitude & 0xFFFFFFFF)
        magnitude >>= 32
    result = 0
    for word in reversed(words):
        result = result * 31 + word & 0xFFFFFFFF
    unscaled = -result if number.is_signed() else result
    return wrap32(31 * unscaled - int(exponent))


def bytes_hash(data: bytes) -> int:
    """``ByteBuffer.hashCode``."""
    return list_hash(byte - 256 if byte > 127 else byte for byte in reversed(data))


def _boolean_hash(value: bool) -> int:
    return 1231 if value else 1237


_HASHES: dict[SqlType, Callable[[Any], int]] = {
    BOOLEAN: _boolean_hash,
    INTEGER: int,
    BIGINT: long_hash,
    DOUBLE: double_hash,
    STRING: string_hash,
    BYTES: bytes_hash,
}
