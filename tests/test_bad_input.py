"""Bad input gets a clear error, and nothing that was right is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

import minisql

RIDERS = """
CREATE STREAM riders (id VARCHAR KEY, latitude DOUBLE, longitude DOUBLE, age INT)
  WITH (kafka_topic='riders', value_format='json', partitions=1);
"""


@pytest.fixture
def conn() -> Iterator[minisql.Connection]:
    with minisql.connect() as connection:
        connection.execute(RIDERS)
        yield connection


def refused(conn: minisql.Connection, sql: str) -> minisql.KsqlError:
    """The error that a statement is refused with."""
    with pytest.raises(minisql.KsqlError) as caught:
        conn.execute(sql)
    return caught.value


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT * FROM nowhere EMIT CHANGES;", "NOWHERE does not exist."),
        ("SELECT color FROM riders EMIT CHANGES;", "SELECT column 'COLOR' cannot be resolved."),
        ("SELECT FRIEND(id) FROM riders EMIT CHANGES;", "Can't find any functions with the name 'FRIEND'"),
        ("SELECT ABS(id) FROM riders EMIT CHANGES;", "Function 'Abs' does not accept parameters (STRING)."),
        (
            "CREATE TABLE t AS SELECT COUNT(*) AS c FROM riders GROUP BY id;",
            "The query used to build `T` must include the grouping",
        ),
        ("SET 'no.such.property' = '1';", "Unknown property: no.such.property"),
        ("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', color='red');", "COLOR"),
        ("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json');", "Topic 's' does not exist."),
        ("SELECT * FROM riders WHERE age EMIT CHANGES;", "Type error in WHERE expression: Should evaluate to boolean"),
        ("INSERT INTO riders (id, age) VALUES ('a', 'old');", "Expected type INTEGER for field `AGE` but got STRING(old)"),
        ("INSERT INTO riders (id, color) VALUES ('a', 'red');", "Column name `COLOR` does not exist."),
    ],
)
def test_a_refusal_has_the_servers_words(conn: minisql.Connection, sql: str, message: str) -> None:
    error = refused(conn, sql)
    assert message in error.message
    assert isinstance(error, (minisql.StatementError, minisql.ParseError))


def test_text_that_is_not_sql_says_where(conn: minisql.Connection) -> None:
    error = refused(conn, "SELECT *\nFROM riders\nWHERE ;")
    assert isinstance(error, minisql.ParseError)
    assert (error.line, error.column) == (3, 7)
    assert error.message.startswith("line 3:7: Syntax Error")
    assert any("^" in note for note in error.__notes__)


def test_nothing_of_a_script_runs_when_it_does_not_parse(conn: minisql.Connection) -> None:
    refused(conn, "INSERT INTO riders (id) VALUES ('a'); SELEC * FROM riders;")
    assert len(conn.topic("riders")) == 0


def test_what_ran_before_a_failing_statement_stays(conn: minisql.Connection) -> None:
    script = "INSERT INTO riders (id) VALUES ('a');\nINSERT INTO nowhere VALUES (1);\nINSERT INTO riders (id) VALUES ('b');"
    error = refused(conn, script)
    assert error.statement == "INSERT INTO nowhere VALUES (1);"
    assert [record.key for record in conn.topic("riders").records()] == ["a"]


@pytest.mark.parametrize("payload", [b"not JSON", b'{"AGE": "x"}', b'{"AGE": {}}', b"[1", b"\xff\xfe"])
def test_a_record_that_cannot_be_read_is_skipped_and_logged(conn: minisql.Connection, payload: bytes) -> None:
    conn.execute("CREATE TABLE ages AS SELECT id, LATEST_BY_OFFSET(age) AS age FROM riders GROUP BY id;")
    topic = conn.topic("riders")
    topic.produce(b'{"AGE": 1}', b"a")
    topic.produce(payload, b"a")
    topic.produce(b'{"AGE": 3}', b"a")
    assert [record.value for record in conn.topic("AGES").records()] == [{"AGE": 1}, {"AGE": 3}]
    [entry] = conn.processing_log
    assert entry["message"]["deserializationError"]["topic"] == "riders"


def test_an_expression_that_fails_is_null_in_select_and_false_in_where(conn: minisql.Connection) -> None:
    far = conn.execute("SELECT id, GEO_DISTANCE(latitude, longitude, 0.0, 0.0) AS d FROM riders EMIT CHANGES;")
    near = conn.execute("SELECT id FROM riders WHERE GEO_DISTANCE(latitude, longitude, 0.0, 0.0) < 1 EMIT CHANGES;")
    conn.insert("riders", [{"id": "a", "latitude": 91.0, "longitude": 0.0}, {"id": "b", "latitude": 0.0, "longitude": 0.0}])
    assert far.fetchall() == [("a", None), ("b", 0.0)]
    assert near.fetchall() == [("b",)]
    failures = [entry["message"]["recordProcessingError"] for entry in conn.processing_log]
    call = "GEO_DISTANCE(LATITUDE, LONGITUDE, 0.0, 0.0)"
    assert [failure["errorMessage"] for failure in failures] == [
        f"Error computing expression {call} for column D with index 1",
        f"Error evaluating predicate ({call} < 1)",
    ]
    assert all("valid latitude values for GeoDistance function" in failure["cause"][0] for failure in failures)


def test_a_null_key_does_not_reach_a_table(conn: minisql.Connection) -> None:
    conn.execute("CREATE TABLE t (id VARCHAR PRIMARY KEY, v INT) WITH (kafka_topic='t', value_format='json', partitions=1);")
    conn.execute("CREATE TABLE u AS SELECT * FROM t;")
    conn.topic("t").produce(b'{"V": 1}')
    conn.topic("t").produce(b'{"V": 2}', b"a")
    assert [record.key for record in conn.topic("U").records()] == ["a"]
    assert "Value for primary key column(s) ID is required for tables" in refused(conn, "INSERT INTO t (v) VALUES (1);").message


def test_a_row_that_does_not_fit_writes_none(conn: minisql.Connection) -> None:
    with pytest.raises(minisql.DataError, match="RIDERS has no column 'color'; its columns are ID, LATITUDE, LONGITUDE, AGE"):
        conn.insert("riders", [{"id": "a", "age": 1}, {"id": "b", "color": "red"}])
    with pytest.raises(minisql.DataError, match="AGE of RIDERS is INTEGER, not 'old'"):
        conn.insert("riders", [{"id": "a", "age": 1}, {"id": "b", "age": "old"}])
    assert len(conn.topic("riders")) == 0


def test_close_wakes_whoever_waits_for_a_row(conn: minisql.Connection) -> None:
    cursor = conn.execute("SELECT * FROM riders EMIT CHANGES;")
    rows: list[object] = []
    reader = threading.Thread(target=lambda: rows.extend(cursor))
    reader.start()
    conn.insert("riders", [{"id": "a"}])
    cursor.close()
    reader.join(timeout=10)
    assert not reader.is_alive()
    assert len(rows) <= 1


def test_an_aggregate_that_fails_ends_its_query_alone(conn: minisql.Connection) -> None:
    @conn.udaf("FRAGILE(v INT) -> INT")
    class Fragile:
        """The last value, unless it is 13."""

        def initialize(self) -> int:
            return 0

        def aggregate(self, state: int, value: int) -> int:
            if value == 13:
                raise ValueError("thirteen")
            return value

        def merge(self, one: int, other: int) -> int:
            return other

    conn.execute("CREATE TABLE f AS SELECT id, FRAGILE(age) AS v FROM riders GROUP BY id;")
    conn.execute("CREATE TABLE c AS SELECT id, COUNT(*) AS n FROM riders GROUP BY id;")
    conn.insert("riders", [{"id": "a", "age": age} for age in (1, 13, 2)])
    states = {query.id: query.state for query in conn.engine.queries.values()}
    assert states == {"CTAS_F_0": "ERROR", "CTAS_C_1": "RUNNING"}
    assert [record.value["V"] for record in conn.topic("F").records()] == [1]
    assert [record.value["N"] for record in conn.topic("C").records()] == [1, 2, 3]


def test_what_minisql_lacks_is_named(conn: minisql.Connection) -> None:
    error = refused(conn, "CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');")
    assert isinstance(error, minisql.UnsupportedError)
    assert "CONNECTOR" in error.feature


def test_what_a_program_does_to_its_rows_does_not_reach_the_topics() -> None:
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        conn.execute(
            "CREATE STREAM s (a ARRAY<INT>, t STRUCT<x ARRAY<INT>>) WITH (kafka_topic='s', value_format='json', partitions=1);"
        )
        given = {"a": [1], "t": {"x": [1]}}
        conn.insert("s", [given])
        given["a"].append(2)
        for row in (conn.execute("SELECT * FROM s;").fetchone(), conn.execute("SELECT * FROM s EMIT CHANGES;").fetchone()):
            row.a.append(3)
            row.t["X"].append(3)
        conn.topic("s").records()[0].value["A"].append(4)
        assert conn.execute("SELECT * FROM s;").fetchall() == [([1], {"X": [1]})]


def test_insert_values_can_be_switched_off_at_any_time(conn: minisql.Connection) -> None:
    conn.execute("INSERT INTO riders (id, age) VALUES ('a', 1);")
    conn.execute("SET 'ksql.insert.into.values.enabled' = 'false';")
    assert (
        "The server has disabled INSERT INTO ... VALUES" in refused(conn, "INSERT INTO riders (id, age) VALUES ('b', 2);").message
    )
    assert len(conn.topic("riders")) == 1


def test_numbers_too_long_for_python(conn: minisql.Connection) -> None:
    digits = "1" * 5000
    for sql in (f"SELECT * FROM riders WHERE age = {digits} EMIT CHANGES;", f"INSERT INTO riders (age) VALUES (-{digits});"):
        assert "Invalid numeric literal: " in refused(conn, sql).message
    assert "overflows DOUBLE" in refused(conn, f"INSERT INTO riders (age) VALUES (1e{digits});").message
    assert 'For input string: "' in refused(conn, f"ASSERT TOPIC t TIMEOUT {digits} SECONDS;").message


def test_expressions_too_deep_for_python(conn: minisql.Connection) -> None:
    deep = " AND ".join(["age = 1"] * 5000)
    assert "Statement is too large to parse" in refused(conn, f"SELECT * FROM riders WHERE {deep} EMIT CHANGES;").message
    assert (
        "Statement is too large to parse"
        in refused(conn, f"SELECT {'ABS(' * 5000}1{')' * 5000} FROM riders EMIT CHANGES;").message
    )


def test_many_keys_of_a_pull_query(conn: minisql.Connection) -> None:
    conn.execute("CREATE TABLE ages AS SELECT age, COUNT(*) AS n FROM riders GROUP BY age;")
    conn.insert("riders", [{"id": "a", "age": age} for age in range(0, 2000, 7)])
    wanted = ", ".join(map(str, range(1000)))
    assert len(conn.execute(f"SELECT * FROM ages WHERE age IN ({wanted});").fetchall()) == len(range(0, 1000, 7))


def test_more_partitions_than_a_broker_makes(conn: minisql.Connection) -> None:
    sql = "CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions={});"
    assert "Excessively large number of partitions per request." in refused(conn, sql.format(2**31 - 1)).message
    conn.execute(sql.format(10_000))
