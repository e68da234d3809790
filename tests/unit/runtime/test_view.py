"""The order of a pull query's rows: that of ksqlDB's state stores."""

from __future__ import annotations

import pytest

import minisql
from minisql import Connection
from minisql.errors import QueryError


def filled(partitions: int, ids: list[object], kind: str = "INT", key_format: str = "KAFKA", window: str = "") -> Connection:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"}, clock=minisql.ManualClock(0))
    conn.execute(f"""
        CREATE STREAM s (id {kind} KEY, v INT) WITH (kafka_topic='s', value_format='json', key_format='{key_format}',
          partitions={partitions});
        CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s {window} GROUP BY id;
    """)
    conn.insert("s", [(each, 1) for each in ids])
    return conn


def ids(conn: Connection, where: str = "") -> list[object]:
    return [row[0] for row in conn.execute(f"SELECT id FROM t {where};").fetchall()]


def test_in_one_partition_bytes_decide() -> None:
    assert ids(filled(1, [10, 2, -1, 1])) == [1, 2, 10, -1]
    assert ids(filled(1, [10, 2, 1], key_format="JSON")) == [1, 10, 2]


def test_one_partition_after_the_other() -> None:
    conn = filled(4, list(range(1, 9)))
    placed = {int(each.key): each.partition for each in conn.topic("s").records()}
    assert len(set(placed.values())) > 1
    assert ids(conn) == sorted(placed, key=lambda key: (placed[key], key))
    assert ids(conn, "LIMIT 3") == ids(conn)[:3]


def test_partitions_are_those_of_the_source() -> None:
    conn = filled(4, list(range(1, 9)))
    conn.execute("CREATE TABLE u WITH (partitions=1) AS SELECT id, n FROM t;")
    assert conn.topic("U").records()[0].partition == 0
    assert [row[0] for row in conn.execute("SELECT id FROM u;").fetchall()] == ids(conn)


def test_rows_that_come_and_go() -> None:
    conn = filled(2, [3, 1])
    before = ids(conn)
    conn.insert("s", [(2, 1)])
    after = ids(conn)
    assert sorted(after) == [1, 2, 3]
    assert [each for each in after if each != 2] == before
    conn.insert("s", [(2, 1)])
    assert dict(conn.execute("SELECT id, n FROM t;").fetchall()) == {1: 1, 2: 2, 3: 1}


def test_windows_segment_by_segment() -> None:
    conn = filled(1, [], window="WINDOW TUMBLING (SIZE 1 MINUTE, GRACE PERIOD 1 MINUTE)")
    conn.insert("s", [{"ID": key, "V": 1, "ROWTIME": time} for time in (0, 60_000) for key in (1, 2)])
    assert conn.execute("SELECT id, windowstart FROM t;").fetchall() == [(1, 0), (2, 0), (1, 60_000), (2, 60_000)]
    long = filled(1, [], window="WINDOW TUMBLING (SIZE 1 MINUTE)")
    long.insert("s", [{"ID": key, "V": 1, "ROWTIME": time} for time in (0, 60_000) for key in (1, 2)])
    assert long.execute("SELECT id, windowstart FROM t;").fetchall() == [(1, 0), (1, 60_000), (2, 0), (2, 60_000)]


def test_several_keys_in_the_order_of_a_java_set() -> None:
    assert ids(filled(1, [1, 2, 3]), "WHERE id IN (1, 2, 3)") == [3, 2, 1]


def test_ranges_are_ranges_of_bytes() -> None:
    names = ["a", "a b", "ab"]
    assert ids(filled(1, names, "STRING"), "WHERE id > 'a'") == ["a b", "ab"]
    assert ids(filled(1, names, "STRING", "JSON"), "WHERE id > 'a'") == ["ab"]  # the space comes before the closing quote


def test_sessions_are_not_scanned() -> None:
    conn = filled(1, [1], window="WINDOW SESSION (1 MINUTE)")
    assert ids(conn, "WHERE id = 1") == [1]
    with pytest.raises(QueryError, match="Table scan unsupported on session tables"):
        ids(conn)


def test_the_bytes_of_values_that_hash() -> None:
    from decimal import Decimal

    from minisql.runtime.key_hash import bytes_hash, decimal_hash, double_hash, long_hash

    assert [long_hash(each) for each in (1, -1, 1 << 32)] == [1, 0, 1]
    assert [decimal_hash(Decimal(each)) for each in ("0", "-1.23", "18446744073709551616.0")] == [0, -3811, 297911]
    assert double_hash(-0.0) == -(1 << 31)
    assert bytes_hash(b"\x01\xff") == 31 * (31 - 1) + 1
