"""Queries whose output comes back to them, over whatever detour: ksqlDB lets records go round for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.runtime.query import PersistentQuery

if TYPE_CHECKING:
    from minisql.engine import Engine


def bound_circle(engine: Engine, query: PersistentQuery) -> None:
    """Bound what a query may process in one go, if it closes a circle; for a statement returns only when all is processed."""
    topics = {query.sink.topic} if query.sink is not None else set()
    before = -1
    while len(topics) != before:
        before = len(topics)
        for each in engine.queries.values():
            if each.sink is not None and not topics.isdisjoint(each.source_topics):
                topics.add(each.sink.topic)
    if not topics.isdisjoint(query.source_topics):
        query.bound()
