"""Flags within a pattern: ``(?i)``, ``(?s-i:...)``."""

from __future__ import annotations

from minisql.errors import UnsupportedError
from minisql.functions.java_regex.reader import Reader

KNOWN = "idmsux"


def read_flags(reader: Reader) -> frozenset[str]:
    """The flags that hold after ``(?``; the ``:`` or ``)`` behind them is not passed.

    Raises:
        PatternError: there is no such flag.
        UnsupportedError: Unicode's classes of characters are asked for.
    """
    flags = set(reader.flags)
    off = False
    while (letter := reader.peek()) and letter not in ":)":
        reader.next()
        if letter == "U":
            raise UnsupportedError("the flag U in regular expressions")
        if letter == "-" and not off:
            off = True
        elif letter in KNOWN:
            (flags.discard if off else flags.add)(letter)
        else:
            reader.fail("Unknown inline modifier")
    if not letter:
        reader.fail("Unknown inline modifier")
    return frozenset(flags)
