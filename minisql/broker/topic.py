"""A topic: an append-only list of entries, kept as runs that share a codec."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING

from minisql.broker.record import Entry, RecordCodec

if TYPE_CHECKING:
    from minisql.broker.placement import Placement

SEVEN_DAYS = 604_800_000


class Topic:
    """A named log in memory.

    Entries of all partitions are in one list, in the order in which they were appended. The engine's lock is the
    topic's lock.

    Attributes:
        end: the index of the next entry.
        compacted: Kafka would keep the last entry of each key.
        retention_ms: how long Kafka would keep entries; nothing is ever removed here.
        subscribers: called without arguments after each append.
    """

    __slots__ = (
        *("_codecs", "_placement", "_runs", "_starts"),
        *("compacted", "end", "name", "partitions", "replicas", "retention_ms", "subscribers"),
    )

    def __init__(self, name: str, partitions: int = 1, replicas: int = 1) -> None:
        self.name = name
        self.partitions = partitions
        self.replicas = replicas
        self.compacted = False
        self.retention_ms = SEVEN_DAYS
        self.end = 0
        self.subscribers: list[Callable[[], None]] = []
        self._codecs: list[RecordCodec] = []
        self._runs: list[list[Entry]] = []
        self._starts: list[int] = []
        self._placement = None if partitions == 1 else _placement(partitions)

    def outline(self) -> Topic:
        """A topic of the same name and configuration, with nothing on it."""
        copy = Topic(self.name, self.partitions, self.replicas)
        copy.compacted = self.compacted
        copy.retention_ms = self.retention_ms
        return copy

    def append(self, codec: RecordCodec, entries: Sequence[Entry], partitions: Sequence[int] | None = None) -> None:
        """Add entries that ``codec`` can encode, and tell the subscribers.

        Args:
            codec: how the entries become bytes.
            entries: they are copied into the log; the caller keeps the list.
            partitions: the partition of each entry, where the producer has chosen them.

        Raises:
            ValueError: a partition does not exist.
        """
        if partitions is not None:
            self._check(partitions)
        if self._placement is not None:
            self._placement.add(codec.key, entries, partitions)
        if self._codecs and (self._codecs[-1] is codec or self._codecs[-1] == codec):
            self._runs[-1].extend(entries)
        else:
            self._codecs.append(codec)
            self._runs.append(list(entries))
            self._starts.append(self.end)
        self.end += len(entries)
        for notify in tuple(self.subscribers):
            notify()

    def replace(self, index: int, codec: RecordCodec, entry: Entry) -> None:
        """Put an entry that ``codec`` can encode in the place of another; those who have read that one are not told."""
        run = bisect_right(self._starts, index) - 1
        start, have, entries = self._starts[run], self._codecs[run], self._runs[run]
        at = index - start
        parts = [(start, have, entries[:at]), (index, codec, [entry]), (index + 1, have, entries[at + 1 :])]
        kept = [part for part in parts if part[2]]
        self._starts[run : run + 1] = [part[0] for part in kept]
        self._codecs[run : run + 1] = [part[1] for part in kept]
        self._runs[run : run + 1] = [part[2] for part in kept]

    def read(self, start: int, stop: int | None = None) -> Iterator[tuple[RecordCodec, list[Entry], int]]:
        """The entries from index ``start`` up to ``stop`` (by default the present end).

        Gives ``(codec, entries, index of the first)`` for each run of one codec.
        """
        stop = self.end if stop is None else min(stop, self.end)
        run = bisect_right(self._starts, start) - 1
        while start < stop:
            base = self._starts[run]
            entries = self._runs[run][start - base : stop - base]
            yield self._codecs[run], entries, start
            start += len(entries)
            run += 1

    def placement(self, index: int) -> tuple[int, int]:
        """Partition and offset of the entry at ``index``."""
        return (0, index) if self._placement is None else self._placement.of(index)

    def placements(self, index: int, count: int) -> Iterable[tuple[int, int]]:
        """Partition and offset of ``count`` entries from ``index`` on."""
        if self._placement is None:
            return zip(repeat(0), range(index, index + count))
        return map(self._placement.of, range(index, index + count))

    def end_offsets(self) -> list[int]:
        """The next offset of each partition."""
        return [self.end] if self._placement is None else self._placement.ends()

    def offsets_at(self, index: int) -> list[int]:
        """The next offset of each partition for a reader that has come up to ``index``."""
        offsets = [0] * self.partitions
        for partition, offset in self.placements(0, index):
            offsets[partition] = offset + 1
        return offsets

    def _check(self, partitions: Sequence[int]) -> None:
        for partition in set(partitions):
            if not 0 <= partition < self.partitions:
                # The text of Kafka's producer.
                raise ValueError(f"Invalid partition given with record: {partition} is not in the range [0...{self.partitions}).")


def _placement(partitions: int) -> Placement:
    from minisql.broker.placement import Placement  # many a topic has one partition

    return Placement(partitions)
