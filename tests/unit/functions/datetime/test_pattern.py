"""Patterns of timestamps: which ones Java takes, and why it refuses the others."""

from __future__ import annotations

import pytest

from minisql.functions.datetime.pattern import pattern_fault


@pytest.mark.parametrize("pattern", ["yyyy-MM-dd'T'HH:mm:ss.SSSX", "[yyyy][-MM]", "EEE, d MMM yyyy", "hh:mm a", "'o''clock'"])
def test_patterns_that_java_takes(pattern: str) -> None:
    assert pattern_fault(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("yyyy J", "Unknown pattern letter: J"),
        ("HHH", "Too many pattern letters: H"),
        ("'T", "Pattern ends with an incomplete string literal: 'T"),
        ("yyyy]", "Pattern invalid as it contains ] without previous ["),
        ("{yyyy}", "Pattern includes reserved character: '{'"),
        ("V", "Pattern letter count must be 2: V"),
        ("pp h", "Pad letter 'p' must be followed by valid pad pattern: pp h"),
        ("OO", "Pattern letter count must be 1 or 4: O"),
    ],
)
def test_patterns_that_java_refuses(pattern: str, fault: str) -> None:
    assert pattern_fault(pattern) == fault
