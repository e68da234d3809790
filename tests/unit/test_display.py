"""Results in a shell and in a notebook."""

from __future__ import annotations

import minisql

SCRIPT = """
    CREATE STREAM s (id INT KEY, v STRING, d DECIMAL(5, 2), dates ARRAY<DATE>)
      WITH (kafka_topic='s', value_format='JSON', partitions=1);
    CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
    INSERT INTO s VALUES (1, 'x', 2.5, ARRAY['2020-01-01']);
    INSERT INTO s (id, v) VALUES (2, '<b>');
"""
TABLE = """\
ID      | V      | D             | DATES
INTEGER | STRING | DECIMAL(5, 2) | ARRAY<DATE>
--------+--------+---------------+-------------
      1 | x      |          2.50 | [2020-01-01]
      2 | <b>    |          null | null
2 rows"""
EARLIEST = {"auto.offset.reset": "earliest"}


def connected() -> minisql.Connection:
    conn = minisql.connect(properties=EARLIEST)
    conn.execute(SCRIPT)
    return conn


def test_rows_of_a_pull_query() -> None:
    cursor = connected().execute("SELECT * FROM s;")
    assert repr(cursor) == TABLE
    assert len(cursor.fetchall()) == 2
    assert repr(cursor) == TABLE


def test_rows_of_a_push_query_wait_on() -> None:
    cursor = connected().execute("SELECT * FROM s EMIT CHANGES;")
    shown = f"{TABLE}; {cursor.query_id} is running"
    assert [repr(cursor), repr(cursor)] == [shown, shown]
    assert [row.ID for row in cursor.fetchall()] == [1, 2]
    assert repr(cursor).splitlines()[-1] == f"0 rows; {cursor.query_id} is running"
    cursor.close()
    assert repr(cursor) == "<minisql cursor, closed>"


def test_a_push_query_that_has_ended() -> None:
    conn = connected()
    assert repr(conn.execute("SELECT id FROM s EMIT CHANGES LIMIT 1;")).endswith(" has ended")
    cursor = conn.execute("SELECT id FROM s EMIT CHANGES;")
    conn.engine.faults.fail_query(cursor.query_id, "too hot")
    assert repr(cursor).endswith(f"2 rows; {cursor.query_id} failed: too hot")


def test_a_deleted_key_has_its_key() -> None:
    conn = connected()
    conn.execute("CREATE TABLE u (id INT PRIMARY KEY, v INT) WITH (kafka_topic='u', format='JSON', partitions=1);")
    cursor = conn.execute("SELECT * FROM u EMIT CHANGES;")
    conn.topic("u").produce(None, 7)
    assert repr(cursor).splitlines()[3] == "      7 |    null"


def test_many_rows_and_long_texts() -> None:
    conn = connected()
    conn.insert("s", [(number, "a\n" + "b" * 200, None, None) for number in range(30)])
    lines = repr(conn.execute("SELECT * FROM s;")).splitlines()
    assert len(lines) == 3 + 20 + 1
    assert lines[5] == "      0 | a\\n" + "b" * 33 + "… |          null | null"
    assert lines[-1] == "32 rows, the first 20 of which are shown"


def test_statements() -> None:
    conn = connected()
    assert (
        repr(conn.execute("DROP TABLE t;")) == "Message\n----------------------------------\nSource `T` (topic: T) was dropped."
    )
    assert repr(conn.execute("INSERT INTO s (id) VALUES (3);")) == "<minisql cursor, no rows>"
    assert repr(conn.cursor()) == "<minisql cursor, no rows>"
    assert repr(conn.execute("LIST STREAMS;")).splitlines()[2] == "S           | s           | KAFKA      | JSON         | false"


def test_a_notebook() -> None:
    conn = connected()
    shown = conn.execute("SELECT id, v FROM s;")._repr_html_()
    assert shown is not None
    assert shown.startswith('<table class="dataframe"><thead><tr><th style="text-align: right">ID</th>')
    assert (
        '<td style="text-align: right">2</td><td style="text-align: left">&lt;b&gt;</td></tr></tbody></table><p>2 rows</p>'
        in shown
    )
    assert conn.cursor()._repr_html_() is None
    assert "<p>" not in str(conn.execute("LIST STREAMS;")._repr_html_())


def test_connections_and_topics() -> None:
    conn = connected()
    assert repr(conn) == "<minisql connection, 1 stream, 1 table, queries: 1>"
    assert repr(conn.topic("s")) == "<minisql topic 's': 2 records, read as STREAM S>"
    assert repr(conn.topic("elsewhere")) == "<minisql topic 'elsewhere': not made yet>"
    conn.close()
    assert repr(conn) == "<minisql connection, closed>"


def test_a_server() -> None:
    with minisql.server(port=0) as url, minisql.connect(url) as conn:
        assert repr(conn) == f"<minisql connection, {url}>"
        conn.execute(SCRIPT)
        assert repr(conn.execute("SELECT * FROM s;")) == TABLE
