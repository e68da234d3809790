"""Topics of several partitions: Kafka's placement, and what queries see of it."""

from __future__ import annotations

import minisql

KEYED = "CREATE STREAM s (id VARCHAR KEY, v INT) WITH (kafka_topic='s', value_format='json', partitions=4);"


def test_records_lie_where_kafka_would_put_them() -> None:
    with minisql.connect() as conn:
        conn.execute(KEYED)
        conn.insert("s", [{"id": key, "v": 1} for key in ("foobar", "21", "abc", "foobar")])
        placed = [(record.key, record.partition, record.offset) for record in conn.topic("s").records()]
    # Kafka's own tests say murmur2 of these: -790332482, -973932308, 479470107; the sign bit is dropped, then modulo 4.
    assert placed == [("foobar", 2, 0), ("21", 0, 0), ("abc", 3, 0), ("foobar", 2, 1)]


def test_rowpartition_and_rowoffset_are_those_of_the_source() -> None:
    with minisql.connect() as conn:
        conn.execute(KEYED)
        push = conn.execute("SELECT id, ROWPARTITION AS p, ROWOFFSET AS o FROM s EMIT CHANGES;")
        conn.topic("s").produce({"V": 1}, "x", partition=1)
        conn.topic("s").produce({"V": 1}, "y", partition=3)
        conn.topic("s").produce({"V": 1}, "z", partition=1)
        assert push.fetchall() == [("x", 1, 0), ("y", 3, 0), ("z", 1, 1)]


def test_a_sink_has_the_partitions_of_its_source_unless_told_otherwise() -> None:
    with minisql.connect() as conn:
        conn.execute(KEYED + "CREATE STREAM t AS SELECT * FROM s; CREATE STREAM u WITH (partitions=2) AS SELECT * FROM s;")
        assert conn.engine.broker.topic("T").partitions == 4
        assert conn.engine.broker.topic("U").partitions == 2
