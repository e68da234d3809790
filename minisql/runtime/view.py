"""The present rows of a table, made from its topic when somebody asks."""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

from minisql.broker import Entry, RecordCodec, Topic
from minisql.broker.partitioner import partition_of
from minisql.broker.transcode import transcode
from minisql.errors import SerdeError
from minisql.planner.steps import StreamWindowedAggregate
from minisql.record import Record
from minisql.runtime.flow import hashable

if TYPE_CHECKING:
    from minisql.planner.lookup import Lookup
    from minisql.runtime.query import PersistentQuery

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.le,
    "<=": operator.le,
    ">": operator.ge,
    ">=": operator.ge,
}
"""Bytes are compared, and both ends belong to the range, as RocksDB has it: the filter drops what is too much."""

MIN_SEGMENT = 60_000


class Layout(Record):
    """How ksqlDB keeps the rows: in a store a partition, and there, for windows, in segments of time.

    Attributes:
        partitions: how many stores there are: as many as the query's source topics have partitions.
        retention: how long windows are kept, in milliseconds; a segment is half as long (Kafka's Stores). None without windows.
    """

    partitions: int = 1
    retention: int | None = None

    @property
    def segment(self) -> int | None:
        """How long a segment is, in milliseconds."""
        return None if self.retention is None else max(self.retention // 2, MIN_SEGMENT)


def layout_of(query: PersistentQuery | None, topic: Topic) -> Layout:
    """The layout of the table that a query writes to a topic; of one without a query its topic says how many stores there are."""
    if query is None or not query.inputs:
        return Layout(topic.partitions)
    step = query.plan.step
    while step.sources and not isinstance(step, StreamWindowedAggregate):
        step = step.sources[0]
    retention = step.window.retention_period if isinstance(step, StreamWindowedAggregate) else None
    return Layout(query.inputs[0].topic.partitions, retention)


class TableView:
    """Key -> entries of a table's topic, brought up to date on each look.

    A running query pays nothing for it: the log is read when a pull query comes, from where the last one stopped.
    A key has one entry, or one for each of its windows.

    Rows come in the order in which ksqlDB's stores are read: partition by partition (KsLocator goes through them in
    their order), of windows segment by segment, and there by the bytes of their keys.
    """

    def __init__(self, topic: Topic, codec: RecordCodec, windowed: bool, layout: Layout) -> None:
        self._topic = topic
        self._codec = codec
        self._windowed = windowed
        self._partitions = layout.partitions
        self._segment = layout.segment
        self._position = 0
        self._foreign: set[int] = set()
        self._entries: dict[Hashable, dict[Hashable, Entry]] = {}
        self._order: list[tuple[Hashable, Hashable]] | None = None

    def refill(self, entries: Iterable[Entry]) -> None:
        """Forget all rows; these are the table now, whatever its topic holds so far."""
        self._entries.clear()
        self._order = None
        for entry in entries:
            self._put(entry)
        self._position = self._topic.end

    def leave_out(self, count: int) -> None:
        """The next records come from outside: in ksqlDB they are on the topic of a query, but not in its store."""
        self._foreign.update(range(self._topic.end, self._topic.end + count))

    def entries(self) -> list[Entry]:
        """The rows, in the order of the stores."""
        self._catch_up()
        if self._order is None:
            found = self._sorted(entry for windows in self._entries.values() for entry in windows.values())
            self._order = list(map(self._place, found))
        return [self._entries[key][window] for key, window in self._order]

    def look_up(self, lookup: Lookup) -> list[Entry]:
        """The rows of the keys and windows that are looked up, in the order of the stores."""
        if lookup.operator != "=":
            return self._range(lookup)
        self._catch_up()
        found = list(self._entries.get(hashable(lookup.key), {}).values())
        if self._windowed:
            found = [entry for entry in found if entry[0][1] in lookup.start and entry[0][2] in lookup.end]
        return self._sorted(found) if len(found) > 1 else found

    def partition(self, entry: Entry) -> int:
        """The number of the store that has the row."""
        return partition_of(self._codec.key.placed_by(entry[0]) or b"", self._partitions)

    def _range(self, lookup: Lookup) -> list[Entry]:
        """The rows of a range of keys; ranges are not used for windowed tables."""
        encode, compare = self._codec.key.encode, COMPARISONS[lookup.operator]
        bound = encode(lookup.key) or b""
        return [entry for entry in self.entries() if compare(encode(entry[0]) or b"", bound)]

    def _sorted(self, entries: Iterable[Entry]) -> list[Entry]:
        encode = self._codec.key.encode
        found = sorted(entries, key=lambda entry: encode(entry[0]) or b"")
        segment = self._segment
        if segment is not None:
            found.sort(key=lambda entry: entry[0][1] // segment)
        if self._partitions > 1:
            found.sort(key=self.partition)
        return found

    def _catch_up(self) -> None:
        if self._position == self._topic.end:
            return
        for codec, run, first in self._topic.read(self._position):
            own = run if not self._foreign else [entry for at, entry in enumerate(run, first) if at not in self._foreign]
            for entry in transcode(own, codec, self._codec, _skip):
                if entry[0] is not None:
                    self._put(entry)
        self._position = self._topic.end

    def _put(self, entry: Entry) -> None:
        key, window = self._place(entry)
        windows = self._entries.setdefault(key, {})
        if (window in windows) != (entry[1] is not None):
            self._order = None
        if entry[1] is not None:
            windows[window] = entry
        else:
            windows.pop(window, None)

    def _place(self, entry: Entry) -> tuple[Hashable, Hashable]:
        if self._windowed:
            return hashable(entry[0][0]), entry[0][1:]
        return hashable(entry[0]), None


def _skip(position: int, side: str, data: bytes | None, error: SerdeError) -> None:
    """A record that nobody can read is not part of the table; the queries on the topic have logged it."""
