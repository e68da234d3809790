"""Stream time is a partition's own: a row is late only by what came before it on its partition, as Kafka Streams has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

import minisql
from minisql.broker.partitioner import partition_of

PARTITIONS = 4
A, SAME, OTHER = "a", "c", "b"
"""A key, one that shares its partition, and one that does not."""

STREAM = "CREATE STREAM s (k STRING KEY, v STRING) WITH (kafka_topic='s', format='json', partitions={});"
LATE = [(A, 100_000), (SAME, 5_000), (OTHER, 5_000), (A, 101_000)]


def run(partitions: int, query: str, rows: Sequence[tuple[str, int]], more: str = "") -> list[tuple[Any, ...]]:
    """(key, window, value) of what is on the query's sink."""
    with minisql.connect(properties={"auto.offset.reset": "earliest"}, clock=minisql.ManualClock(0)) as conn:
        conn.execute(STREAM.format(partitions) + more + query)
        conn.insert("s", [{"k": key, "v": key, "ROWTIME": time} for key, time in rows])
        return [(each.key, each.window, each.value) for each in conn.topic("T").records()]


def test_the_keys_lie_as_the_test_needs_them() -> None:
    places = [partition_of(f'"{key}"'.encode(), PARTITIONS) for key in (A, SAME, OTHER)]
    assert places[0] == places[1] != places[2]


@pytest.mark.parametrize("group", ["k", "v"])
@pytest.mark.parametrize("window", ["TUMBLING (SIZE 10 SECONDS", "HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS"])
def test_a_window_is_closed_by_rows_of_its_partition(window: str, group: str) -> None:
    query = f"CREATE TABLE t AS SELECT {group}, COUNT(*) AS n FROM s WINDOW {window}, GRACE PERIOD 0 SECONDS) GROUP BY {group};"
    assert OTHER in {key for key, _, _ in run(PARTITIONS, query, LATE)}
    assert SAME not in {key for key, _, _ in run(PARTITIONS, query, LATE)}
    assert {key for key, _, _ in run(1, query, LATE)} == {A}


def test_a_session_is_closed_by_rows_of_its_partition() -> None:
    query = "CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s WINDOW SESSION (1 SECOND, GRACE PERIOD 0 SECONDS) GROUP BY k;"
    assert {key for key, _, _ in run(PARTITIONS, query, LATE)} == {A, OTHER}
    assert {key for key, _, _ in run(1, query, LATE)} == {A}


@pytest.mark.parametrize("window", ["TUMBLING (SIZE 10 SECONDS", "SESSION (1 SECOND"])
def test_what_is_final_waits_for_rows_of_its_partition(window: str) -> None:
    query = f"CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s WINDOW {window}, GRACE PERIOD 0 SECONDS) GROUP BY k EMIT FINAL;"
    rows = [(OTHER, 1_000), (SAME, 1_000), (A, 12_000)]
    assert [key for key, _, _ in run(PARTITIONS, query, rows)] == [SAME]
    assert [key for key, _, _ in run(1, query, rows)] == sorted([OTHER, SAME])
    assert [key for key, _, _ in run(PARTITIONS, query, [*rows, (OTHER, 12_000)])] == [SAME, OTHER]


def test_an_outer_join_waits_for_rows_of_its_partition() -> None:
    other = "CREATE STREAM r (k STRING KEY, w STRING) WITH (kafka_topic='r', format='json', partitions={});"
    query = """
        CREATE STREAM t AS SELECT s.k AS k, w FROM s LEFT JOIN r WITHIN 1 SECOND GRACE PERIOD 0 SECONDS ON s.k = r.k;
    """
    rows = [(OTHER, 1_000), (SAME, 1_000), (A, 100_000)]
    assert [key for key, _, _ in run(PARTITIONS, query, rows, other.format(PARTITIONS))] == [SAME]
    assert sorted(key for key, _, _ in run(1, query, rows, other.format(1))) == [OTHER, SAME]


def test_rows_find_their_partners_whatever_the_partition() -> None:
    other = "CREATE STREAM r (k STRING KEY, w STRING) WITH (kafka_topic='r', format='json', partitions=4);"
    query = "CREATE STREAM t AS SELECT s.k AS k, w FROM s JOIN r WITHIN 1 SECOND ON s.k = r.k;"
    with minisql.connect(properties={"auto.offset.reset": "earliest"}, clock=minisql.ManualClock(0)) as conn:
        conn.execute(STREAM.format(4) + other + query)
        keys = [f"k{i}" for i in range(20)]
        conn.insert("r", [{"k": key, "w": key.upper(), "ROWTIME": 500} for key in keys])
        conn.insert("s", [{"k": key, "v": "x", "ROWTIME": 0} for key in keys])
        assert [(each.key, each.value) for each in conn.topic("T").records()] == [(key, {"W": key.upper()}) for key in keys]
