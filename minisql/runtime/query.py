"""Running queries: persistent ones that write a topic, and push queries that feed a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from minisql.broker import Entry, RecordCodec
from minisql.errors import QueryError
from minisql.metastore import Source
from minisql.names import WINDOW_BOUNDS
from minisql.runtime.feed import Feed
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
        starts: where it has begun to read each topic.
        overridden: the properties that its session had set.
    """

    def __init__(self, query_id: str, sql: str, plan: QueryPlan, scheduler: Scheduler) -> None:
        self.id = query_id
        self.sql = sql
        self.plan = plan
        self.state = STOPPED
        self.error: QueryError | None = None
        self.code: list[str] = []
        self.stores = Stores()
        self.starts: dict[str, int] = {}
        self.overridden: Mapping[str, str] = {}
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
        self.starts = {each.topic.name: each.position for each in task.inputs}
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

    def bound(self) -> None:
        """What it writes comes back to it: let it process but so many records in one go."""
        if self._task is not None:
            self._scheduler.bound(self._task)

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
        written: how many records it has written.
        continues: whether it went on with the state of another query, which it has replaced.
    """

    def __init__(self, query_id: str, sql: str, plan: QueryPlan, scheduler: Scheduler, kind: str) -> None:
        super().__init__(query_id, sql, plan, scheduler)
        self.kind = kind
        self.written = 0
        self.continues = False

    @property
    def sink(self) -> Source | None:
        """Where it writes."""
        return self.plan.sink

    def outline(self, scheduler: Scheduler) -> PersistentQuery:
        """What others know of the query, in a copy that has no task and never runs."""
        copy = PersistentQuery(self.id, self.sql, self.plan, scheduler, self.kind)
        copy.state, copy.error, copy.code, copy.overridden = self.state, self.error, self.code, self.overridden
        return copy

    def recover(self) -> None:
        """Run again after a failure, from where it stopped reading."""
        if self.state == ERROR and self._task is not None:
            self.state, self.error = STOPPED, None
            for each in self.inputs:
                each.topic.subscribers.append(self._wake)
            self.resume()

    def go_on_from(self, old: PersistentQuery) -> None:
        """Read on where another query of the same topics stopped."""
        self.continues = True
        positions = {each.topic.name: each.position for each in old.inputs}
        for each in self.inputs:
            each.position = positions.get(each.topic.name, each.position)
            self.starts[each.topic.name] = each.position

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


class PushQuery(Query, Feed):
    """SELECT ... EMIT CHANGES: its rows wait until somebody reads them.

    Args:
        limit: ends by itself after so many rows.
        keyless: rows without a key are shown too, which scalable push queries leave out.
    """

    def __init__(
        self,
        query_id: str,
        sql: str,
        plan: QueryPlan,
        scheduler: Scheduler,
        limit: int | None,
        keyless: bool = True,
    ) -> None:
        Feed.__init__(self)
        Query.__init__(self, query_id, sql, plan, scheduler)
        self._left = limit
        self._last_words: QueryError | None = None
        self._keyless = keyless
        self.limit_reached = limit == 0

    def hold(self) -> None:
        """Read no more for a while; the topics keep what is not read."""
        self.pause()

    def go_on(self) -> None:
        """Read on."""
        if self.state == PAUSED:
            self.resume()

    def advance(self) -> None:
        """Process what its topics hold now, where nothing runs by itself."""
        if self._task is not None:
            self._task.advance()

    def tombstone(self, key: Any) -> tuple[Any, ...]:
        """The row that stands for a deleted key: its key columns, the others NULL."""
        bounds: tuple[Any, ...] = ()
        if self.plan.windowed:
            key, *bounds = key
        names = [column.name for column in self.plan.schema.key]
        values = [*(key if len(names) > 1 else (key,)), *bounds]
        parts = dict(zip([*names, *(WINDOW_BOUNDS if bounds else ())], values, strict=True))
        return tuple(parts.get(column.name) for column in self.plan.schema.value)

    def deliver(self, entries: Iterable[Entry]) -> None:
        """Take rows from the task."""
        rows = self.shown(entries)
        if self._left is not None:
            rows = rows[: self._left]
            self._left -= len(rows)
        if not rows:
            return
        if self._left == 0 and self._last_words is not None:
            self._add(rows)
            self.fail(self._last_words)
        else:
            self._add(rows, last=self._left == 0)

    def fail_after(self, rows: int, error: QueryError) -> None:
        """Let it die when it has emitted so many more rows, unless LIMIT ends it before."""
        if self._left is not None and self._left <= rows:
            return
        self._left, self._last_words = rows, error
        if rows == 0:
            self.fail(error)

    def shown(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those that are rows of the query: a stream has no deletions, and a scalable push query no rows without a key."""
        rows = [entry for entry in entries if self.plan.is_table or entry[1] is not None]
        if not self._keyless and self.plan.schema.key:
            rows = [entry for entry in rows if entry[0] is not None]
        return rows

    def stop(self) -> None:
        """End, and wake whoever waits; rows that were emitted can still be read."""
        Query.stop(self)
        self._end()

    def fail(self, error: QueryError) -> None:
        """Die, and wake whoever waits."""
        Query.fail(self, error)
        self._end()
