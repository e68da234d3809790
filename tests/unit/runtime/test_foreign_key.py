"""Joins by a foreign key: the times of deletions, which ASSERT NULL VALUES cannot ask for."""

from __future__ import annotations

from typing import Any

import minisql


def deletions(kind: str, *changes: tuple[int, str | None, int]) -> list[tuple[Any, int]]:
    """(key, time) of the deletions after changes (id, fk, time) of the left table; fk None deletes the row."""
    conn = minisql.connect()
    conn.execute(
        "CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);"
        "CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);"
        f"CREATE TABLE j AS SELECT l.id AS id, b FROM l {kind} JOIN r ON l.fk = r.name;"
    )
    conn.topic("r").produce({"B": 10}, "x", timestamp=500)
    for key, foreign, time in changes:
        conn.topic("l").produce(None if foreign is None else {"FK": foreign or None}, key, timestamp=time)
    return [(record.key, record.timestamp) for record in conn.topic("J").records() if record.value is None]


def test_inner_deletes_at_the_time_of_the_partner_that_there_was() -> None:
    assert deletions("INNER", (1, "x", 100), (1, None, 90)) == [(1, 500)]


def test_left_deletes_at_the_time_of_the_deletion() -> None:
    assert deletions("LEFT", (1, "x", 100), (1, None, 90)) == [(1, 90)]


def test_a_null_key_is_another_key() -> None:
    assert deletions("INNER", (1, "x", 100), (1, "", 80)) == [(1, 80)]
    assert deletions("INNER", (1, "", 80), (1, "y", 90)) == [(1, 90)]
    assert deletions("INNER", (1, "", 80), (1, "", 90), (1, None, 95)) == []
