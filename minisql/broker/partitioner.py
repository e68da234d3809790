"""Kafka's default placement of keyed records: murmur2 of the key's bytes."""

from __future__ import annotations

import struct

_SEED = 0x9747B28C
_MULTIPLIER = 0x5BD1E995
_MASK = 0xFFFFFFFF


def murmur2(data: bytes) -> int:
    """The 32-bit hash (0 to 2**32 - 1) that Kafka's Utils.murmur2 gives for ``data``."""
    length = len(data)
    aligned = length & ~3
    state = _SEED ^ length
    for (word,) in struct.iter_unpack("<I", data[:aligned]):
        word = word * _MULTIPLIER & _MASK
        word = (word ^ word >> 24) * _MULTIPLIER & _MASK
        state = (state * _MULTIPLIER & _MASK) ^ word
    if aligned < length:
        state = (state ^ int.from_bytes(data[aligned:], "little")) * _MULTIPLIER & _MASK
    state = (state ^ state >> 13) * _MULTIPLIER & _MASK
    return state ^ state >> 15


def partition_of(data: bytes, partitions: int) -> int:
    """The partition (from 0) of a record whose key is ``data`` in a topic of so many partitions."""
    return (murmur2(data) & 0x7FFFFFFF) % partitions
