"""Many clients, and slow ones."""

from __future__ import annotations

import json
import threading
import time

import pytest

import minisql
from minisql.runtime.task import BATCH
from minisql.server.rows import HIGH
from tests.unit.server.conftest import Client

CREATE = "CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);"
PUSH = {"sql": "SELECT * FROM s EMIT CHANGES;", "properties": {"auto.offset.reset": "earliest"}}


@pytest.mark.parametrize("text", ["SELECT * FROM s EMIT CHANGES;", "PRINT s FROM BEGINNING;"])
def test_a_slow_reader_holds_its_query_and_misses_nothing(text: str) -> None:
    count, conn = 100_000, minisql.connect()
    conn.execute(CREATE)
    with minisql.server(conn) as url:
        response = Client(url).open("POST", "/query-stream", PUSH | {"sql": text})
        (feed,) = conn.engine.push_queries.values() or [None]
        for start in range(0, count, 1000):
            conn.insert("s", [(number, "x" * 100) for number in range(start, start + 1000)])
        if feed is not None:
            time.sleep(0.2)
            assert feed.backlog <= HIGH + BATCH
        numbers = []
        while len(numbers) < count:
            line = response.readline()
            if line.startswith(b"["):
                numbers.append(json.loads(line)[0])
            elif b"key: " in line:
                numbers.append(int(line.split(b"key: ")[1].split(b",")[0]))
        assert numbers == list(range(count))


def test_many_readers_and_writers() -> None:
    readers, writers, rows = 40, 8, 25
    conn = minisql.connect()
    conn.execute(CREATE)
    found: list[list[list[object]]] = []

    def read(client: Client) -> None:
        response = client.open("POST", "/query-stream", PUSH | {"sql": f"SELECT * FROM s EMIT CHANGES LIMIT {writers * rows};"})
        found.append([json.loads(line) for line in response.read().splitlines()[1:]])

    def write(client: Client, key: int) -> None:
        for number in range(rows):
            assert client.ksql(f"INSERT INTO s VALUES ({key}, '{number}');").status == 200

    with minisql.server(conn) as url:
        client = Client(url)
        threads = [threading.Thread(target=read, args=[client]) for _ in range(readers)]
        threads += [threading.Thread(target=write, args=[client, key]) for key in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert len(found) == readers
    for each in found:
        for key in range(writers):
            assert [row[1] for row in each if row[0] == key] == [str(number) for number in range(rows)]
