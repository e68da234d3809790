"""The shape of a statement: its text without its literals, so that an INSERT of a known shape is not parsed again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import isinf

from sqlglot import expressions as exp

from minisql.dialect import nodes
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN

MOST_DIGITS = len(str(BIGINT_MAX))

Value = str | int | float | Decimal

# Names in quotes and comments match too, outside the group: what they hold is no literal.
_LITERAL = re.compile(
    r"('(?:[^']|'')*'"
    r"|(?<![A-Za-z0-9_@.])(?:-[ \r\n\t]*)?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_@.]))"
    r"""|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*\n?|/\*(?s:.*?)\*/"""
)


def shape(text: str) -> tuple[str, tuple[Value, ...]]:
    """``text`` with a mark for each literal that also tells its type, and the values of the literals in their order.

    Two texts with equal first parts are the same statement with other values of the same types:
    ``str`` (STRING), ``int`` (INTEGER or BIGINT, by two marks), ``Decimal`` (DECIMAL), ``float`` (DOUBLE).
    """
    values: list[Value] = []

    def mark(match: re.Match[str]) -> str:
        literal = match[1]
        if literal is None:
            return match[0]
        kind, value = _read(literal)
        values.append(value)
        return kind

    return _LITERAL.sub(mark, text), tuple(values)


def _read(literal: str) -> tuple[str, Value]:
    if literal[0] == "'":
        return "?s", literal[1:-1].replace("''", "'")
    number = literal if literal[0] != "-" else "-" + literal[1:].lstrip()
    if "e" in number or "E" in number:
        double = float(number)
        return ("?overflow" if isinf(double) else "?f"), double
    if "." in number:
        return "?d", Decimal(number)
    if not is_bigint(number):
        return "?overflow", Decimal(number)
    integer = int(number)
    return ("?i" if INT_MIN <= integer <= INT_MAX else "?l"), integer


def is_bigint(number: str) -> bool:
    """Whether an integer's digits are a BIGINT's; Python would not read very long ones.

    >>> is_bigint("9223372036854775807"), is_bigint("-9223372036854775809"), is_bigint("1" * 5000), is_bigint("0" * 5000 + "1")
    (True, False, False, True)
    """
    digits = number.lstrip("-").lstrip("0") or "0"
    if len(digits) > MOST_DIGITS:
        return False
    return BIGINT_MIN <= (-int(digits) if number[0] == "-" else int(digits)) <= BIGINT_MAX


def slots(statement: nodes.InsertValues, values: Sequence[Value]) -> tuple[int | None, ...] | None:
    """For each of the statement's VALUES, which of its shape's ``values`` it is (None: no literal at all).

    None in place of the whole: the statement has literals within expressions, and has to be parsed each time.
    """
    found: list[int | None] = []
    taken = 0
    for item in statement.args["values"]:
        if not isinstance(item, exp.Literal):
            if item.find(exp.Literal) is not None:
                return None
            found.append(None)
            continue
        if taken == len(values) or not same(item, values[taken]):
            return None
        found.append(taken)
        taken += 1
    return tuple(found) if taken == len(values) else None


def same(literal: exp.Literal, value: Value) -> bool:
    """Whether a literal of a tree is this one of a shape's values."""
    return literal.this == value if literal.is_string else not isinstance(value, str) and _read(literal.this)[1] == value
