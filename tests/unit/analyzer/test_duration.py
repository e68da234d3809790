"""Durations as properties give them."""

from __future__ import annotations

import pytest

from minisql.analyzer.duration import milliseconds, parse_duration
from minisql.errors import KsqlError


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10 SECONDS", 10_000), ("1 minute", 60_000), ("2 Days", 172_800_000), ("1500000 NANOSECONDS", 1), ("-1 HOUR", -3_600_000)],
)
def test_durations(text: str, expected: int) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10", "Expected 2 tokens, got: 1"),
        ("10  SECONDS", "Expected 2 tokens, got: 3"),
        ("ten SECONDS", "Not numeric: 'ten'"),
        ("1_0 SECONDS", "Not numeric: '1_0'"),
    ],
)
def test_what_is_no_duration(text: str, reason: str) -> None:
    with pytest.raises(KsqlError) as caught:
        parse_duration(text)
    assert caught.value.message == f"Invalid duration: '{text}'. {reason}"


def test_units_saturate_as_in_java() -> None:
    assert milliseconds(10**9, "DAYS") == (2**63 - 1) // 1_000_000
