"""Texts of numbers and bytes, read as Java reads them."""

from __future__ import annotations

import re
from binascii import a2b_base64
from decimal import Decimal, InvalidOperation

from minisql import java
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN

_PLAIN_FLOAT = re.compile(r"-?\d+\.\d+", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+")
_FLOAT = re.compile(r"[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?)", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,10})?")
_UNPADDED = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def parse_int(text: str) -> int:
    """``Integer.parseInt``; raises ValueError with Java's text."""
    return _parse_whole(text, INT_MIN, INT_MAX)


def parse_long(text: str) -> int:
    """``Long.parseLong``; raises ValueError with Java's text."""
    return _parse_whole(text, BIGINT_MIN, BIGINT_MAX)


def parse_double(text: str) -> float:
    """``Double.parseDouble``; raises ValueError with Java's text."""
    if _PLAIN_FLOAT.fullmatch(text):
        return float(text)
    trimmed = text.strip(_JAVA_SPACE)
    if not trimmed:
        raise ValueError("empty String")
    if _FLOAT.fullmatch(trimmed):
        return float(trimmed if trimmed.endswith(("Infinity", "NaN")) else trimmed.rstrip("fFdD"))
    raise ValueError(_for_input(text))


def parse_decimal(text: str) -> Decimal:
    """``new BigDecimal(text)``; raises ValueError."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError(_not_decimal(text))
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("Too many nonzero exponent digits.") from None


def parse_base64(text: str) -> bytes:
    """The bytes of base64 text with padding; raises ValueError with ksqlDB's text."""
    if not _BASE64.fullmatch(text):
        raise ValueError(f"Value is not a valid Base64 encoded string: {text}")
    return a2b_base64(text)


def parse_unpadded_base64(text: str) -> bytes:
    """The bytes of base64 text, with padding or without, as ``Base64.getDecoder()`` reads it; raises ValueError."""
    if not _UNPADDED.fullmatch(text):
        raise ValueError(f"Value is not a valid Base64 encoded string: {text}")
    return a2b_base64(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def fit(number: Decimal, precision: int, scale: int) -> Decimal:
    """``number`` with exactly ``scale`` decimals.

    Raises:
        ValueError: it is too big for DECIMAL(precision, scale), or would have to be rounded.
    """
    digits = precision - scale
    if not number:
        number = number.copy_abs()  # Java's decimals know no negative zero
    if number and number.adjusted() >= digits:
        raise ValueError(
            f"Numeric field overflow: A field with precision {precision} and scale {scale} "
            f"must round to an absolute value less than 10^{digits}. Got {_plain(number)}"
        )
    exponent = number.as_tuple().exponent
    if exponent == -scale:
        return number
    fitted = java.set_scale(number, scale)
    if fitted == number:
        return fitted
    has = len(number.as_tuple().digits)
    raise ValueError(
        f"Cannot fit decimal '{_plain(number)}' into DECIMAL({precision}, {scale}) without rounding. "
        f"(Requires {has},{-int(exponent)})"
    )


def _plain(number: Decimal) -> str:
    # A text of "1E-999999999" without exponent would fill the memory.
    return java.decimal_text(number) if abs(int(number.as_tuple().exponent)) < 10_000 else str(number)


_JAVA_SPACE = "".join(map(chr, range(33)))
"""What ``String.trim`` takes away."""


def _parse_whole(text: str, least: int, most: int) -> int:
    if len(text) < 10 and text.isdecimal():
        return int(text)
    # The limit on the length keeps Python from refusing, or from working long on, an endless text.
    if _WHOLE.fullmatch(text) and len(text.lstrip("+-0")) < 20:
        number = int(text)
        if least <= number <= most:
            return number
    raise ValueError(_for_input(text))


def _for_input(text: str) -> str:
    return f'For input string: "{text}"'


def _not_decimal(text: str) -> str:
    if not text:
        return "Index 0 out of bounds for length 0"
    odd = next((char for char in text if not (char.isdigit() or char in ".eE")), None)
    if odd is None or odd in "+-":
        return "No digits found."
    return f'Character {odd} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.'
