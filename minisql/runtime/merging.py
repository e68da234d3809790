"""The order in which a task takes what lies on several topics, when their partitions are tasks of their own.

Kafka Streams compares, for each partition, the next record of each topic; so a record waits for an earlier one of another
topic only if that lies on the same partition, and behind nothing that is later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING, Any

from minisql.broker import Entry, RecordCodec

if TYPE_CHECKING:
    from minisql.runtime.task import TopicInput

Batch = tuple["TopicInput", RecordCodec, list[Entry], int]
"""(input, codec, entries, index of the first in the topic)."""


def merged(inputs: Sequence[TopicInput]) -> Iterator[Batch]:
    """All that the inputs' topics hold beyond their positions, which come to the end.

    Of records of one time those of tables go first, so that a row finds what was written before it; then FROM's.
    """
    heads: list[tuple[int, bool, int, int, deque[Any]]] = []
    for number, each in enumerate(inputs):
        for partition, waiting in _by_partition(each).items():
            heads.append((waiting[0][0], not each.table, number, partition, waiting))
        each.position = each.topic.end
    heapify(heads)
    batch: Batch | None = None
    while heads:
        _, last, number, partition, waiting = heads[0]
        _, index, codec, entry = waiting.popleft()
        if waiting:
            heapreplace(heads, (waiting[0][0], last, number, partition, waiting))
        else:
            heappop(heads)
        if batch is not None and batch[0] is inputs[number] and batch[1] is codec and index == batch[3] + len(batch[2]):
            batch[2].append(entry)
        else:
            if batch is not None:
                yield batch
            batch = (inputs[number], codec, [entry], index)
    if batch is not None:
        yield batch


def _by_partition(each: TopicInput) -> dict[int, deque[tuple[int, int, RecordCodec, Entry]]]:
    """(time, index, codec, entry) of what waits on each partition."""
    found: dict[int, deque[tuple[int, int, RecordCodec, Entry]]] = {}
    for codec, entries, first in each.topic.read(each.position):
        places = each.topic.placements(first, len(entries))
        for index, (entry, (partition, _)) in enumerate(zip(entries, places, strict=False), first):
            found.setdefault(partition, deque()).append((entry[2], index, codec, entry))
    return found
