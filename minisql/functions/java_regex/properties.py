"""Classes of characters that have names: ``\\p{Lu}``, ``\\p{Alpha}``, ``\\p{javaLowerCase}``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from unicodedata import category as category_of

from minisql.errors import UnsupportedError
from minisql.functions.java_regex.charset import LAST, Ranges, complement, normal, of, union
from minisql.functions.java_regex.reader import Reader

_ASCII = ((0x00, 0x7F),)
_LOWER, _UPPER, _DIGIT = ((0x61, 0x7A),), ((0x41, 0x5A),), ((0x30, 0x39),)
_ALNUM: Ranges = _DIGIT + _UPPER + _LOWER
_WHITE: Ranges = (
    (0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip

POSIX: dict[str, Ranges] = {
    "ASCII": _ASCII,
    "Lower": _LOWER,
    "Upper": _UPPER,
    "Digit": _DIGIT,
    "Alpha": _UPPER + _LOWER,
    "Alnum": _ALNUM,
    "Punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "Graph": ((0x21, 0x7E),),
    "Print": ((0x20, 0x7E),),
    "Blank": of(" \t"),
    "Cntrl": ((0x00, 0x1F), (0x7F, 0x7F)),
    "XDigit": (*_DIGIT, (0x41, 0x46), (0x61, 0x66)),
    "Space": ((0x09, 0x0D), (0x20, 0x20)),
    "L1": ((0x00, 0xFF),),
    "all": ((0x00, LAST),),
}

CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf L M N Z C P S LC LD"

BINARY: dict[str, str] = {
    "LETTER": "L",
    "DIGIT": "Nd",
    "CONTROL": "Cc",
    "PUNCTUATION": "P",
    "TITLECASE": "Lt",
}
"""Unicode's binary properties, as Java defines them, that are categories."""

SETS: dict[str, Ranges] = {
    "WHITESPACE": _WHITE,
    "HEXDIGIT": union(POSIX["XDigit"], ((0xFF10, 0xFF19), (0xFF21, 0xFF26), (0xFF41, 0xFF46))),
}

JAVA: dict[str, str] = {
    "javaLetter": "L",
    "javaDigit": "Nd",
    "javaLetterOrDigit": "LD",
    "javaTitleCase": "Lt",
    "javaSpaceChar": "Z",
}
"""Methods of Java's ``Character`` that are categories."""

ANY_CASE = {
    **dict.fromkeys(("Lower", "Upper"), "Alpha"),
    **dict.fromkeys(("Lu", "Ll", "Lt", "IsLu", "IsLl", "IsLt"), "LC"),
    **dict.fromkeys(("IsLowercase", "IsUppercase", "IsTitlecase"), "IsCased"),
    **dict.fromkeys(("javaLowerCase", "javaUpperCase", "javaTitleCase"), "IsCased"),
}
"""What a name stands for where case does not matter."""


def read_property(reader: Reader, negated: bool) -> Ranges:
    """The class named after ``\\p`` or, ``negated``, after ``\\P``.

    Raises:
        PatternError: there is no such class.
        UnsupportedError: it is a class that Python knows nothing of.
    """
    name = reader.until("}", "Unclosed character family") if reader.take("{") else reader.next()
    if not name:
        reader.fail("Empty character family")
    found = _named(ANY_CASE.get(name, name) if "i" in reader.flags else name)
    if found is None:
        reader.fail(f"Unknown character property name {{{name}}}")
    return complement(found) if negated else found


def _named(name: str) -> Ranges | None:
    if name in POSIX:
        return POSIX[name]
    key, equals, value = name.partition("=")
    if equals and key.lower() in ("gc", "general_category"):
        name = value
    if name.removeprefix("Is") in CATEGORIES.split():
        return category(name.removeprefix("Is"))
    if name in JAVA:
        return category(JAVA[name])
    return _binary(name)


def _binary(name: str) -> Ranges | None:
    if name in TESTS:
        return where(TESTS[name])
    word = name.removeprefix("Is").upper().replace("_", "")
    if name.startswith("Is") and word in BINARY:
        return category(BINARY[word])
    if name.startswith("Is") and word in SETS:
        return SETS[word]
    if "=" in name or name.startswith(("Is", "In", "java")):
        raise UnsupportedError(f"\\p{{{name}}} in regular expressions")
    return None


def category(name: str) -> Ranges:
    """A general category of Unicode, or what several of them have in common."""
    if name in ("LC", "LD"):
        return union(*map(category, ("Lu", "Ll", "Lt") if name == "LC" else ("L", "Nd")))
    return union(*(ranges for known, ranges in _categories().items() if known.startswith(name)))


TESTS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(("IsLowercase", "javaLowerCase"), str.islower),
    **dict.fromkeys(("IsUppercase", "javaUpperCase"), str.isupper),
    "IsCased": lambda character: character.islower() or character.isupper() or character.istitle(),
    "IsAssigned": lambda character: category_of(character) != "Cn",
}


@lru_cache(maxsize=1)
def _categories() -> dict[str, Ranges]:
    found: dict[str, list[tuple[int, int]]] = {}
    start, last = 0, category_of("\0")
    for code in range(1, LAST + 2):
        kind = category_of(chr(code)) if code <= LAST else ""
        if kind != last:
            found.setdefault(last, []).append((start, code - 1))
            start, last = code, kind
    return {kind: tuple(ranges) for kind, ranges in found.items()}


@lru_cache(maxsize=10)
def where(test: Callable[[str], bool]) -> Ranges:
    """All characters that pass a test."""
    return normal((code, code) for code in range(LAST + 1) if test(chr(code)))
