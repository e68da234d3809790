"""PRINT: lines of what lies on a topic."""

from __future__ import annotations

import threading

import pytest

import minisql
from minisql.connection import Connection

STREAM = "CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='t', value_format='json', partitions=1);"
FORMATS = ["Key format: KAFKA_INT or KAFKA_STRING", "Value format: JSON or KAFKA_STRING"]


@pytest.fixture
def conn() -> Connection:
    connection = minisql.connect(clock=minisql.ManualClock(0))
    connection.execute(STREAM)
    return connection


def insert(conn: Connection, *values: str) -> None:
    for value in values:
        conn.execute("INSERT INTO s (rowtime, k, v) VALUES (1600000000000, 7, ?);", [value])


def line(key: str, value: str) -> str:
    return f"rowtime: 2020/09/13 12:26:40.000 Z, key: {key}, value: {value}, partition: 0"


def lines(conn: Connection, sql: str) -> list[str]:
    with conn.execute(sql) as cursor:
        return [text for (text,) in cursor.fetchall()]


def test_lines(conn: Connection) -> None:
    insert(conn, "a")
    assert lines(conn, "PRINT t FROM BEGINNING;") == [*FORMATS, line("7", '{"V":"a"}')]


def test_it_starts_at_the_end_unless_told_otherwise(conn: Connection) -> None:
    insert(conn, "a")
    cursor = conn.execute("PRINT t;")
    assert (cursor.fetchall(), cursor.query_id) == ([], None)
    insert(conn, "b", "c")
    assert [text for (text,) in cursor.fetchall()] == [*FORMATS, line("7", '{"V":"b"}'), line("7", '{"V":"c"}')]
    conn.execute("SET 'auto.offset.reset' = 'earliest';")
    assert len(lines(conn, "PRINT t;")) == 5


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("LIMIT 2", "ab"),
        ("LIMIT 0", ""),
        ("INTERVAL 2", "ace"),
        ("SAMPLE 2", "ace"),
        ("INTERVAL 2 LIMIT 2", "ac"),
        ("INTERVAL 9", "a"),
    ],
)
def test_limit_and_interval(conn: Connection, clause: str, expected: str) -> None:
    insert(conn, *"abcde")
    printed = lines(conn, f"PRINT t FROM BEGINNING {clause};")
    assert [text.partition('"V":"')[2][0] for text in printed if text.startswith("rowtime")] == list(expected)


def test_intervals_go_on_over_batches(conn: Connection) -> None:
    cursor = conn.execute("PRINT t INTERVAL 3;")
    insert(conn, *"abcdefg")
    assert [text[-17] for (text,) in cursor.fetchall() if text.startswith("rowtime")] == list("adg")


def test_iterating_waits_for_the_limit(conn: Connection) -> None:
    cursor = conn.execute("PRINT t LIMIT 2;")
    cursor.timeout = 30
    writer = threading.Thread(target=insert, args=(conn, "a", "b", "c"))
    writer.start()
    assert len(list(cursor)) == 4
    assert cursor.limit_reached
    writer.join()


def test_close_ends_it(conn: Connection) -> None:
    cursor = conn.execute("PRINT t;")
    topic = conn.engine.broker.topics["t"]
    assert len(topic.subscribers) == 1
    cursor.close()
    assert topic.subscribers == []


def test_formats_are_told_again_when_they_change(conn: Connection) -> None:
    topic, cursor = conn.create_topic("raw"), conn.execute("PRINT raw;")
    topic.produce(b"12345678", b"k", timestamp=-1)
    topic.produce(b"text", None, timestamp=-1)
    topic.produce(None, b"k", timestamp=-1)
    topic.produce(b"\xff\xfe", b"k", timestamp=-1)
    assert [text for (text,) in cursor.fetchall()] == [
        "Key format: KAFKA_STRING",
        "Value format: JSON or KAFKA_BIGINT or KAFKA_DOUBLE or KAFKA_STRING",
        "rowtime: N/A, key: k, value: 12345678, partition: 0",
        "Value format: KAFKA_STRING",
        "rowtime: N/A, key: <null>, value: text, partition: 0",
        "rowtime: N/A, key: k, value: <null>, partition: 0",
        "Value format:  does not match any supported format. It may be a STRING with encoding other than UTF8, "
        "or some other format.",
        "rowtime: N/A, key: k, value: \\xFF\\xFE, partition: 0",
    ]


def test_a_batch_is_shown_in_the_format_that_all_of_it_has(conn: Connection) -> None:
    topic = conn.create_topic("raw")
    topic.produce(b"\x00\x00\x00\x01")
    assert lines(conn, "PRINT raw FROM BEGINNING;")[2].endswith("value: 1, partition: 0")
    topic.produce(b"\x00\x00\x00\x01\x02")
    _, values, first, _ = lines(conn, "PRINT raw FROM BEGINNING;")
    assert values == "Value format: KAFKA_STRING"
    assert first.endswith("value: \x00\x00\x00\x01, partition: 0")


