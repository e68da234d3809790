"""Durations: ``'10 SECONDS'`` of a property, and ``10 SECONDS`` of a clause."""

from __future__ import annotations

from minisql.errors import KsqlError
from minisql.types import BIGINT_MAX

NANOSECONDS = {
    "NANOSECONDS": 1,
    "MICROSECONDS": 1_000,
    "MILLISECONDS": 1_000_000,
    "SECONDS": 1_000_000_000,
    "MINUTES": 60_000_000_000,
    "HOURS": 3_600_000_000_000,
    "DAYS": 86_400_000_000_000,
}
"""Unit to nanoseconds: those of Java's TimeUnit, in its order."""


def milliseconds(size: int, unit: str) -> int:
    """``size`` units in milliseconds, rounded down; ``unit`` in any case, with or without its S.

    Raises:
        KsqlError: there is no such unit.
    """
    name = unit.upper()
    plural = name if name.endswith("S") else name + "S"
    if plural not in NANOSECONDS:
        raise KsqlError(f"Unknown time unit: '{name}'\nSupported time units are: {', '.join(NANOSECONDS)}")
    # TimeUnit.toNanos saturates at Long.MAX_VALUE, some 292 years.
    return min(size * NANOSECONDS[plural], BIGINT_MAX) // 1_000_000


def parse_duration(text: str) -> int:
    """The milliseconds of a text such as ``10 SECONDS``.

    Raises:
        KsqlError: it is not a number and a unit with one blank between them.
    """
    parts = _java_split(text)
    try:
        if len(parts) != 2:
            raise KsqlError(f"Expected 2 tokens, got: {len(parts)}")
        return milliseconds(_number(parts[0]), parts[1])
    except KsqlError as error:
        raise KsqlError(f"Invalid duration: '{text}'. {error.message}") from None


def _java_split(text: str) -> list[str]:
    """Java's ``split("\\\\s")``: every blank separates, empty parts at the end are dropped."""
    import re

    parts = re.split(r"\s", text)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _number(text: str) -> int:
    try:
        if "_" not in text:
            return int(text)
    except ValueError:
        pass
    raise KsqlError(f"Not numeric: '{text}'")
