"""JSON bytes to Python objects, as Jackson's readTree takes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

MISSING: Any = type("MissingNode", (), {"__slots__": ()})()
"""What Jackson finds in a text without any value."""

_EXPECTED = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r"[\w$]+")
_AFTER_NUMBER = re.compile(r"[^ \t\n\r]")


def _refuse(constant: str) -> Any:
    raise ValueError(f"Non-standard token '{constant}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow")


def _scanner(**options: Any) -> Callable[[str, int], tuple[Any, int]]:
    decoder: Any = json.JSONDecoder(**{"parse_constant": _refuse, **options})
    scanner: Callable[[str, int], tuple[Any, int]] = decoder.scan_once
    return scanner


scan = _scanner()
"""``scan(text, at)`` gives the value that starts at ``at``, and where it ends; fractions are floats."""

scan_exact = _scanner(parse_float=Decimal)
"""The same; fractions are Decimals and keep every digit."""

_scan_lenient = _scanner(parse_float=Decimal, parse_constant=float)
"""The same; NaN, Infinity and -Infinity are floats."""

SCAN_ERRORS = (ValueError, StopIteration, ArithmeticError, RecursionError)
"""What scanning may raise."""


def read_tree(data: bytes, lenient: bool = False) -> Any:
    """The first value in ``data``, exact; what follows it does not matter, as in Jackson.

    Args:
        data: the bytes, in any encoding of Unicode.
        lenient: whether there may be NaN, Infinity and -Infinity.

    Raises:
        ValueError: the data is not JSON; the text is Jackson's, or near it.
    """
    return read_text(data.decode(json.detect_encoding(data)), lenient)


def read_text(text: str, lenient: bool = False) -> Any:
    """The same for a text.

    Raises:
        ValueError: it is not JSON.
    """
    start = _SPACE.match(text).end()  # type: ignore[union-attr]
    if start == len(text):
        return MISSING
    try:
        value, end = (_scan_lenient if lenient else scan_exact)(text, start)
    except StopIteration as stop:
        raise ValueError(_complaint(text, stop.value if isinstance(stop.value, int) else start)) from None
    except json.JSONDecodeError as error:
        raise ValueError(_complaint(text, error.pos)) from None
    except ArithmeticError:
        raise ValueError("Malformed numeric value: exponent out of range") from None
    except RecursionError:
        raise ValueError("Document nesting depth exceeds the maximum allowed (1000)") from None
    if not isinstance(value, (str, dict, list)) and _AFTER_NUMBER.match(text, end):
        raise ValueError(_complaint(text, start))
    return value


def _complaint(text: str, at: int) -> str:
    if at >= len(text):
        return "Unexpected end-of-input"
    token = _TOKEN.match(text, at)
    if token and not token[0][0].isdigit():
        return f"Unrecognized token '{token[0]}': was expecting {_EXPECTED}"
    return f"Unexpected character ('{text[at]}' (code {ord(text[at])}))"