def test_nothing_seen(conn: Connection) -> None:
    conn.create_topic("raw").produce(b"x")
    assert lines(conn, "PRINT raw FROM BEGINNING;")[0] == "Key format: ¯\\_(ツ)_/¯ - no data processed"


def test_windowed_keys(conn: Connection) -> None:
    conn.execute("CREATE TABLE w AS SELECT v, COUNT(*) c FROM s WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY v EMIT CHANGES;")
    conn.execute("CREATE TABLE x AS SELECT v, COUNT(*) c FROM s WINDOW SESSION (1 SECOND) GROUP BY v EMIT CHANGES;")
    insert(conn, "a")
    hopping, _, row = lines(conn, "PRINT W FROM BEGINNING;")
    assert hopping == "Key format: HOPPING(KAFKA_STRING) or TUMBLING(KAFKA_STRING)"
    assert row == line("[a@1600000000000/-]", '{"C":1}')
    session, _, row = lines(conn, "PRINT X FROM BEGINNING;")
    assert session == "Key format: SESSION(KAFKA_STRING)"
    assert row == line("[a@1600000000000/1600000000000]", '{"C":1}')


@pytest.mark.parametrize(
    ("statement", "message", "code"),
    [
        (
            "PRINT T;",
            "Could not find topic 'T', or the KSQL user does not have permissions to list the topic. "
            "Topic names are case-sensitive.\nDid you mean:\n\tprint t;",
            40000,
        ),
        ("PRINT t INTERVAL 0;", "INTERVAL must be greater than one, but was: 0", 50000),
    ],
)
def test_refusals(conn: Connection, statement: str, message: str, code: int) -> None:
    with pytest.raises(minisql.KsqlError) as caught:
        conn.execute(statement)
    assert (caught.value.message, caught.value.error_code) == (message, code)


def test_the_ksql_endpoint_refuses_it(conn: Connection) -> None:
    with pytest.raises(minisql.KsqlError) as caught:
        conn.ksql("PRINT t;")
    assert caught.value.message == (
        "The following statement types should be issued to the websocket endpoint '/query':\n\t* PRINT\n\t* SELECT"
    )
    assert caught.value.error_code == 40002


def test_names_in_quotes(conn: Connection) -> None:
    insert(conn, "a")
    assert len(lines(conn, "PRINT 't' FROM BEGINNING;")) == len(lines(conn, "PRINT `t` FROM BEGINNING;")) == 3


def test_value_formats(conn: Connection) -> None:
    conn.create_topic("raw").produce(b'{"a": 1} and more', b"\x00\x00\x00\x2a")
    assert lines(conn, "PRINT raw FROM BEGINNING;")[:2] == [
        "Key format: KAFKA_INT or KAFKA_STRING",
        "Value format: JSON or KAFKA_STRING",
    ]


COLUMNS = "i INT, w STRING, l ARRAY<INT>, s STRUCT<x DOUBLE, y STRING>"
VALUES = "(rowtime, k, i, w, l, s) VALUES (1600000000000, 7, 2, 'x\"é', ARRAY[1, 2], STRUCT(x := 1, y := 'z'))"


@pytest.mark.parametrize(
    ("name", "formats", "value"),
    [
        ("AVRO", "AVRO", '{"I": 2, "W": "x\\"é", "L": [1, 2], "S": {"X": 1.0, "Y": "z"}}'),
        ("JSON_SR", "JSON_SR or KAFKA_STRING", '{I=2, W=x"é, L=[1, 2], S={X=1.0, Y=z}}'),
        ("PROTOBUF", "PROTOBUF", 'I: 2 W: "x\\"\\303\\251" L: 1 L: 2 S { X: 1.0 Y: "z" }'),
    ],
)
def test_formats_with_registered_schemas(conn: Connection, name: str, formats: str, value: str) -> None:
    conn.execute(f"CREATE STREAM r (k INT KEY, {COLUMNS}) WITH (kafka_topic='r', value_format='{name}', partitions=1);")
    conn.execute(f"INSERT INTO r {VALUES};")
    assert lines(conn, "PRINT r FROM BEGINNING;")[1:] == [f"Value format: {formats}", line("7", value)]


def test_registered_keys(conn: Connection) -> None:
    conn.execute(f"CREATE STREAM r (k INT KEY, {COLUMNS}) WITH (kafka_topic='r', format='AVRO', partitions=1);")
    conn.execute(f"INSERT INTO r {VALUES};")
    keys, _, row = lines(conn, "PRINT r FROM BEGINNING;")
    assert keys == "Key format: AVRO or KAFKA_STRING"
    assert "key: 7, value" in row
    conn.topic("other").produce(b"\0\0\0\0\x63\x04")
    assert lines(conn, "PRINT other FROM BEGINNING;")[1] == "Value format: KAFKA_STRING"
