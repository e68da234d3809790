"""Pull queries that are asked again give what they would give the first time."""

from __future__ import annotations

import pytest

import minisql
from minisql import Connection
from minisql.errors import KsqlError

SCRIPT = """
CREATE STREAM s (id INT KEY, name STRING, v INT) WITH (kafka_topic='s', format='json', partitions=2);
CREATE TABLE t AS SELECT id, COUNT(*) AS n, LATEST_BY_OFFSET(v) AS v FROM s GROUP BY id;
CREATE TABLE named AS SELECT name, COUNT(*) AS n FROM s GROUP BY name;
CREATE TABLE pairs AS SELECT id, name, COUNT(*) AS n FROM s GROUP BY id, name;
CREATE TABLE windowed AS SELECT id, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY id;
INSERT INTO s (ROWTIME, id, name, v) VALUES (0, 1, 'a', 10);
INSERT INTO s (ROWTIME, id, name, v) VALUES (5, 1, 'it''s', 11);
INSERT INTO s (ROWTIME, id, name, v) VALUES (15, -2, 'a', 12);
INSERT INTO s (ROWTIME, id, name, v) VALUES (25, 3, 'c', 13);
"""


def opened() -> Connection:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    conn.execute(SCRIPT)
    return conn


@pytest.fixture
def conn() -> Connection:
    return opened()


QUERIES = [
    "SELECT * FROM t WHERE id = {};",
    "SELECT v, id FROM t WHERE id = {} AND n > 0;",
    "SELECT v FROM t WHERE id >= {};",
    "SELECT v FROM t WHERE id = {} OR id = 3;",
    "SELECT v FROM t WHERE id IN ({}, 1) LIMIT 1;",
    "SELECT id AS `Id`, 'x' AS x FROM t y WHERE y.id = {};",
    "SELECT * FROM windowed WHERE id = {};",
    "SELECT * FROM windowed WHERE id = {} AND windowstart < 10;",
    "SELECT ABS(id) AS a FROM t WHERE id = {};",
    "select * from t where id={} -- a remark",
]


@pytest.mark.parametrize("query", QUERIES)
def test_other_keys_give_other_rows(conn: Connection, query: str) -> None:
    for key in (1, -2, 3, 1, 4, 3000000):
        text = query.format(key)
        wanted = opened().execute(text)
        rows, description = wanted.fetchall(), wanted.description
        for _ in range(2):
            found = conn.execute(text)
            assert (found.fetchall(), found.description) == (rows, description)


@pytest.mark.parametrize("name", ["a", "it''s", "", "nobody", "1"])
def test_keys_of_text(conn: Connection, name: str) -> None:
    for _ in range(2):
        found = conn.execute(f"SELECT * FROM named WHERE name = '{name}';").fetchall()
        assert found == opened().execute(f"SELECT * FROM named WHERE name = '{name}';").fetchall()


def test_keys_of_several_columns_in_any_order(conn: Connection) -> None:
    for id, name, n in [(1, "a", 1), (-2, "a", 1), (1, "it''s", 1), (1, "b", None), (3, "a", None)]:
        wanted = [] if n is None else [(n,)]
        assert conn.execute(f"SELECT n FROM pairs WHERE id = {id} AND name = '{name}';").fetchall() == wanted
        assert conn.execute(f"SELECT n FROM pairs WHERE name = '{name}' AND id = {id};").fetchall() == wanted


def test_rows_are_those_of_now(conn: Connection) -> None:
    for n in (2, 3, 4):
        assert conn.execute("SELECT n FROM t WHERE id = 1;").fetchall() == [(n,)]
        assert conn.execute("SELECT n FROM t WHERE n > 1;").fetchall() == [(n,)]
        conn.execute("INSERT INTO s VALUES (1, 'a', 1);")


def test_each_query_has_its_own_id(conn: Connection) -> None:
    ids = [conn.execute("SELECT n FROM t WHERE id = 1;").query_id for _ in range(3)]
    assert len(set(ids)) == 3


def test_a_table_that_was_made_anew(conn: Connection) -> None:
    queries = ("SELECT * FROM t WHERE id = 1;", "SELECT * FROM t WHERE id > 1;")
    before = [conn.execute(text).fetchall() for text in queries]
    conn.execute("DROP TABLE t; CREATE TABLE t AS SELECT id, MAX(v) AS biggest FROM s GROUP BY id;")
    after = [conn.execute(text) for text in queries]
    assert before == [[(1, 2, 11)], [(3, 1, 13)]]
    assert [each.fetchall() for each in after] == [[(1, 11)], [(3, 13)]]
    assert [column.name for column in after[0].schema] == ["ID", "BIGGEST"]


def test_properties_that_have_changed(conn: Connection) -> None:
    text = "SELECT * FROM t WHERE n > 1;"
    assert conn.execute(text).fetchall() == [(1, 2, 11)]
    with pytest.raises(KsqlError):
        conn.execute(text, properties={"ksql.query.pull.table.scan.enabled": "false"})
    conn.execute("SET 'ksql.query.pull.table.scan.enabled' = 'false';")
    with pytest.raises(KsqlError):
        conn.execute(text)


def test_variables_are_put_in(conn: Connection) -> None:
    assert conn.execute("SELECT n FROM named WHERE name = 'a';").fetchall() == [(2,)]
    conn.execute("DEFINE x = 'a';")
    assert conn.execute("SELECT n FROM named WHERE name = '${x}';").fetchall() == [(2,)]
    conn.execute("DEFINE x = 'nobody';")
    assert conn.execute("SELECT n FROM named WHERE name = '${x}';").fetchall() == []


def test_keys_that_do_not_fit_are_refused_each_time(conn: Connection) -> None:
    assert conn.execute("SELECT n FROM t WHERE id = 1;").fetchall() == [(2,)]
    for _ in range(2):
        with pytest.raises(KsqlError):
            conn.execute("SELECT n FROM t WHERE id = 1.0;")
