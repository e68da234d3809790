"""Where the entries of a topic with several partitions lie."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from typing import Any

from minisql.broker.partitioner import partition_of
from minisql.broker.record import Codec, Entry


class Placement:
    """Partition and offset of each entry of a topic.

    A key's bytes are made once: its partition is remembered per codec. Records without a key go round the
    partitions, so that the same appends always give the same placement.
    """

    __slots__ = ("_ends", "_known", "_next", "_offsets", "_partitions")

    def __init__(self, partitions: int) -> None:
        self._ends = [0] * partitions
        self._next = 0
        self._partitions = array("i")
        self._offsets = array("q")
        self._known: dict[Codec, dict[Hashable, int]] = {}

    def add(self, codec: Codec, entries: Sequence[Entry], partitions: Sequence[int] | None) -> None:
        """Place entries at the end; their keys decide unless ``partitions`` does."""
        chosen = self._by_key(codec, entries) if partitions is None else partitions
        ends, offsets = self._ends, self._offsets
        for partition in chosen:
            offsets.append(ends[partition])
            ends[partition] += 1
        self._partitions.extend(chosen)

    def of(self, index: int) -> tuple[int, int]:
        """Partition and offset of the entry at ``index``."""
        return self._partitions[index], self._offsets[index]

    def ends(self) -> list[int]:
        """The next offset of each partition."""
        return list(self._ends)

    def _by_key(self, codec: Codec, entries: Sequence[Entry]) -> list[int]:
        known = self._known.setdefault(codec, {})
        chosen = []
        for entry in entries:
            key = entry[0]
            try:
                partition = known.get(key)
            except TypeError:  # a STRUCT or ARRAY key
                partition = self._compute(codec, key)
            else:
                if partition is None:
                    partition = self._compute(codec, key)
                    if key is not None:
                        known[key] = partition
            chosen.append(partition)
        return chosen

    def _compute(self, codec: Codec, key: Any) -> int:
        data = codec.placed_by(key)
        if data is not None:
            return partition_of(data, len(self._ends))
        partition = self._next
        self._next = (partition + 1) % len(self._ends)
        return partition
