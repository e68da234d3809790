"""Escapes of single characters: ``\\t``, ``\\x41``, ``\\u0041``, ``\\0101``, ``\\cA``, ``\\N{DIGIT ONE}``."""

from __future__ import annotations

from minisql.functions.java_regex.reader import Reader

PLAIN = {"a": 0x07, "e": 0x1B, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09}
_HEX = "0123456789abcdefABCDEF"


def code_point(reader: Reader, letter: str) -> int:
    """The character that an escape stands for; ``letter`` is what follows the backslash, and is passed already.

    Raises:
        PatternError: there is no such escape.
    """
    if letter in PLAIN:
        return PLAIN[letter]
    read = _READERS.get(letter)
    if read is not None:
        return read(reader)
    if not letter:
        reader.fail("Unexpected internal error")
    if letter.isascii() and letter.isalnum():
        reader.fail("Illegal/unsupported escape sequence")
    return ord(letter)


def _octal(reader: Reader) -> int:
    digits = ""
    while len(digits) < (3 if digits[:1] in "0123" else 2) and reader.text[reader.at : reader.at + 1] in set("01234567"):
        digits += reader.raw()
    if not digits:
        reader.fail("Illegal octal escape sequence")
    return int(digits, 8)


def _hexadecimal(reader: Reader) -> int:
    if not reader.text.startswith("{", reader.at):
        return _digits(reader, 2, "Illegal hexadecimal escape sequence")
    reader.at += 1
    digits = reader.until("}", "Unclosed hexadecimal escape sequence")
    if not digits or not set(digits) <= set(_HEX):
        reader.fail("Illegal hexadecimal escape sequence")
    if int(digits, 16) > 0x10FFFF:
        reader.fail("Hexadecimal codepoint is too big")
    return int(digits, 16)


def _unit(reader: Reader) -> int:
    """A code unit, or two that are one character."""
    code = _digits(reader, 4, "Illegal Unicode escape sequence")
    if 0xD800 <= code < 0xDC00 and reader.text.startswith("\\u", reader.at):
        back = reader.at
        reader.at += 2
        low = _digits(reader, 4, "Illegal Unicode escape sequence")
        if 0xDC00 <= low < 0xE000:
            return 0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00
        reader.at = back
    return code


def _digits(reader: Reader, count: int, complaint: str) -> int:
    digits = reader.text[reader.at : reader.at + count]
    if len(digits) < count or not set(digits) <= set(_HEX):
        reader.fail(complaint)
    reader.at += count
    return int(digits, 16)


def _control(reader: Reader) -> int:
    character = reader.raw()
    if not character:
        reader.fail("Illegal control escape sequence")
    return ord(character) ^ 64


def _named(reader: Reader) -> int:
    from unicodedata import lookup

    if not reader.take("{"):
        reader.fail("Illegal character name escape sequence")
    name = reader.until("}", "Unclosed character name escape sequence")
    try:
        return ord(lookup(name))
    except (KeyError, TypeError):
        reader.fail(f"Unknown character name [{name}]")


_READERS = {"0": _octal, "x": _hexadecimal, "u": _unit, "c": _control, "N": _named}
