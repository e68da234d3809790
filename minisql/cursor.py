"""Cursors: the rows of one execution."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from minisql.engine import Engine, Session
from minisql.errors import InterfaceError
from minisql.query_result import QueryResult
from minisql.results import Entity
from minisql.row import Row, row_maker
from minisql.schema import Column
from minisql.types import STRING

if TYPE_CHECKING:
    from minisql.display import Table


class Cursor:
    """Runs statements and reads the rows of the last.

    For a push query the fetch methods never block: they give what was emitted and not yet read. Iterating
    blocks for the next row, until LIMIT, ``close()`` from any thread, or ``timeout`` seconds without a row.
    """

    arraysize = 1

    def __init__(self, engine: Engine, session: Session) -> None:
        self._engine = engine
        self._session = session
        self._result: QueryResult | None = None
        self._answer: Entity | None = None
        self._columns: tuple[Column, ...] = ()
        self._rows: list[tuple[Any, ...]] = []
        self._next = 0
        self._make: Callable[[Sequence[Any]], Row] = Row
        self._closed = False
        self.timeout: float | None = None

    # -- running ----------------------------------------------------------------------------------

    def execute(
        self,
        sql: str,
        parameters: Any = None,
        *,
        properties: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Cursor:
        """Run one or several statements; the rows are those of the last. See ``Connection.execute``."""
        self._check_open()
        self._release()
        self.timeout = timeout
        results = self._engine.execute(_bound(sql, parameters), self._session.overridden(properties))
        for result in results[:-1]:
            if isinstance(result, QueryResult):
                result.close()
        if results:
            self._take(results[-1])
        return self

    def executemany(self, sql: str, parameters: Iterable[Any]) -> Cursor:
        """Run a statement once for each set of parameters."""
        for each in parameters:
            self.execute(sql, each)
        return self

    def _take(self, result: Entity | QueryResult) -> None:
        if isinstance(result, QueryResult):
            if result.error is not None:
                raise result.error
            self._result = result
            self._show(result.columns, list(result.rows))
        else:
            self._answer = result

    def _look(self) -> None:
        """Lay a statement's answer out as a table, now that somebody looks at it: few are looked at."""
        if self._answer is not None:
            names, rows = self._answer.table()
            self._answer = None
            self._show(tuple(Column(name, STRING) for name in names), rows)

    def _show(self, columns: tuple[Column, ...], rows: list[tuple[Any, ...]]) -> None:
        self._columns, self._rows, self._next = columns, rows, 0
        self._make = row_maker(columns)

    # -- what there is ----------------------------------------------------------------------------

    @property
    def description(self) -> list[tuple[Any, ...]] | None:
        """PEP 249: (name, type, None, None, None, None, None) of each column; None before a statement has run."""
        return [(column.name, str(column.type), None, None, None, None, None) for column in self.schema] or None

    @property
    def schema(self) -> tuple[Column, ...]:
        """The columns."""
        self._look()
        return self._columns

    @property
    def query_id(self) -> str | None:
        """The id of the query behind the rows."""
        return None if self._result is None else self._result.query_id or None

    @property
    def result(self) -> QueryResult | None:
        """The query behind the rows; None where a statement has answered."""
        return self._result

    @property
    def rowcount(self) -> int:
        """PEP 249: the number of rows of a pull query or statement, -1 for a push query."""
        self._look()
        return -1 if self._push is not None else len(self._rows)

    @property
    def limit_reached(self) -> bool:
        """Whether LIMIT ended the query; False of pull queries on tables, of which ksqlDB does not tell."""
        if self._push is not None:
            return bool(self._push.limit_reached)
        return self._result is not None and self._result.limit_reached

    @property
    def _push(self) -> Any:
        return None if self._result is None else self._result.push

    # -- reading ----------------------------------------------------------------------------------

    def fetchone(self) -> Row | None:
        """The next row, or None when none waits."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[Row]:
        """The next rows, at most ``size``."""
        return [self._make(values) for values in self._take_values(self.arraysize if size is None else size)]

    def fetchall(self) -> list[Row]:
        """All rows that wait."""
        return [self._make(values) for values in self._take_values(None)]

    def wire_rows(self) -> Iterator[list[Any]]:
        """The rows as ksqlDB's REST API puts them into JSON; blocks like iteration does."""
        from minisql.wire import wire_value  # the server and the client need it

        kinds = [column.type for column in self.schema]
        while (values := self._wait_values()) is not None:
            yield [wire_value(value, kind) for value, kind in zip(values, kinds, strict=True)]

    def __iter__(self) -> Iterator[Row]:
        while (values := self._wait_values()) is not None:
            yield self._make(values)

    async def __aiter__(self) -> AsyncIterator[Row]:
        while True:
            for row in self.fetchmany(1):
                yield row
                break
            else:
                if not await self._wait_async():
                    return

    def _take_values(self, count: int | None) -> list[tuple[Any, ...]]:
        self._check_open()
        self._look()
        if self._push is not None:
            return _taken(self._push, count)
        rows = self._rows[self._next : None if count is None else self._next + count]
        self._next += len(rows)
        return rows

    def _wait_values(self) -> tuple[Any, ...] | None:
        push = self._push  # another thread may close the cursor at any moment, and lets go of it then
        if self._closed:
            return None
        if push is None:
            values = self._take_values(1)
        elif not push.wait(self.timeout) or self._closed:
            return None
        else:
            values = _taken(push, 1)
        return values[0] if values else None

    async def _wait_async(self) -> bool:
        """Wait for a row, or an error, without blocking the event loop; False when there will be none."""
        import asyncio  # takes a fifth of the whole start-up, and most programs do without it

        push = self._push
        if push is None:
            return False
        loop = asyncio.get_running_loop()
        changed = asyncio.Event()
        with push.listening(lambda: loop.call_soon_threadsafe(changed.set)):
            if not push.ready and not push.done:
                try:
                    await asyncio.wait_for(changed.wait(), self.timeout)
                except asyncio.TimeoutError:
                    return False
        return not self._closed and (push.ready or push.error is not None)

    # -- looking ----------------------------------------------------------------------------------

    def __repr__(self) -> str:
        """The rows as a table; of a push query those that wait to be read, which they go on to do."""
        table = self._table()
        return f"<minisql cursor, {'closed' if self._closed else 'no rows'}>" if table is None else table.text()

    def _repr_html_(self) -> str | None:
        """The same for a notebook."""
        table = self._table()
        return None if table is None else table.html()

    def _table(self) -> Table | None:
        if not self.schema:
            return None
        from minisql.display import MOST_ROWS, answer_table, rows_table  # programs that run by themselves show nothing

        push = self._push
        if push is not None:
            count, entries = push.peek(MOST_ROWS)
            state = f"failed: {push.error}" if push.error else "has ended" if push.done else "is running"
            return rows_table(self._columns, _values(push, entries), count, f"{self.query_id or 'PRINT'} {state}")
        if self._result is None:
            return answer_table(self._columns, self._rows)
        return rows_table(self._columns, self._rows, len(self._rows))

    # -- the end ----------------------------------------------------------------------------------

    def close(self) -> None:
        """End the push query; whoever iterates in another thread stops."""
        self._closed = True
        self._release()

    def _release(self) -> None:
        if self._result is not None:
            self._result.close()
        self._result, self._answer, self._columns, self._rows, self._next = None, None, (), [], 0

    def __enter__(self) -> Cursor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise InterfaceError("the cursor is closed")

    def setinputsizes(self, sizes: Sequence[Any]) -> None:
        """PEP 249: does nothing."""

    def setoutputsize(self, size: int, column: int | None = None) -> None:
        """PEP 249: does nothing."""


def _bound(sql: str, parameters: Any) -> str:
    if parameters is None:
        return sql
    from minisql.parameters import bind_parameters  # most statements have none

    return bind_parameters(sql, parameters)


def _taken(push: Any, count: int | None) -> list[tuple[Any, ...]]:
    """The rows of a push query that wait, at most so many; a tombstone has its key columns, the rest NULL.

    Raises:
        QueryError: none waits, and the query died.
    """
    values = _values(push, push.take(count))
    if not values and push.error is not None:
        raise push.error
    return values


def _values(push: Any, entries: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [entry[1] if entry[1] is not None else push.tombstone(entry[0]) for entry in entries]
