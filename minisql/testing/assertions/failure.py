"""The error of an assertion that does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minisql.testing.assertions import diff
from minisql.testing.assertions.comparison import Pair
from minisql.testing.assertions.layout import Layout


class AssertionFailed(AssertionError):
    """What lies on a topic, in a table or in a result is not what is expected; the text says what differs and why."""


def explanation(
    subject: str, noun: str, pairs: Sequence[Pair], names: Sequence[str], layout: Layout, reasons: Iterable[str] = ()
) -> str:
    """The text of a failure.

    Args:
        subject: what was looked at: "topic BALANCES".
        noun: what a row of it is called: "record".
        reasons: what is known of where it comes from.
    """
    wanted = sum(pair.wanted is not None for pair in pairs)
    found = sum(pair.found is not None for pair in pairs)
    head = [f"{subject} is not as expected: {_first(noun, pairs, layout)}"]
    if wanted != found:
        head.append(f"{_count(found, noun)} there, {wanted} expected")
    return "\n".join([*head, "", *diff.lines(pairs, names, layout), "", diff.LEGEND, *reasons])


def _first(noun: str, pairs: Sequence[Pair], layout: Layout) -> str:
    """The first pair that differs, in words."""
    pair = next(pair for pair in pairs if not pair.equal)
    if pair.found is None:
        return f"a {noun} is missing"
    if pair.wanted is None:
        return f"{noun} {pair.found.index} is not expected"
    return f"{noun} {pair.found.index}: {diff.said(pair, layout)}"


def _count(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number} {noun}s are"
