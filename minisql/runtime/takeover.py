"""CREATE OR REPLACE of a query: the new one goes on with the state of the old one, from where it stopped.

Kafka Streams finds the old stores under the application's id, and computes from them whatever the new steps want to know:
what a filter would have let through before, and what a pull query sees.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from minisql.broker import Entry, Topic
from minisql.errors import QueryError, SerdeError
from minisql.planner.steps import Sink, StreamAggregate
from minisql.runtime.build import chain_of
from minisql.runtime.launch import Surroundings, build_of, build_persistent
from minisql.runtime.operators.sink import build_sink
from minisql.runtime.query import PersistentQuery
from minisql.runtime.task import Task, TopicInput


def build_successor(query: PersistentQuery, old: PersistentQuery, around: Surroundings) -> Callable[[], list[Entry]]:
    """Build the functions of ``query``.

    Returns:
        what starts it in the place of ``old``, which ends, and gives the rows of the table that it writes, as they are by
        its plan; nothing of them goes to the topic, as in ksqlDB. A stream has none.
    """
    query.stores = old.stores
    start = build_persistent(query, around)

    def take_over() -> list[Entry]:
        start()
        old.stop()
        query.go_on_from(old)
        if not query.plan.is_table:
            return []
        with around.log.silent():
            return _rows(query, around)

    return take_over


def _rows(query: PersistentQuery, around: Surroundings) -> list[Entry]:
    sink = query.plan.step
    assert isinstance(sink, Sink)
    rows: list[Entry] = []
    aggregate = next((step for step in chain_of(sink) if isinstance(step, StreamAggregate)), None)
    if aggregate is None:
        for each in query.inputs:
            _replay(each, rows)
    else:
        groups: dict[Any, list[Any]] = query.stores.open(aggregate.context, dict)
        run = build_of(query, around).from_groups(aggregate, sink.below, partial(build_sink, sink))
        run(list(groups.items()), None, rows)
    return rows


def _replay(each: TopicInput, rows: list[Entry]) -> None:
    """Take what a table's topic held so far through the new function."""
    task = Task([each], rows.extend, _skip, _die)
    for codec, entries, first in each.topic.read(0, each.position):
        task.feed(each, codec, entries, first)


def _skip(topic: Topic, index: int, side: str, data: bytes | None, error: SerdeError) -> None:
    """The old query has logged what could not be read."""


def _die(error: QueryError) -> None:
    raise error
