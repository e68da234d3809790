"""Strings as a whole: their length, case and parts, and what they are put together from."""

import re

from minisql.errors import KsqlError
from minisql.functions.registry import scalar
from minisql.functions.utf16 import join_units
from minisql.java import utf16_length

CATEGORY = "STRING"

BLANKS = "".join(map(chr, range(0x21)))
"""What Java's ``trim`` takes away: the control characters and the space, no other white space."""

WORD = r"[^ \t\n\x0b\f\r]+[ \t\n\x0b\f\r]*"


@scalar("len(input STRING) -> INT")
def length(text: str) -> int:
    """The length of a text in UTF-16 code units, or the number of bytes.

    >>> LEN('ksqlDB')
    6
    """
    return len(text) if text.isascii() else utf16_length(text)


@scalar("len(input BYTES) -> INT")
def length_of_bytes(data: bytes) -> int:
    """The number of bytes.

    >>> LEN(TO_BYTES('ksqlDB', 'utf8'))
    6
    """
    return len(data)


@scalar("lcase(input STRING) -> STRING")
def lcase(text: str) -> str:
    """A text in lower case.

    >>> LCASE('KsqlDB')
    'ksqldb'
    """
    return text.lower()


@scalar("ucase(input STRING) -> STRING")
def ucase(text: str) -> str:
    """A text in upper case.

    >>> UCASE('KsqlDB')
    'KSQLDB'
    """
    return text.upper()


@scalar("trim(input STRING) -> STRING")
def trim(text: str) -> str:
    """A text without the blanks and control characters at its ends.

    >>> TRIM('  a b ')
    'a b'
    """
    return text.strip(BLANKS)


@scalar("initcap(str STRING) -> STRING")
def initcap(text: str) -> str:
    """Make the first letter of each word a capital and all others small; blanks in front are dropped.

    >>> INITCAP('the   Quick br0wn fOx')
    'The   Quick Br0wn Fox'
    """
    return "".join(map(_capitalised, re.findall(WORD, text.lower())))


def _capitalised(word: str) -> str:
    # Java takes a code unit for a letter, so that there is no capital beyond U+FFFF.
    return word if word[0] > "\uffff" else word[0].upper() + word[1:]


@scalar("concat(inputs STRING...) -> STRING", nulls="pass")
def concat(*texts: str | None) -> str:
    """Put texts, or bytes, one behind the other, leaving NULL out.

    >>> CONCAT('a', NULL, 'b')
    'ab'
    """
    return "".join(filter(None, texts))


@scalar("concat(inputs BYTES...) -> BYTES", nulls="pass")
def concat_bytes(*parts: bytes | None) -> bytes:
    """Put bytes one behind the other, leaving NULL out.

    >>> CONCAT(TO_BYTES('a', 'utf8'), TO_BYTES('b', 'utf8'))
    b'ab'
    """
    return b"".join(filter(None, parts))


@scalar("concat_ws(inputs STRING...) -> STRING", nulls="pass")
def concat_ws(*texts: str | None) -> str | None:
    """Put texts, or bytes, one behind the other with the first argument between them, leaving NULL out.

    >>> CONCAT_WS(', ', 'a', NULL, 'b')
    'a, b'
    """
    _check_count(len(texts))
    separator = texts[0]
    return None if separator is None else separator.join(text for text in texts[1:] if text is not None)


@scalar("concat_ws(inputs BYTES...) -> BYTES", nulls="pass")
def concat_ws_bytes(*parts: bytes | None) -> bytes | None:
    """Put bytes one behind the other with the first argument between them, leaving NULL out.

    >>> CONCAT_WS(TO_BYTES('-', 'utf8'), TO_BYTES('a', 'utf8'), TO_BYTES('b', 'utf8'))
    b'a-b'
    """
    _check_count(len(parts))
    separator = parts[0]
    return None if separator is None else separator.join(part for part in parts[1:] if part is not None)


def _check_count(count: int) -> None:
    if count < 2:
        raise KsqlError("Function Concat_WS expects at least two input arguments.")


@scalar("elt(n INT!, args STRING...) -> STRING", nulls="pass")
def elt(place: int, *texts: str | None) -> str | None:
    """The text at a place, counted from 1, among the arguments that follow; NULL where there is none.

    >>> ELT(2, 'a', 'b')
    'b'
    >>> ELT(3, 'a', 'b')
    """
    return texts[place - 1] if 1 <= place <= len(texts) else None


@scalar("field(str STRING, args STRING...) -> INT", nulls="pass")
def field(text: str | None, *texts: str | None) -> int:
    """The place, counted from 1, of the first argument among those that follow; 0 where it is not one of them.

    >>> FIELD('b', 'a', 'b')
    2
    >>> FIELD(NULL, 'a', 'b')
    0
    """
    return 0 if text is None or text not in texts else texts.index(text) + 1


@scalar("replace(str STRING, oldStr STRING, newStr STRING) -> STRING")
def replace(text: str, old: str, new: str) -> str:
    """Put a new text in each place of an old one.

    >>> REPLACE('banana', 'an', 'AN')
    'bANANa'
    """
    return text.replace(old, new)


@scalar("Chr(decimalCode INT) -> STRING")
def chr_of_code(code: int) -> str | None:
    """The character with a code point, which is a number or a text such as '\\u004b'.

    >>> CHR(75)
    'K'
    >>> CHR(1114112)
    """
    return chr(code) if 0 <= code <= 0x10FFFF else None


@scalar("Chr(utf16Code STRING) -> STRING")
def chr_of_escape(text: str) -> str | None:
    """The text that Java's escapes stand for; NULL where it does not begin with one of a code unit.

    >>> CHR('\\u004b')
    'K'
    """
    if not text.startswith("\\u") or utf16_length(text) < 6:
        return None
    return join_units(re.sub(ESCAPE, _unescaped, text))


ESCAPE = r"(?s)\\(?:u+\+?([0-9A-Fa-f]{4})|([0-3][0-7][0-7]|[0-7]{1,2})|(u.*|[^u]?))"
CONTROLS = {"b": "\b", "n": "\n", "t": "\t", "f": "\f", "r": "\r"}


def _unescaped(escape: re.Match[str]) -> str:
    unit, octal, other = escape.groups()
    if unit or octal:
        return chr(int(unit, 16) if unit else int(octal, 8))
    if other.startswith("u"):
        raise KsqlError(f"Unable to parse unicode value: {other.lstrip('u').removeprefix('+')[:4]}")
    return CONTROLS.get(other, other)
