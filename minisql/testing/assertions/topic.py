"""assert_topic: the records of a topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.engine import Engine
from minisql.testing.assertions.comparison import in_any_order, in_order
from minisql.testing.assertions.failure import check
from minisql.testing.assertions.found import records_of
from minisql.testing.assertions.layout import layout_of
from minisql.testing.assertions.place import place_of
from minisql.testing.assertions.reasons import reasons_for
from minisql.testing.assertions.wanted import expectation


def check_topic(engine: Engine, name: str, rows: Any, start: int, ordered: bool, columns: Sequence[str] | None) -> None:
    """See ``KsqlConnection.assert_topic``."""
    __tracebackhide__ = True
    topic, source = place_of(engine, name)
    layout = layout_of(source)
    expected = expectation(rows, layout, columns)
    found = records_of(engine.broker.topic(topic), source, layout, start)
    pairs = (in_order if ordered else in_any_order)(expected.rows, found, layout)
    check(f"topic {topic}", "record", pairs, expected, layout, lambda: reasons_for(engine, topic, pairs))
