"""What moves records: a task reads topics through the functions of a plan; the scheduler runs tasks in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from minisql.broker import Entry, RecordCodec, Topic
from minisql.errors import QueryError, SerdeError, UnsupportedError

if TYPE_CHECKING:
    from minisql.runtime.build import Run
    from minisql.runtime.merging import Batch

BATCH = 4096
"""Records taken through a function at once: large enough to make calls cheap, small enough to stay in the cache."""

CIRCLE = 100_000
"""Records that a query may process in one go when what it writes comes back to it."""

BadRecord = Callable[[Topic, int, str, "bytes | None", SerdeError], None]
"""(topic, index, "key" | "value", bytes, error): a record that could not be read."""


class TopicInput:
    """A topic that a task reads, up to ``position``, as ``codec`` sees it; ``table``: its records are a table's."""

    def __init__(self, topic: Topic, codec: RecordCodec, run: Run, placed: bool, position: int = 0, table: bool = False) -> None:
        self.topic = topic
        self.codec = codec
        self.run = run
        self.placed = placed
        self.position = position
        self.table = table

    def head(self) -> int:
        """The timestamp of the next record, which is there."""
        _, entries, _ = next(self.topic.read(self.position, self.position + 1))
        return entries[0][2]


class Task:
    """Takes records of its inputs through their functions, and delivers what comes out.

    Args:
        inputs: the topics read; with several, the lowest timestamp of a partition goes first, as in Kafka Streams.
        deliver: given the output of each batch.
        bad_record: told of records that cannot be read; they are skipped.
        fail: told when a function raises: an aggregate or a sink that cannot go on.

    ``left`` is how many records it may still process in this go, None where nothing bounds them.
    """

    def __init__(
        self,
        inputs: Sequence[TopicInput],
        deliver: Callable[[list[Entry]], None],
        bad_record: BadRecord,
        fail: Callable[[QueryError], None],
    ) -> None:
        self.inputs = list(inputs)
        self.active = False
        self.queued = False
        self.left: int | None = None
        self._batches: deque[Batch] = deque()
        self._deliver = deliver
        self._bad_record = bad_record
        self._fail = fail

    def advance(self) -> None:
        """Process all that the topics hold beyond the present positions."""
        while self.active:
            if self._batches:
                self.feed(*self._batches.popleft())
                continue
            waiting = [each for each in self.inputs if each.position < each.topic.end]
            if not waiting:
                return
            if len(waiting) == 1:
                self._read(waiting[0], None)
            elif any(each.topic.partitions > 1 for each in waiting):
                self._merge(waiting)
            else:
                self._read_earliest(waiting)

    def _merge(self, waiting: Sequence[TopicInput]) -> None:
        from minisql.runtime.merging import merged  # few queries start on several topics with something on them

        self._batches.extend(merged(waiting))

    def _read_earliest(self, waiting: Sequence[TopicInput]) -> None:
        """From the input whose next record is the earliest, all that come before the next record of another.

        Of records of one time those of tables go first, so that a row finds what was written before it; then FROM's.
        """
        turns = [(each.head(), not each.table, number) for number, each in enumerate(waiting)]
        first, second = sorted(turns)[:2]
        limit = second[0] if first[1:] < second[1:] else second[0] - 1
        self._read(waiting[first[2]], limit)

    def _read(self, each: TopicInput, limit: int | None) -> None:
        """Feed the next batch; with a limit only up to the first record that is later."""
        for codec, entries, first in each.topic.read(each.position, each.position + BATCH):
            if limit is not None:
                count = next((i for i, entry in enumerate(entries) if entry[2] > limit), len(entries))
                entries, done = entries[:count], count < len(entries)
            else:
                done = False
            each.position = first + len(entries)
            self.feed(each, codec, entries, first)
            if done or not self.active:
                return

    def feed(self, each: TopicInput, codec: RecordCodec, entries: list[Entry], first: int) -> None:
        """Take entries through one input's function; ``first`` is the index of the first in the topic."""
        if self.left is not None:
            self._spend(self.left, len(entries))
        places = list(each.topic.placements(first, len(entries))) if each.placed else None
        if codec != each.codec:
            entries, places = self._transcode(each, codec, entries, first, places)
        out: list[Entry] = []
        try:
            each.run(entries, places, out)
        except Exception as error:
            self._deliver(out)
            if self.active:  # LIMIT was not reached before
                self._fail(query_error(each, error))
        else:
            self._deliver(out)

    def _spend(self, left: int, count: int) -> None:
        self.left = left - count
        if self.left < 0:
            error = UnsupportedError("records that go round in a circle of queries without end")
            self._fail(QueryError(error.message))
            raise error

    def _transcode(
        self,
        each: TopicInput,
        codec: RecordCodec,
        entries: list[Entry],
        first: int,
        places: list[tuple[int, int]] | None,
    ) -> tuple[list[Entry], list[tuple[int, int]] | None]:
        from minisql.broker.transcode import transcode  # many a topic is read as it was written

        bad: set[int] = set()

        def on_error(position: int, side: str, data: bytes | None, error: SerdeError) -> None:
            bad.add(position)
            self._bad_record(each.topic, first + position, side, data, error)

        converted = transcode(entries, codec, each.codec, on_error)
        if places is not None and bad:
            places = [place for position, place in enumerate(places) if position not in bad]
        return converted, places


def query_error(each: TopicInput, error: Exception) -> QueryError:
    """The error of a query that died of ``error``."""
    result = QueryError(f"Exception caught in process. topic={each.topic.name}: {error}", 50000)
    result.__cause__ = error
    return result


class Scheduler:
    """The one queue: tasks whose topics have grown, first come first served."""

    def __init__(self) -> None:
        self._ready: deque[Task] = deque()
        self._bounded: list[Task] = []

    def bound(self, task: Task) -> None:
        """Let the task process but so many records each time that all is drained.

        Beyond them it dies, and ``drain`` raises UnsupportedError.
        """
        self._bounded.append(task)
        task.left = CIRCLE

    def wake(self, task: Task) -> None:
        """Put the task into the queue, unless it waits there already."""
        if task.active and not task.queued:
            task.queued = True
            self._ready.append(task)

    def drain(self) -> None:
        """Run tasks until none is ready."""
        ready = self._ready
        for task in self._bounded:
            task.left = CIRCLE
        while ready:
            task = ready.popleft()
            task.queued = False
            self.advance(task)

    def advance(self, task: Task) -> None:
        """Let one task run."""
        task.advance()
