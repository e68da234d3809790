"""Which message of a file it is: what stands between a schema's id and the message."""

from __future__ import annotations

MOST = 1000
"""No file has messages nested as deep; a longer list of indexes is garbage."""


def index_bytes(path: list[int]) -> bytes:
    """The indexes as zigzag varints behind their number; the first message of a file is a single zero."""
    return b"\0" if path == [0] else b"".join(map(_varint, [len(path), *path]))


def read_indexes(data: bytes) -> tuple[list[int], int]:
    """The indexes at the beginning of ``data``, and where they end.

    Raises:
        ValueError: they are not well formed.
    """
    count, at = _read(data, 0)
    if count == 0:
        return [0], at
    if not 0 < count <= MOST:
        raise ValueError(f"Invalid message indexes: {count} of them")
    path = []
    for _ in range(count):
        index, at = _read(data, at)
        path.append(index)
    return path, at


def _varint(number: int) -> bytes:
    rest = number << 1 if number >= 0 else (~number << 1) | 1
    out = bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def _read(data: bytes, at: int) -> tuple[int, int]:
    rest = shift = 0
    while True:
        if at >= len(data) or shift > 28:
            raise ValueError("Invalid message indexes")
        byte = data[at]
        at += 1
        rest |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (rest >> 1) ^ -(rest & 1), at
        shift += 7
