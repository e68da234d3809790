"""Which side of a join goes first when a query starts on what is there already."""

from __future__ import annotations

import minisql

SOURCES = """
CREATE STREAM orders (id INT, uid VARCHAR) WITH (kafka_topic='orders', value_format='json', partitions=1);
CREATE TABLE users (uid VARCHAR PRIMARY KEY, name VARCHAR) WITH (kafka_topic='users', value_format='json', partitions=1);
"""
JOIN = "SELECT o.id AS id, u.name AS name FROM orders o LEFT JOIN users u ON o.uid = u.uid EMIT CHANGES;"


def joined(orders: list[tuple[int, int]], users: list[tuple[int, str]]) -> list[tuple[int, str | None]]:
    """The join of orders (time, id) with the one user's names (time, name), all there before the query."""
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        conn.execute(SOURCES)
        conn.insert("orders", [{"id": number, "uid": "u", "ROWTIME": time} for time, number in orders])
        conn.insert("users", [{"uid": "u", "name": name, "ROWTIME": time} for time, name in users])
        return [tuple(row) for row in conn.execute(JOIN).fetchall()]


def test_the_lowest_timestamp_goes_first() -> None:
    assert joined([(5, 1), (15, 2), (25, 3)], [(10, "ann"), (20, "bob")]) == [(1, None), (2, "ann"), (3, "bob")]


def test_of_one_time_the_table_goes_first() -> None:
    assert joined([(10, 1), (10, 2)], [(10, "ann")]) == [(1, "ann"), (2, "ann")]


def test_partitions_do_not_wait_for_each_other() -> None:
    """An order behind a later one of another partition is still joined with the table as it was at its own time."""
    sources = SOURCES.replace("partitions=1", "partitions=4").replace("id INT, uid VARCHAR", "id INT, uid VARCHAR KEY")
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        conn.execute(sources)
        conn.insert("orders", [{"id": 1, "uid": "e", "ROWTIME": 100}, {"id": 2, "uid": "b", "ROWTIME": 1}])
        conn.insert("users", [{"uid": "b", "name": "bob", "ROWTIME": 50}])
        placed = [record.partition for record in conn.topic("orders").records()]
        assert placed[0] != placed[1]
        found = conn.execute(JOIN).fetchall()
        assert [tuple(row) for row in found] == [(2, None), (1, None)]
        conn.insert("orders", [{"id": 3, "uid": "b", "ROWTIME": 2}])
        assert conn.execute(JOIN).fetchall() == [(2, None), (3, None), (1, None)]
