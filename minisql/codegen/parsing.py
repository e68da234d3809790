"""Texts of booleans and numbers, read as ksqlDB's casts and literals read them."""

from __future__ import annotations

from decimal import Decimal

from minisql.codegen.literals import without_negative_zero

SPACE = "".join(map(chr, range(33)))
"""What Java's ``trim`` takes away."""


def parse_boolean(text: str) -> bool:
    """Whether the text is a beginning of "true" or "yes", in whatever case."""
    lowered = text.lower()
    return bool(lowered) and ("true".startswith(lowered) or "yes".startswith(lowered))


def parse_boolean_exactly(text: str) -> bool:
    """The boolean of a beginning of "true", "yes", "false" or "no".

    Raises:
        ValueError: it is none.
    """
    lowered = text.lower()
    if parse_boolean(text):
        return True
    if lowered and ("false".startswith(lowered) or "no".startswith(lowered)):
        return False
    raise ValueError(text)


def parse_sql_double(text: str) -> float:
    """A double that is finite.

    Raises:
        ValueError: it is none.
    """
    from minisql.formats.text import parse_double  # its patterns take time to compile

    number = parse_double(text)
    if number - number != 0:
        raise ValueError(f"Invalid double value: {text}")
    return number


def parse_number(text: str) -> Decimal:
    """A decimal as written; raises ValueError."""
    from minisql.formats.text import parse_decimal

    return without_negative_zero(parse_decimal(text))
