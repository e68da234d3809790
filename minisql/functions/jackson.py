"""JSON texts as ksqlDB's JSON functions read and write them: with Jackson, and every digit kept.

A tree is made of dicts, lists, texts, bools, ints, Decimals and None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from minisql import json_text
from minisql.errors import KsqlError

MISSING: Any = type("MissingNode", (), {"__slots__": ()})()
"""The tree of a text without any value."""

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"[\w$]")
_BLACK = re.compile(r"[^ \t\n\r]")


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


_scan: Any = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse).scan_once  # type: ignore[attr-defined]

_FAILURES = (ValueError, StopIteration, ArithmeticError, RecursionError)
"""What the scanner may raise."""


def read(text: str) -> Any:
    """The tree of the first value in a text; what comes after it does not matter, as in Jackson.

    Raises:
        KsqlError: the text is not JSON.
    """
    start = _skip(text, 0)
    if start == len(text):
        return MISSING
    try:
        value, end = _scan(text, start)
    except _FAILURES:
        raise invalid(text) from None
    if isinstance(value, (dict, list, str)):
        return value
    # Jackson wants to see that a word or a number has come to its end.
    rest = _WORD if value is None or isinstance(value, bool) else _BLACK
    if rest.match(text, end):
        raise invalid(text)
    return value


def elements(text: str) -> Iterator[Any]:
    """The elements of the array that a text begins with, up to where the text is no JSON any more."""
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        return
    at = _skip(text, at + 1)
    try:
        while True:
            value, at = _scan(text, at)
            yield value
            at = _skip(text, at)
            if text[at : at + 1] != ",":
                return
            at = _skip(text, at + 1)
    except _FAILURES:
        return


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def invalid(text: str) -> KsqlError:
    """What ksqlDB says to a text that is not the JSON that it wants."""
    return KsqlError(f"Invalid JSON format:{text}")


def write(tree: Any, *, plain: bool = False) -> str:
    """The shortest text of a tree; numbers are written without an exponent when ``plain``.

    >>> write(read('{"a": [1.50, 1e3, "x"]}')), write(read("1e3"), plain=True)
    ('{"a":[1.50,1E+3,"x"]}', '1000')
    """
    if isinstance(tree, dict):
        return "{" + ",".join(f"{quote(name)}:{write(item, plain=plain)}" for name, item in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ",".join(write(item, plain=plain) for item in tree) + "]"
    return _scalar(tree, plain)


def _scalar(value: Any, plain: bool) -> str:
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Decimal):
        # Java's BigDecimal has no negative zero.
        return format(value if value else abs(value), "f" if plain else "")
    if value is MISSING:
        return ""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def quote(text: str) -> str:
    """A text as a JSON string.

    >>> quote("a\\x1fb")
    '"a\\\\u001Fb"'
    """
    return json_text.upper_digits(json_text.quote(text))
