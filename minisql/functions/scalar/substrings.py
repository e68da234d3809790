"""Parts of strings and of bytes, counted from 1 and in UTF-16 code units."""

from minisql.functions.registry import scalar
from minisql.functions.utf16 import is_wide, join_units, split_units
from minisql.java import wrap32

CATEGORY = "STRING"

PLENTY = 2**30
"""Lengths up to this one can be added to a place without leaving Java's int."""


@scalar("substring(str STRING, pos INT) -> STRING")
def substring_from(text: str, place: int) -> str:
    """The part of a text, or of bytes, from a place on; a negative place counts from the end.

    >>> SUBSTRING('stream', 3)
    'ream'
    >>> SUBSTRING('stream', -3)
    'eam'
    """
    return text[place - 1 :] if place > 0 and text.isascii() else _part(text, place, PLENTY)


@scalar("substring(str STRING, pos INT, length INT) -> STRING")
def substring(text: str, place: int, length: int) -> str:
    """The part of a text that begins at a place and has some length.

    >>> SUBSTRING('stream', 3, 2)
    're'
    """
    return (
        text[place - 1 : place - 1 + length]
        if place > 0 and 0 <= length <= PLENTY and text.isascii()
        else _part(text, place, length)
    )


@scalar("substring(bytes BYTES, pos INT) -> BYTES")
def substring_of_bytes_from(data: bytes, place: int) -> bytes:
    """The part of some bytes from a place on.

    >>> SUBSTRING(TO_BYTES('stream', 'utf8'), 3)
    b'ream'
    """
    return data[_bounds(len(data), place, PLENTY)]


@scalar("substring(bytes BYTES, pos INT, length INT) -> BYTES")
def substring_of_bytes(data: bytes, place: int, length: int) -> bytes:
    """The part of some bytes that begins at a place and has some length.

    >>> SUBSTRING(TO_BYTES('stream', 'utf8'), 3, 2)
    b're'
    """
    return data[_bounds(len(data), place, length)]


def _part(text: str, place: int, length: int) -> str:
    if not is_wide(text):
        return text[_bounds(len(text), place, length)]
    units = split_units(text)
    return join_units(units[_bounds(len(units), place, length)])


def _bounds(size: int, place: int, length: int) -> slice:
    start = max(size + place, 0) if place < 0 else max(min(place - 1, size), 0)
    # The end is a Java int: a length that makes it wrap round gives nothing.
    return slice(start, max(min(wrap32(start + length), size), start))


@scalar(
    "instr(str STRING, substring STRING) -> INT",
    "instr(str STRING, substring STRING, position INT!) -> INT",
    "instr(str STRING, substring STRING, position INT!, occurrence INT!) -> INT",
    nulls="pass",
)
def instr(text: str | None, part: str | None, place: int = 1, occurrence: int = 1) -> int:
    """The place of an occurrence of a text within another, searched from a place on; 0 where there is none.

    A negative place counts from the end, and the search goes towards the beginning.

    >>> INSTR('CORPORATE FLOOR', 'OR', 3, 2)
    14
    >>> INSTR('CORPORATE FLOOR', 'OR', -3, 2)
    2
    """
    if text is None or part is None:
        return 0
    text, part = split_units(text), split_units(part)
    if abs(place) > len(text) or place == 0 or occurrence < 1:
        return 0
    return _found_backwards(text, part, place, occurrence) if place < 0 else _found(text, part, place, occurrence)


def _found(text: str, part: str, place: int, occurrence: int) -> int:
    at = text.find(part, place - 1)
    for _ in range(1, occurrence if part else 1):
        if at < 0:
            break
        at = text.find(part, at + 1)
    return at + 1


def _found_backwards(text: str, part: str, place: int, occurrence: int) -> int:
    at = text.rfind(part, 0, len(text) + place + 1)
    for _ in range(1, occurrence if part else 1):
        if at < 0:
            break
        at = text.rfind(part, 0, at + len(part) - 1)
    return at + 1
