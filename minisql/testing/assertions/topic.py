"""assert_topic: the records of a topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.engine import Engine, resolved_name
from minisql.errors import InterfaceError
from minisql.metastore import Source
from minisql.testing.assertions.comparison import in_any_order, in_order
from minisql.testing.assertions.failure import AssertionFailed, explanation
from minisql.testing.assertions.found import records_of
from minisql.testing.assertions.layout import layout_of
from minisql.testing.assertions.wanted import expectation


def check_topic(engine: Engine, name: str, rows: Any, start: int, ordered: bool, columns: Sequence[str] | None) -> None:
    """See ``KsqlConnection.assert_topic``."""
    __tracebackhide__ = True
    topic, source = place_of(engine, name)
    layout = layout_of(source)
    expected = expectation(rows, layout, columns)
    found = records_of(engine.broker.topic(topic), source, layout, start)
    pairs = (in_order if ordered else in_any_order)(expected.rows, found, layout)
    if all(pair.equal for pair in pairs):
        return
    raise AssertionFailed(explanation(f"topic {topic}", "record", pairs, expected.names, layout))


def place_of(engine: Engine, name: str) -> tuple[str, Source | None]:
    """The topic that a name means, and the source that says what lies there.

    A topic's exact name goes first, then a source's, as SQL resolves it. Of several sources on a topic the one that has
    the name, else the one whose query writes it, else the oldest.

    Raises:
        InterfaceError: there is no such topic or source.
    """
    resolved = engine.metastore.source(resolved_name(name))
    if name not in engine.broker.topics:
        if resolved is None:
            known = ", ".join(dict.fromkeys([*engine.broker.topics, *engine.metastore.sources])) or "none"
            raise InterfaceError(f"there is no topic and no source called {name}; there are {known}")
        return resolved.topic, resolved
    if resolved is not None and resolved.topic == name:
        return name, resolved
    sources = [source for source in engine.metastore.sources.values() if source.topic == name]
    written = [source for source in sources if source.query_id is not None]
    return name, next(iter(written + sources), None)
