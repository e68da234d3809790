"""JSON texts as Jackson's UTF-8 generator writes them."""

from __future__ import annotations

import re
from json.encoder import encode_basestring as quote

__all__ = ["json_bytes", "quote", "upper_digits"]

_LOWER = re.compile(r"\\\\|\\u00[01][a-f]")
_SURROGATES = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")


def json_bytes(line: str) -> bytes:
    """The bytes of JSON in which strings were written by ``quote``.

    Into bytes, Jackson writes what lies beyond U+FFFF as two escaped surrogates.
    """
    line = upper_digits(line)
    if not line.isascii():
        line = _SURROGATES.sub(_escape, line)
    return line.encode()


def upper_digits(line: str) -> str:
    """JSON in which strings were written by ``quote``, with control characters as Jackson writes them."""
    return _LOWER.sub(_upper, line) if "\\u00" in line else line


def _upper(match: re.Match[str]) -> str:
    return match[0] if match[0] == "\\\\" else "\\u00" + match[0][4:].upper()


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
