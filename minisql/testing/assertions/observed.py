"""Topics that assertions look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from minisql.engine import Engine
from minisql.testing.assertions.comparison import Pair
from minisql.testing.assertions.found import Found, records_of
from minisql.testing.assertions.layout import Layout, layout_of
from minisql.testing.assertions.place import place_of
from minisql.testing.assertions.reasons import reasons_for

Compare = Callable[[list[Found]], list[Pair]]
"""Pairs the records that are there with those that are expected."""


class Observed(Protocol):
    """A topic.

    Attributes:
        topic: its name.
        source: the name of the source that says what lies there; the topic's without one.
        layout: the columns of its records.
    """

    topic: str
    source: str
    layout: Layout

    def settled(self, start: int, compare: Compare) -> list[Pair]:
        """The records from the number ``start`` on, compared, when no more are to be expected."""

    def reasons(self, pairs: Sequence[Pair]) -> Iterator[str]:
        """What is known of where they come from, in lines."""


class InProcess:
    """A topic of an engine in the process.

    Args:
        name: of the topic, or of a source.

    Raises:
        InterfaceError: there is none.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self.topic, source = place_of(engine, name)
        self.source = self.topic if source is None else source.name
        self.layout = layout_of(source)
        self._engine = engine
        self._source = source

    def settled(self, start: int, compare: Compare) -> list[Pair]:
        """All that is there: what statements do is done when they return."""
        return compare(records_of(self._engine.broker.topic(self.topic), self._source, self.layout, start))

    def reasons(self, pairs: Sequence[Pair]) -> Iterator[str]:
        """Queries, and the records of which they made what is there."""
        return reasons_for(self._engine, self.topic, pairs)
