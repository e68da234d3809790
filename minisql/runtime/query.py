"""Running queries: persistent ones that write a topic, and push queries that feed a reader."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from minisql.broker import Entry, RecordCodec
from minisql.errors import QueryError
from minisql.metastore import Source
from minisql.runtime.stores import Stores
from minisql.runtime.task import Scheduler, Task, TopicInput

if TYPE_CHECKING:
    from minisql.planner.plan import QueryPlan

RUNNING, PAUSED, ERROR, STOPPED = "RUNNING", "PAUSED", "ERROR", "STOPPED"


class Query:
    """A query and its task.

    Attributes:
        id: ksqlDB's query id.
        sql: the statement's text.
        plan: what it does.
        state: RUNNING, PAUSED, ERROR or STOPPED.
        error: why it is in ERROR.
        code: the generated functions' source, an input each.
        stores: the state of its steps, as far as another query may take it over.
    """

    def __init__(self, query_id: str, sql: str, plan: QueryPlan, scheduler: Scheduler) -> None:
        self.id = query_id
        self.sql = sql
        self.plan = plan
        self.state = STOPPED
        self.error: QueryError | None = None
        self.code: list[str] = []
        self.stores = Stores()
        self._scheduler = scheduler
        self._task: Task | None = None

    @property
    def source_names(self) -> tuple[str, ...]:
        """The sources read."""
        return self.plan.sources

    @property
    def source_topics(self) -> tuple[str, ...]:
        """The topics read."""
        return tuple(each.topic.name for each in self.inputs)

    @property
    def inputs(self) -> list[TopicInput]:
        """The topics read, with the position in each."""
        return self._task.inputs if self._task else []

    def attach(self, task: Task) -> None:
        """Give the query its task and let it run."""
        self._task = task
        for each in task.inputs:
            each.topic.subscribers.append(self._wake)
        self.resume()

    def _wake(self) -> None:
        if self._task is not None:
            self._scheduler.wake(self._task)

    def pause(self) -> None:
        """Stop reading, keep state and positions."""
        if self.state == RUNNING and self._task is not None:
            self.state = PAUSED
            self._task.active = False

    def resume(self) -> None:
        """Go on reading."""
        if self.state in (PAUSED, STOPPED) and self._task is not None:
            self.state = RUNNING
            self._task.active = True
            self._wake()

    def stop(self) -> None:
        """End for good."""
        self._detach()
        self.state = STOPPED

    def fail(self, error: QueryError) -> None:
        """The query died; what it has written stays."""
        self._detach()
        self.state = ERROR
        self.error = error

    def _detach(self) -> None:
        if self._task is None:
            return
        self._task.active = False
        for each in self._task.inputs:
            if self._wake in each.topic.subscribers:
                each.topic.subscribers.remove(self._wake)


class PersistentQuery(Query):
    """CREATE ... AS SELECT or INSERT INTO ... SELECT: writes its sink's topic.

    Attributes:
        kind: "CREATE_AS", "INSERT" or "CREATE_SOURCE".
        sink: the source that it writes, None for a source table.
    """

    def __init__(self, query_id: str, sql: str, plan: QueryPlan, scheduler: Scheduler, kind: str) -> None:
        super().__init__(query_id, sql, plan, scheduler)
        self.kind = kind

    @property
    def sink(self) -> Source | None:
        """Where it writes."""
        return self.plan.sink

    def go_on_from(self, old: PersistentQuery) -> None:
        """Read on where another query of the same topics stopped."""
        positions = {each.topic.name: each.position for each in old.inputs}
        for each in self.inputs:
            each.position = positions.get(each.topic.name, each.position)

    def pipe(self, topic: str, codec: RecordCodec, entries: list[Entry], first: int) -> None:
        """Take given entries through the query, whatever its position; ``first`` is the index of the first.

        Raises:
            QueryError: the query died of them.
        """
        for each in self.inputs:
            if each.topic.name == topic and self._task is not None:
                self._task.feed(each, codec, entries, first)
                each.position = max(each.position, first + len(entries))
        if self.error is not None:
            raise self.error


class PushQuery(Query):
    """SELECT ... EMIT CHANGES: its rows wait until somebody reads them, from any thread.

    Args:
        limit: ends by itself after so many rows.

    ``on_end`` is called when the query has ended.
    """

    def __init__(self, query_id: str, sql: str, plan: QueryPlan, scheduler: Scheduler, limit: int | None) -> None:
        super().__init__(query_id, sql, plan, scheduler)
        self._left = limit
        self._rows: deque[Entry] = deque()
        self._changed = threading.Condition()
        self._listeners: list[Callable[[], None]] = []
        self.on_end: Callable[[], object] | None = None
        self.limit_reached = limit == 0

    @property
    def ready(self) -> bool:
        """Whether a row waits to be read."""
        return bool(self._rows)

    @property
    def done(self) -> bool:
        """Whether no row will come beyond those that wait."""
        return self.limit_reached or self.state in (STOPPED, ERROR)

    @contextmanager
    def listening(self, listener: Callable[[], None]) -> Iterator[None]:
        """While it lasts the listener is called whenever rows come or the query ends."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    def tombstone(self, key: Any) -> tuple[Any, ...]:
        """The row that stands for a deleted key: its key columns, the others NULL."""
        keys = [column.name for column in self.plan.schema.key]
        parts = dict(zip(keys, key if len(keys) > 1 else (key,), strict=True))
        return tuple(parts.get(column.name) for column in self.plan.schema.value)

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()
        for listener in tuple(self._listeners):
            listener()

    def deliver(self, entries: Iterable[Entry]) -> None:
        """Take rows from the task."""
        rows = list(entries)
        if self._left is not None:
            rows = rows[: self._left]
            self._left -= len(rows)
        if not rows:
            return
        with self._changed:
            self._rows.extend(rows)
            self.limit_reached = self._left == 0
        if self.limit_reached:
            self.stop()
        else:
            self._notify()

    def take(self, at_most: int | None = None) -> list[Entry]:
        """The rows that wait, at most so many; never blocks."""
        with self._changed:
            count = len(self._rows) if at_most is None else min(at_most, len(self._rows))
            return [self._rows.popleft() for _ in range(count)]

    def wait(self, timeout: float | None = None) -> bool:
        """Block until a row waits or the query is done; False when the seconds have passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._rows) or self.done, timeout)

    def stop(self) -> None:
        """End, and wake whoever waits; rows that were emitted can still be read."""
        super().stop()
        self._end()

    def fail(self, error: QueryError) -> None:
        """Die, and wake whoever waits."""
        super().fail(error)
        self._end()

    def _end(self) -> None:
        if self.on_end is not None:
            self.on_end()
        self._notify()
