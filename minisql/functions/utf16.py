"""Texts as Java has them: a row of UTF-16 code units, two for each character beyond U+FFFF."""

from __future__ import annotations


def is_wide(text: str) -> bool:
    """Whether some character takes two units, so that units and characters have different places."""
    return not text.isascii() and max(text) > "\uffff"


def split_units(text: str) -> str:
    """The text with a character for each unit.

    >>> len(split_units("a\\U0001F600"))
    3
    """
    return "".join(map(_units, text)) if is_wide(text) else text


def join_units(units: str) -> str:
    """The text with the two units of a character made one again; a lone one stays.

    >>> join_units(split_units("a\\U0001F600")) == "a\\U0001F600"
    True
    """
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _units(character: str) -> str:
    return character if character <= "\uffff" else _pair(ord(character) - 0x10000)


def _pair(offset: int) -> str:
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))
