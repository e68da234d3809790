"""COUNT_DISTINCT: the HyperLogLog of the library that ksqlDB uses, hash for hash."""

import math
import struct
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from minisql.functions.registry import aggregate
from minisql.java import round_double, string_value, wrap32
from minisql.types import BIGINT, BYTES, DATE, DOUBLE, INTEGER, STRING, TIME, TIMESTAMP, SqlType

INDEX_BITS = 14
REGISTERS = 1 << INDEX_BITS
ALPHA = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS

MULTIPLIER = 0x5BD1E995
MASK = 0xFFFFFFFF
EPOCH = datetime(1970, 1, 1)


@aggregate("COUNT_DISTINCT(val1 T) -> BIGINT", intermediate="ARRAY<INT>")
class CountDistinct:
    """An estimate of the number of distinct values of a column, typically less than 1% off."""

    hash: Callable[[Any], int]

    def bind_types(self, kinds: Sequence[SqlType | None]) -> None:
        """How a value is hashed depends on its type."""
        self.hash = hash_function(kinds[0])

    def initialize(self) -> bytes:
        return bytes(REGISTERS)

    def aggregate(self, state: bytes, value: Any) -> bytes:
        if value is None:
            return state
        hashed = self.hash(value)
        index = hashed >> 32 - INDEX_BITS
        rest = hashed << INDEX_BITS & MASK | (1 << INDEX_BITS - 1) + 1
        rank = 33 - rest.bit_length()
        return state if state[index] >= rank else state[:index] + bytes([rank]) + state[index + 1 :]

    def merge(self, one: bytes, other: bytes) -> bytes:
        return bytes(map(max, one, other))

    def map(self, state: bytes) -> int:
        total = sum(state.count(rank) / (1 << rank) for rank in range(33 - INDEX_BITS + 1))
        estimate = ALPHA * (1 / total)
        zeros = state.count(0)
        if estimate <= 2.5 * REGISTERS:
            return round_double(REGISTERS * math.log(REGISTERS / zeros) if zeros else math.inf)
        return round_double(estimate)


def hash_function(kind: SqlType | None) -> Callable[[Any], int]:
    """Gives the hash of a value of a type, as an unsigned number."""
    if kind in (INTEGER, BIGINT):
        return hash_long
    if kind == DOUBLE:
        return hash_double
    text = TEXTS.get(kind, string_value)
    return lambda value: hash_bytes(text(value).encode("utf-8", "surrogatepass"))


def hash_long(number: int) -> int:
    """The hash of a long."""
    low = number * MULTIPLIER & MASK
    hashed = (low ^ low >> 24) * MULTIPLIER & MASK
    high = (number >> 32) * MULTIPLIER & MASK
    hashed = hashed * MULTIPLIER & MASK ^ (high ^ high >> 24) * MULTIPLIER & MASK
    return _finish(hashed)


def hash_double(number: float) -> int:
    """The hash of a double: that of its bits."""
    return hash_long(struct.unpack("<q", struct.pack("<d", number))[0])


def hash_bytes(data: bytes) -> int:
    """MurmurHash2 with the seed -1; the bytes left over at the end are taken as signed, as in Java."""
    hashed = MASK ^ len(data)
    whole = len(data) & ~3
    for (word,) in struct.iter_unpack("<I", data[:whole]):
        word = word * MULTIPLIER & MASK
        word = (word ^ word >> 24) * MULTIPLIER & MASK
        hashed = hashed * MULTIPLIER & MASK ^ word
    if whole == len(data):
        return _finish(hashed)
    # The library counts these from the end: the last byte has the lowest place.
    for place, byte in enumerate(reversed(struct.unpack(f"{len(data) - whole}b", data[whole:]))):
        hashed ^= wrap32(byte << 8 * place) & MASK
    return _finish(hashed * MULTIPLIER & MASK)


def _finish(hashed: int) -> int:
    hashed = (hashed ^ hashed >> 13) * MULTIPLIER & MASK
    return hashed ^ hashed >> 15


def _bytes_text(value: bytes) -> str:
    # The text of a Java buffer names its size only, so ksqlDB takes all values of one size for one.
    return f"java.nio.HeapByteBuffer[pos=0 lim={len(value)} cap={len(value)}]"


def _date_text(value: int) -> str:
    return (EPOCH + timedelta(days=value)).date().isoformat()


def _time_text(value: int) -> str:
    return (EPOCH + timedelta(milliseconds=value)).strftime("%H:%M:%S")


def _timestamp_text(value: int) -> str:
    fraction = f"{value % 1000:03}".rstrip("0") or "0"
    return f"{EPOCH + timedelta(milliseconds=value // 1000 * 1000)}.{fraction}"


TEXTS: dict[SqlType | None, Callable[[Any], str]] = {
    STRING: str,
    BYTES: _bytes_text,
    DATE: _date_text,
    TIME: _time_text,
    TIMESTAMP: _timestamp_text,
}
"""What ``toString`` gives in Java."""
