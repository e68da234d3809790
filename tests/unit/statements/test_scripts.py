"""Script files: RUN SCRIPT, and variables in every kind of statement."""

from __future__ import annotations

from pathlib import Path

import pytest

import minisql
from minisql.connection import Connection
from minisql.errors import KsqlError, ParseError

STREAM = "CREATE STREAM base (k INT KEY, v INT) WITH (kafka_topic='base', value_format='json', partitions=1);"


@pytest.fixture
def conn() -> Connection:
    return minisql.connect()


def test_scripts_run_scripts_beside_them(conn: Connection, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    (tmp_path / "main.sql").write_text("RUN SCRIPT 'parts/create.sql'; SHOW STREAMS;", encoding="utf-8")
    (parts / "create.sql").write_text(STREAM + "RUN SCRIPT 'set.sql';", encoding="utf-8")
    (parts / "set.sql").write_text("SET 'auto.offset.reset' = 'earliest';", encoding="utf-8")
    assert [row[0] for row in conn.run(tmp_path / "main.sql").fetchall()] == ["BASE"]
    assert conn.properties == {"auto.offset.reset": "earliest"}


def test_a_file_that_is_not_there(conn: Connection, tmp_path: Path) -> None:
    script = tmp_path / "main.sql"
    script.write_text("RUN SCRIPT 'nope.sql';", encoding="utf-8")
    with pytest.raises(KsqlError, match=r"Failed to read file: .*nope.sql. No such file or directory"):
        conn.run(script)


def test_the_server_has_no_such_statement(conn: Connection) -> None:
    with pytest.raises(ParseError, match="Syntax Error"):
        conn.execute("RUN SCRIPT 'x';")


@pytest.mark.parametrize(
    "statement",
    [
        "DESCRIBE ${name};",
        "DESCRIBE ${name} EXTENDED;",
        "PRINT ${name} FROM BEGINNING;",
        "PRINT '${name}' LIMIT 1;",
        "ASSERT TOPIC ${name} WITH (partitions=${one});",
        "ALTER STREAM ${name} ADD COLUMN ${name} INT;",
        "INSERT INTO ${name} (k, v) VALUES (${one}, ${one});",
        "CREATE TABLE t AS SELECT ${column}, COUNT(*) FROM ${name} GROUP BY v;",
        "SELECT * FROM ${name} WHERE v = ${one} EMIT CHANGES;",
        "EXPLAIN SELECT * FROM ${name} EMIT CHANGES;",
        "CREATE TYPE ${name} AS STRUCT<${name} INT>;",
        "DROP TYPE IF EXISTS ${name};",
        "CREATE SINK CONNECTOR ${name} WITH ('connector.class'='${name}');",
        "SET 'auto.offset.reset' = '${reset}';",
        "DEFINE more = '${one}1';",
        "DROP STREAM ${name} DELETE TOPIC;",
    ],
)
def test_variables_stand_in_every_statement(statement: str) -> None:
    conn = minisql.connect(connectors="record")
    conn.execute(STREAM + "DEFINE name = '`base`'; DEFINE one = '1'; DEFINE column = 'v'; DEFINE reset = 'earliest';")
    if "${column}" in statement:
        with pytest.raises(ParseError, match=r"Illegal argument at Line: 1, Col: 26. Got: 'v'"):
            conn.execute(statement)
        return
    conn.execute("CREATE STREAM `base` (k INT KEY, v INT) WITH (kafka_topic='base', value_format='json');" + "DROP STREAM base;")
    conn.execute(statement.replace("'${name}'", "'base'") if "PRINT" in statement else statement)


def test_the_server_may_leave_variables_alone() -> None:
    conn = minisql.connect(minisql.Engine(properties={"ksql.variable.substitution.enable": "false"}))
    conn.execute(STREAM + "DEFINE x = 'y';")
    cursor = conn.execute("SELECT '${x}' FROM base EMIT CHANGES;")
    conn.execute("INSERT INTO base VALUES (1, 2);")
    assert cursor.fetchall() == [("${x}",)]


def test_set_cannot_switch_variables_off_but_a_request_can(conn: Connection) -> None:
    """ksqlDB looks whether the session's value is a boolean; SET gives a string."""
    conn.execute(STREAM + "DEFINE x = 'y'; SET 'ksql.variable.substitution.enable' = 'false';")
    cursors = [
        conn.execute("SELECT '${x}' FROM base EMIT CHANGES;"),
        conn.execute("SELECT '${x}' FROM base EMIT CHANGES;", properties={"ksql.variable.substitution.enable": False}),  # type: ignore[dict-item]
    ]
    conn.execute("INSERT INTO base VALUES (1, 2);")
    assert [cursor.fetchall() for cursor in cursors] == [[("y",)], [("${x}",)]]
