"""Clients that read slowly; tests/benchmarks/test_load.py has many of them."""

from __future__ import annotations

import json
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
