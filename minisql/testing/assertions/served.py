"""Topics of a server, as push queries show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minisql.engine import Session, resolved_name
from minisql.errors import InterfaceError
from minisql.names import PSEUDO_COLUMNS, ROWTIME, WINDOW_BOUNDS, quote
from minisql.remote.engine import RemoteEngine
from minisql.remote.values import columns_of
from minisql.schema import Schema
from minisql.testing.assertions.comparison import Pair
from minisql.testing.assertions.found import Found
from minisql.testing.assertions.layout import Layout, layout_of_schema
from minisql.testing.assertions.observed import Compare
from minisql.testing.tenant.description import schema_text
from minisql.testing.tenant.properties import UNCACHED

EXTRA = 0.5
"""Seconds in which records may still come that are not expected."""


class Served:
    """A topic of a server on which there is a source: a stream's records, but for those without a value, or a table's.

    They are numbered as they come: those of one partition in their order. Of a tombstone nothing is known but its key.

    Args:
        name: of the topic, or of a source.
        patience: seconds within which the next record that is expected has to come.

    Raises:
        InterfaceError: there is no such source.
    """

    def __init__(self, engine: RemoteEngine, name: str, patience: float) -> None:
        self._engine = engine
        self._patience = patience
        self._described = _description(engine, name)
        self.topic, self.source = str(self._described["topic"]), str(self._described["name"])
        schema = Schema(columns_of(schema_text(self._described["fields"])))
        self.layout: Layout = layout_of_schema(schema, bool(self._described["windowType"]))

    def settled(self, start: int, compare: Compare) -> list[Pair]:
        """The records as soon as they are as expected, or no more come."""
        pseudo = ", ".join(f"{name} AS {name}" for name in PSEUDO_COLUMNS)
        text = f"SELECT *, {pseudo} FROM {quote(self.source)} EMIT CHANGES;"
        [result] = self._engine.execute(text, Session(dict(UNCACHED)))
        feed: Any = getattr(result, "push", None)
        names = [column.name for column in getattr(result, "columns", ())]
        records: list[Found] = []
        try:
            while True:
                rows = [dict(zip(names, row, strict=True)) for _, row, _, _ in feed.take()]
                records += [self._found(row, number) for number, row in enumerate(rows, len(records))]
                pairs = compare(records[start:])
                wait = EXTRA if all(pair.equal for pair in pairs) else self._patience
                if not feed.wait(wait) or not feed.ready:
                    break
        finally:
            feed.stop()
        if feed.error is not None:
            raise feed.error
        return pairs

    def _found(self, row: dict[str, Any], number: int) -> Found:
        """A deletion has no time."""
        if row[ROWTIME] is not None:
            return Found(row, False, number)
        return Found({name: row.get(name) for name in (*self.layout.keys, *WINDOW_BOUNDS)}, True, number)

    def reasons(self, pairs: Sequence[Pair]) -> Iterator[str]:
        """The queries that write it."""
        yield ""
        writers = self._described["writeQueries"]
        if not writers:
            yield f"no query writes topic {self.topic}"
        for query in writers:
            yield f"written by {query['id']}:"
            yield f"    {query['queryString']}"


def _description(engine: RemoteEngine, name: str) -> Mapping[str, Any]:
    lists = engine.ksql("LIST STREAMS EXTENDED; LIST TABLES EXTENDED;", Session())
    found = [each for entity in lists for each in entity["sourceDescriptions"]]
    on_topic = [each for each in found if each["topic"] == name]
    named = [each for each in found if each["name"] == resolved_name(name)]
    candidates: list[Mapping[str, Any]] = [each for each in named if each in on_topic] + sorted(on_topic, key=_unwritten) + named
    if not candidates:
        raise InterfaceError(f"the server has no source called {name}, and none on such a topic")
    return candidates[0]


def _unwritten(description: Mapping[str, Any]) -> bool:
    return not description["writeQueries"]
