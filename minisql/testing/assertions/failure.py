"""The error of an assertion that does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from minisql.testing.assertions import diff
from minisql.testing.assertions.comparison import Pair
from minisql.testing.assertions.layout import Layout
from minisql.testing.assertions.wanted import Expectation


class AssertionFailed(AssertionError):
    """What lies on a topic, in a table or in a result is not what is expected; the text says what differs and why.

    Args:
        message: the text.
        rows: the cells of a text table that would hold, row by row; None where what is expected is no text table.
    """

    __module__ = "minisql.testing"

    def __init__(self, message: str, rows: Sequence[Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.rows = rows


def check(
    subject: str,
    noun: str,
    pairs: Sequence[Pair],
    expected: Expectation,
    layout: Layout,
    reasons: Callable[[], Iterable[str]],
) -> None:
    """Nothing if all pairs are equal.

    Args:
        subject: what was looked at: "topic BALANCES".
        noun: what a row of it is called: "record".
        reasons: gives what is known of where it comes from.

    Raises:
        AssertionFailed: not all pairs are equal.
    """
    __tracebackhide__ = True
    if all(pair.equal for pair in pairs):
        return
    text = _explanation(subject, noun, pairs, expected, layout, reasons())
    raise AssertionFailed(text, None if expected.text is None else _right_rows(pairs, expected, layout))


def _right_rows(pairs: Sequence[Pair], expected: Expectation, layout: Layout) -> list[list[str]]:
    """What is there, as the rows of the text table: cells that hold are left as they are written."""
    return [
        [
            written if pair.wanted and name in pair.wanted.cells and name not in pair.differing else cell
            for name, cell, written in zip(expected.names, cells, pair.wanted.written if pair.wanted else cells, strict=True)
        ]
        for pair in pairs
        if pair.found is not None
        for cells in [diff.found_cells(pair.found, expected.names, layout)]
    ]


def _explanation(
    subject: str, noun: str, pairs: Sequence[Pair], expected: Expectation, layout: Layout, reasons: Iterable[str]
) -> str:
    wanted = sum(pair.wanted is not None for pair in pairs)
    found = sum(pair.found is not None for pair in pairs)
    head = [f"{subject} is not as expected: {_first(noun, pairs, layout)}"]
    if wanted != found:
        head.append(f"{_count(found, noun)} there, {wanted} expected")
    return "\n".join([*head, "", *diff.lines(pairs, expected.names, layout), "", diff.LEGEND, *reasons])


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
