"""State that each partition has of its own.

In Kafka Streams a task processes one partition: its stream time, its windows and what waits in its joins are its own, so
that a row counts as late only by what came before it on its partition. Which partition that is the key decides, by Kafka's
partitioner; a producer who chose another partition by hand is not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from minisql.broker.partitioner import partition_of
from minisql.formats import key_codec
from minisql.formats.info import KeyFormat
from minisql.planner.steps import StreamWindowedAggregate
from minisql.runtime.pipeline import Pipeline
from minisql.schema import Column

T = TypeVar("T")


class Placing:
    """Tells the partition of a key; each key's bytes are made once.

    Args:
        key_format: the format in which the key lies on the topic that is read, or repartitioned by.
        columns: the key's.
        partitions: of that topic.
    """

    def __init__(self, key_format: KeyFormat, columns: tuple[Column, ...], partitions: int) -> None:
        self._placed_by = key_codec(key_format, columns).placed_by
        self._partitions = partitions
        self._known: dict[Hashable, int] = {}

    def __call__(self, key: Any) -> int:
        """The partition; that of no key is 0."""
        try:
            found = self._known.get(key)
        except TypeError:  # a STRUCT or ARRAY key
            return self._compute(key)
        if found is None:
            found = self._known[key] = self._compute(key)
        return found

    def _compute(self, key: Any) -> int:
        data = self._placed_by(key)
        return 0 if data is None else partition_of(data, self._partitions)


class EachPartition(dict[int, T], Generic[T]):
    """Partition -> its state, which is made when the partition's first record comes."""

    def __init__(self, make: Callable[[], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, partition: int) -> T:
        found = self[partition] = self._make()
        return found


def placing_of(key_format: KeyFormat, columns: tuple[Column, ...], partitions: int) -> Placing | None:
    """Tells the partition of a key, where there are several."""
    return None if partitions == 1 else Placing(key_format, columns, partitions)


def placing_of_groups(step: StreamWindowedAggregate, partitions: int) -> Placing | None:
    """Likewise for the keys of an aggregation, whose windows do not decide."""
    return placing_of(KeyFormat(step.key_format.info, step.key_format.features), step.schema.key, partitions)


def own_state(
    states: EachPartition[tuple[Any, ...]],
    placing: Placing | None,
    pipeline: Pipeline,
    key: str,
    hints: Sequence[str],
    then: Sequence[str],
) -> list[str]:
    """Write how the state of the record's partition is got; gives the names under which its parts are read.

    Args:
        states: of each partition, several parts.
        placing: tells the partition of a key, None where there is one only.
        pipeline: what is written.
        key: code of the record's key.
        hints: how the parts are called.
        then: lines that run once a batch, and whenever the partition changes; ``{name}`` stands for a part.
    """
    if placing is None:
        names = [pipeline.bind(part, hint) for part, hint in zip(states[0], hints, strict=True)]
        place = pipeline.prologue
    else:
        names = [pipeline.bindings.fresh(hint) for hint in hints]
        tasks, where = pipeline.bind(states, "tasks"), pipeline.bind(placing, "partition_of")
        pipeline.prologue.line("task = None")
        pipeline.line(f"own = {tasks}[{where}({key})]")
        place = pipeline.code.hole(deeper=True)
        place.line("task = own")
        place.line(f"{''.join(f'{name}, ' for name in names)} = own")
        place.before("if own is not task:")
    for line in then:
        place.line(line.format(**dict(zip(hints, names, strict=True))))
    return names
