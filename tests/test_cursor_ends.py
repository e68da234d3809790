"""The end of a push query loses no row and surprises no reader."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

import minisql


@pytest.fixture
def conn() -> Iterator[minisql.Connection]:
    with minisql.connect() as connection:
        connection.execute("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);")
        yield connection


def test_rows_that_came_with_the_end_are_read_by_async_for(conn: minisql.Connection) -> None:
    cursor = conn.execute("SELECT a FROM s EMIT CHANGES LIMIT 3;")
    fetchmany = cursor.fetchmany

    def late(size: int | None = None) -> list[minisql.Row]:
        rows = fetchmany(size)
        if not rows and not len(conn.topic("s")):
            # Between two looks of the reader another thread ends the query by its LIMIT.
            conn.insert("s", [(1,), (2,), (3,)])
        return rows

    cursor.fetchmany = late  # type: ignore[method-assign]

    async def read() -> list[int]:
        return [row.a async for row in cursor]

    assert asyncio.run(read()) == [1, 2, 3]


def test_async_for_raises_what_the_query_died_of(conn: minisql.Connection) -> None:
    @conn.udaf("FRAGILE(v INT) -> INT")
    class Fragile:
        """Fails."""

        def initialize(self) -> int:
            return 0

        def aggregate(self, state: int, value: int) -> int:
            raise ValueError("broken")

        def merge(self, one: int, other: int) -> int:
            return one

    cursor = conn.execute("SELECT a, FRAGILE(a) AS f FROM s GROUP BY a EMIT CHANGES;")

    async def read() -> None:
        asyncio.get_running_loop().call_later(0.05, conn.insert, "s", [(1,)])
        async for _ in cursor:
            pass

    with pytest.raises(minisql.QueryError, match="broken"):
        asyncio.run(read())


def test_close_from_another_thread_just_ends_the_iteration(conn: minisql.Connection) -> None:
    failures: list[BaseException] = []

    def read(cursor: minisql.Cursor) -> None:
        try:
            list(cursor)
        except BaseException as error:
            failures.append(error)

    for _ in range(50):
        cursor = conn.execute("SELECT a FROM s EMIT CHANGES;")
        reader = threading.Thread(target=read, args=(cursor,))
        reader.start()
        conn.insert("s", [(1,)])
        cursor.close()
        reader.join(timeout=10)
        assert not reader.is_alive()
    assert failures == []
