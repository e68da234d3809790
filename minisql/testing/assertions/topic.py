"""assert_topic: the records of a topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.testing.assertions.comparison import in_any_order, in_order
from minisql.testing.assertions.failure import check
from minisql.testing.assertions.observed import Observed
from minisql.testing.assertions.wanted import expectation


def check_topic(observed: Observed, rows: Any, start: int, ordered: bool, columns: Sequence[str] | None) -> None:
    """See ``KsqlConnection.assert_topic``."""
    __tracebackhide__ = True
    layout = observed.layout
    expected = expectation(rows, layout, columns)
    compare = in_order if ordered else in_any_order
    pairs = observed.settled(start, lambda records: compare(expected.rows, records, layout))
    check(f"topic {observed.topic}", "record", pairs, expected, layout, lambda: observed.reasons(pairs))
