"""``minisql.connect(url)``: the same API as in the process, over HTTP."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import minisql
from minisql import Connection

pytest.importorskip("httpx")

EARLIEST = {"auto.offset.reset": "earliest"}
CREATE = """
CREATE STREAM s (k STRING KEY, n BIGINT, d DOUBLE, dec DECIMAL(6, 2), b BYTES, a ARRAY<INT>, m MAP<STRING, DOUBLE>,
  st STRUCT<x INT, t TIMESTAMP>, ts TIMESTAMP, dt DATE, tm TIME) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT k, COUNT(*) AS c FROM s GROUP BY k;
INSERT INTO s VALUES ('a', 1, 1e10, 1.5, 'AQI=', ARRAY[1, NULL], MAP('x' := 2.0), STRUCT(x := 1, t := '2020-01-02T03:04:05.678'),
  '2020-01-02T03:04:05.678', '2020-01-02', '03:04:05');
INSERT INTO s (k) VALUES ('é[{"');
"""


@pytest.fixture(params=["process", "server"])
def conn(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """The same tests on an engine in the process, and on one behind the server."""
    if request.param == "process":
        yield minisql.connect(properties=EARLIEST)
        return
    with minisql.server() as url, minisql.connect(url, properties=EARLIEST) as conn:
        yield conn


@pytest.fixture
def filled(conn: Connection) -> Connection:
    conn.execute(CREATE)
    return conn


def test_rows_of_a_pull_query(filled: Connection) -> None:
    cursor = filled.execute("SELECT * FROM s;")
    assert [str(column) for column in cursor.schema][:2] == ["`K` STRING", "`N` BIGINT"]
    first, second = cursor.fetchall()
    moment = datetime.datetime(2020, 1, 2, 3, 4, 5, 678000, datetime.timezone.utc)
    assert tuple(first) == (
        "a", 1, 1e10, Decimal("1.50"), b"\1\2", [1, None], {"x": 2.0}, {"X": 1, "T": moment},
        moment, datetime.date(2020, 1, 2), datetime.time(3, 4, 5),
    )  # fmt: skip
    assert str(first.DEC) == "1.50"
    assert second.K == 'é[{"'
    assert cursor.query_id


def test_ends_of_lines_within_texts(filled: Connection) -> None:
    text = "a\n\r\v\f\x1c\x85\u2028b"
    filled.insert("s", [{"k": text}])
    assert text == filled.execute("SELECT k FROM s;").fetchall()[-1].K


def test_a_table(filled: Connection) -> None:
    cursor = filled.execute("SELECT * FROM t WHERE k = 'a';")
    assert str(cursor.schema[0]) == "`K` STRING KEY"
    assert cursor.fetchall() == [("a", 1)]


@pytest.mark.parametrize(("source", "told"), [("s", True), ("t", False)])
@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_is_told_of_streams(filled: Connection, source: str, limit: int, told: bool) -> None:
    """A server says "Limit Reached" of pull queries on streams alone."""
    cursor = filled.execute(f"SELECT * FROM {source} LIMIT {limit};")
    assert (len(cursor.fetchall()), cursor.limit_reached) == (limit, told)


def test_a_push_query_with_a_limit(filled: Connection) -> None:
    cursor = filled.execute("SELECT k FROM s EMIT CHANGES LIMIT 2;")
    assert [row.K for row in cursor] == ["a", 'é[{"']
    assert cursor.limit_reached


def test_a_push_query_that_is_closed(filled: Connection) -> None:
    cursor = filled.execute("SELECT k FROM s EMIT CHANGES;")
    rows = iter(cursor)
    assert [next(rows).K, next(rows).K] == ["a", 'é[{"']
    filled.execute("INSERT INTO s (k) VALUES ('late');")
    assert next(rows).K == "late"
    cursor.close()
    assert list(rows) == []


def test_statements_need_no_semicolon_here(filled: Connection) -> None:
    assert filled.execute("LIST STREAMS").fetchall()
    assert filled.execute("SELECT * FROM s EMIT CHANGES LIMIT 1").fetchone() is not None


def test_entities(conn: Connection) -> None:
    (entity,) = conn.ksql("CREATE STREAM x (v INT) WITH (kafka_topic='x', value_format='json', partitions=1);")
    assert entity["commandId"] == "stream/`X`/create"
    assert conn.execute("LIST STREAMS;").fetchone()


def test_a_request_goes_as_a_whole(conn: Connection) -> None:
    create = "CREATE STREAM ${name} (v INT) WITH (kafka_topic='x', value_format='json', partitions=1);"
    conn.execute("DEFINE name = 'x';")
    with pytest.raises(minisql.KsqlError, match="Stream NOWHERE does not exist"):
        conn.ksql(f"{create} DROP STREAM nowhere;")
    assert conn.execute("LIST STREAMS;").fetchall() == []
    assert len(conn.ksql(f"{create} SET 'auto.offset.reset' = 'latest'; DESCRIBE x;")) == 2
    assert conn.properties["auto.offset.reset"] == "latest"


def test_session(conn: Connection, tmp_path: Path) -> None:
    script = tmp_path / "a.sql"
    script.write_text("CREATE STREAM ${name} (v INT) WITH (kafka_topic='x', value_format='json', partitions=1);")
    conn.execute("DEFINE name = 'x';")
    conn.run(script)
    conn.execute("SET 'auto.offset.reset' = 'latest';")
    assert conn.properties["auto.offset.reset"] == "latest"
    assert len(conn.ksql("DESCRIBE x;")) == 1


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("SELEC;", minisql.ParseError, "line 1:1: Syntax Error"),
        ("DROP STREAM nowhere;", minisql.StatementError, "Stream NOWHERE does not exist."),
        ("SELECT * FROM nowhere;", minisql.StatementError, "Exception while preparing statement: NOWHERE does not exist."),
        ("SELECT * FROM nowhere EMIT CHANGES;", minisql.StatementError, "Exception while preparing statement: NOWHERE"),
    ],
)
def test_errors(conn: Connection, text: str, kind: type[minisql.KsqlError], message: str) -> None:
    with pytest.raises(kind) as caught:
        conn.execute(text)
    assert caught.value.message.startswith(message)
    assert "Statement: " not in caught.value.message
    assert caught.value.error_code == 40001
    assert caught.value.statement == text


def test_insert(filled: Connection) -> None:
    assert filled.insert("s", [{"k": "x", "n": 7, "dec": 2.5}, {"k": "y"}]) == 2
    assert filled.execute("SELECT n, dec FROM s WHERE k = 'x';").fetchall() == [(7, Decimal("2.50"))]


def test_what_a_server_does_not_give() -> None:
    with minisql.server() as url, minisql.connect(url) as conn:
        with pytest.raises(minisql.InterfaceError, match="processing_log"):
            conn.processing_log  # noqa: B018
        conn.execute(CREATE)
        with pytest.raises(minisql.KsqlError, match="Key field must be specified: K"):
            conn.insert("s", [{"n": 1}])
        with pytest.raises(minisql.DataError):
            conn.insert("s", [("a",)])


def test_no_server() -> None:
    with pytest.raises(minisql.OperationalError):
        minisql.connect("http://127.0.0.1:1").execute("LIST STREAMS;")


def test_header_columns_have_their_own_values(conn: Connection) -> None:
    conn.execute("""
        CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='h', value_format='json', partitions=1);
        CREATE SOURCE TABLE h (k INT PRIMARY KEY, v STRING, x BYTES HEADER('x')) WITH (kafka_topic='h', value_format='json');
        INSERT INTO s VALUES (1, 'a');
    """)
    assert conn.execute("SELECT * FROM h;").fetchone().asdict() == {"K": 1, "V": "a", "X": None}
