"""Sets of characters, as sorted ranges of code points."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

Ranges = tuple[tuple[int, int], ...]
"""Ranges, both ends included, which neither overlap nor touch."""

LAST = 0x10FFFF
LETTERS: Ranges = ((0x41, 0x5A), (0x61, 0x7A))


def normal(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The ranges in order, those that touch made one.

    >>> normal([(5, 6), (1, 2), (3, 4)])
    ((1, 6),)
    """
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def of(characters: str) -> Ranges:
    """The set of the characters of a text."""
    return normal((ord(character), ord(character)) for character in characters)


def union(*sets: Ranges) -> Ranges:
    """What is in one of the sets."""
    return normal(item for ranges in sets for item in ranges)


def complement(ranges: Ranges) -> Ranges:
    """What is not in the set.

    >>> complement(((1, 5), (7, LAST)))
    ((0, 0), (6, 6))
    """
    firsts = [0, *(last + 1 for _, last in ranges)]
    lasts = [*(first - 1 for first, _ in ranges), LAST]
    return tuple((first, last) for first, last in zip(firsts, lasts, strict=True) if first <= last)


def intersection(one: Ranges, other: Ranges) -> Ranges:
    """What is in both sets."""
    return complement(union(complement(one), complement(other)))


def folded(ranges: Ranges, unicode: bool) -> Ranges:
    """The set, and the capitals and small letters of what is in it: of ASCII, or of all Unicode."""
    letters = _cased() if unicode else LETTERS
    codes = (code for first, last in intersection(ranges, letters) for code in range(first, last + 1))
    return union(ranges, of("".join(map(_variants, map(chr, codes)))))


def _variants(letter: str) -> str:
    """Java compares one by one: what has no single letter for its other case has none."""
    return "".join(other for other in (letter.upper(), letter.lower(), letter.upper().lower()) if len(other) == 1)


@lru_cache(maxsize=1)
def _cased() -> Ranges:
    letters = (code for code in range(LAST + 1) if chr(code).upper() != chr(code) or chr(code).lower() != chr(code))
    return normal((code, code) for code in letters)


def code_of(ranges: Ranges) -> str:
    """The set in the language of Python's ``re``.

    >>> code_of(of("a")), code_of(of("abc-")), code_of(())
    ('a', '[\\\\-a-c]', '(?!)')
    """
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return escaped(ranges[0][0])
    return f"[{''.join(_range(*item) for item in ranges)}]" if ranges else "(?!)"


def _range(first: int, last: int) -> str:
    return escaped(first) if first == last else f"{escaped(first)}-{escaped(last)}"


def escaped(code: int) -> str:
    """A character that stands for itself, within a set and without."""
    character = chr(code)
    if character.isalnum() and character.isascii():
        return character
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}" if code > 0x7E or code < 0x20 else f"\\{character}"
