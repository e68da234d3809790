"""Classes of characters: ``[a-z&&[^aeiou]]``, ``\\d``, ``\\p{L}``."""

from __future__ import annotations

from minisql.functions.java_regex.charset import Ranges, complement, folded, intersection, of, union
from minisql.functions.java_regex.escapes import code_point
from minisql.functions.java_regex.properties import POSIX, read_property
from minisql.functions.java_regex.reader import Reader

LINE_ENDS = of("\n\r\x85\u2028\u2029")

PREDEFINED: dict[str, Ranges] = {
    "d": POSIX["Digit"],
    "w": union(POSIX["Alnum"], of("_")),
    "s": POSIX["Space"],
    "h": union(of(" \t\xa0\u1680\u180e\u202f\u205f\u3000"), ((0x2000, 0x200A),)),
    "v": union(of("\x0b\f"), LINE_ENDS),
}


def predefined(letter: str) -> Ranges | None:
    """The class of ``\\d`` and its like, or what is not in it for ``\\D``; None for any other letter."""
    found = PREDEFINED.get(letter.lower())
    return complement(found) if found is not None and letter.isupper() else found


def read_class(reader: Reader) -> Ranges:
    """The class whose ``[`` has been passed.

    Raises:
        PatternError: it is none.
    """
    negated = reader.take("^")
    found = _operands(reader)
    reader.next()
    return complement(found) if negated else found


def _operands(reader: Reader) -> Ranges:
    """What stands up to the closing bracket, which is not passed: operands of ``&&``."""
    found = _union(reader)
    while reader.take("&&"):
        # An empty operand changes nothing.
        if reader.peek() not in ("]", "&"):
            right = _union(reader)
            found = right if found is None else intersection(found, right or ())
    if found is None:
        reader.fail("Bad class syntax")
    return found


def _union(reader: Reader) -> Ranges | None:
    """What stands up to ``&&`` or the closing bracket; None if that is nothing."""
    found: Ranges | None = None
    while True:
        if not reader.peek():
            reader.fail("Unclosed character class")
        at_end = reader.peek() == "]" and found is not None
        if at_end or reader.text.startswith("&&", reader.at):
            return found
        item = read_class(reader) if reader.take("[") else _item(reader)
        found = item if found is None else union(found, item)


def _item(reader: Reader) -> Ranges:
    """A character, a range, or a class with a name."""
    first = _single(reader)
    if not isinstance(first, int):
        return first
    if reader.peek() != "-" or reader.text[reader.at + 1 : reader.at + 2] in ("[", "]", ""):
        return cased(reader, ((first, first),))
    reader.next()
    last = _single(reader)
    if not isinstance(last, int) or last < first:
        reader.fail("Illegal character range")
    return cased(reader, ((first, last),))


def _single(reader: Reader) -> int | Ranges:
    character = reader.next()
    if character != "\\":
        return ord(character) if character else reader.fail("Unclosed character class")
    letter = reader.raw()
    if letter in ("p", "P"):
        return read_property(reader, letter == "P")
    return predefined(letter) or code_point(reader, letter)


def cased(reader: Reader, ranges: Ranges) -> Ranges:
    """The class, with the other case of its letters where the flags say that case does not matter."""
    return folded(ranges, "u" in reader.flags) if "i" in reader.flags else ranges
