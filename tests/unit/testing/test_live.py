"""The same tests on a server: here on minisql's own, which answers as ksqlDB does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

import minisql

pytest.importorskip("h11")

APP = """
SET 'auto.offset.reset' = 'earliest';
CREATE STREAM orders (id STRING KEY, amount INT) WITH (kafka_topic='orders', value_format='JSON', partitions=1);
CREATE TABLE totals AS SELECT id, SUM(amount) AS total FROM orders GROUP BY id;
"""

LISTS = "SHOW STREAMS; SHOW TABLES; SHOW QUERIES; SHOW TOPICS; SHOW TYPES;"


class Result(NamedTuple):
    """What a session of pytest has printed, and how it ended."""

    text: str
    code: int

    @property
    def outcomes(self) -> dict[str, int]:
        return {
            word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|skipped|error)", self.text.splitlines()[-1])
        }

    def has(self, line: str) -> bool:
        return any(fnmatch(each, line) for each in self.text.splitlines())


def session(folder: Path, url: str, *arguments: str) -> Result:
    """Run pytest in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-p", "minisql.testing.plugin", "-p", "no:cacheprovider", "-v", "-rs"]
    command += ["--ksql-url", url, "--ksql-quiet", "0.2", "--ksql-timeout", "5", *arguments]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return Result(done.stdout, done.returncode)


@pytest.fixture
def run(tmp_path):
    """Runs files against a server; its lists have to be afterwards what they were before."""

    def run(*arguments, **files):
        for name, text in files.items():
            (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
        with minisql.connect() as conn, minisql.server(conn) as url:
            conn.execute("CREATE STREAM others (v INT) WITH (kafka_topic='orders', value_format='JSON', partitions=3);")
            conn.execute("CREATE STREAM copy AS SELECT * FROM others;")
            before = conn.ksql(LISTS)
            result = session(tmp_path, url, *arguments)
            assert conn.ksql(LISTS) == before
            assert [query.state for query in conn.engine.queries.values()] == ["RUNNING"]
        return result

    return run


def test_each_test_runs_twice(run):
    test = """
import pytest

pytestmark = pytest.mark.ksql("app.sql")

def test_pull(ksql):
    ksql.execute("INSERT INTO orders VALUES ('a', 1);")
    ksql.insert("orders", [("a", 2), {"id": "b", "amount": 5}])
    assert sorted(ksql.execute("SELECT * FROM totals;").fetchall()) == [("a", 3), ("b", 5)]

def test_push(ksql):
    ksql.insert("orders", [("a", 1), ("b", 2)])
    cursor = ksql.execute("SELECT o.id, o.amount, o.rowtime FROM orders o EMIT CHANGES;")
    assert cursor.fetchall() == [("a", 1, 0), ("b", 2, 0)]
    ksql.execute("INSERT INTO orders (id, amount, rowtime) VALUES ('c', 3, 5);")
    assert cursor.fetchone() == ("c", 3, 5)

def test_topics(ksql):
    ksql.insert("orders", [("a", 1), ("a", 2)])
    ksql.assert_topic("TOTALS", [("a", 1), ("a", 3)])
    assert [(each.key, each.value) for each in ksql.topic("orders").records(1)] == [("a", {"AMOUNT": 2})]
    with pytest.raises(AssertionError):
        ksql.assert_topic("totals", [("a", 1), ("a", 4)])

@pytest.mark.ksql(topics={"mine": 2})
def test_names_are_as_in_the_process(ksql):
    ksql.execute("CREATE STREAM other (id STRING KEY, amount INT) WITH (kafka_topic='mine', value_format='JSON');")
    ksql.execute("CREATE TYPE pair AS STRUCT<a INT, b INT>;")
    ksql.execute("CREATE STREAM j AS SELECT *, STRUCT(a := 1) AS s FROM orders JOIN totals ON orders.id = totals.id;")
    fields = ksql.ksql("DESCRIBE j;")[0]["sourceDescription"]["fields"]
    assert [each["name"] for each in fields] == ["ORDERS_ID", "ORDERS_AMOUNT", "TOTALS_ID", "TOTALS_TOTAL", "S"]
    assert sorted(each["id"] for each in ksql.ksql("SHOW QUERIES;")[0]["queries"]) == ["CSAS_J_1", "CTAS_TOTALS_0"]
    assert sorted(each["name"] for each in ksql.ksql("SHOW STREAMS;")[0]["streams"]) == ["J", "ORDERS", "OTHER"]
    assert [each["name"] for each in ksql.ksql("SHOW TOPICS;")[0]["topics"]] == ["J", "TOTALS", "mine", "orders"]
    ksql.execute("TERMINATE csas_j_1; DROP STREAM j;")
    ksql.execute("TERMINATE ALL;")
    assert ksql.ksql("SHOW QUERIES;")[0]["queries"] == []
"""
    result = run(test_it__py=test, app__sql=APP)
    assert result.outcomes == {"passed": 8}
    assert result.has("test_it.py::test_pull?process? PASSED*")
    assert result.has("test_it.py::test_pull?server? PASSED*")


def test_errors_are_as_in_the_process(run):
    test = """
import minisql
import pytest

@pytest.mark.ksql("app.sql")
@pytest.mark.parametrize("statement, message", [
    ("SELECT nope FROM orders EMIT CHANGES;", "Line: 1, Col: 8: SELECT column 'NOPE' cannot be resolved."),
    ("SELECT id FROM orders WHERE nope = 1 EMIT CHANGES;", "Line: 1, Col: 29: WHERE column 'NOPE' cannot be resolved."),
    ("CREATE STREAM x AS SELECT * FROM nowhere;", "Exception while preparing statement: NOWHERE does not exist."),
    ("DROP STREAM orders;", "Cannot drop ORDERS."),
    ("SELECT * FRM orders;", "line 1:10: Syntax Error"),
    ("INSERT INTO orders VALUES (1);", "Failed to insert values into 'ORDERS'. Expected a value for each column."),
])
def test_refusals(ksql, statement, message):
    with pytest.raises(minisql.KsqlError) as error:
        ksql.execute(statement)
    assert error.value.message.startswith(message)
"""
    assert run(test_it__py=test, app__sql=APP).outcomes == {"passed": 12}


def test_what_needs_the_process_stays_there(run):
    test = """
import pytest

@pytest.mark.ksql("app.sql")
def test_produce(ksql):
    ksql.topic("orders").produce({"AMOUNT": 1}, "a")

def test_engine(ksql):
    assert ksql.engine.broker

def test_connector(ksql):
    with pytest.raises(Exception):
        ksql.execute("ALTER SYSTEM 'ksql.x' = 'y';")

def test_clock(ksql, ksql_clock): ...
"""
    result = run(test_it__py=test, app__sql=APP)
    assert result.outcomes == {"passed": 4, "skipped": 3}
    assert result.has("SKIPPED * test_it.py:*: a server's REST API cannot produce records*")
    assert result.has("SKIPPED * test_it.py:*: a server's REST API gives no broker")
    assert result.has("SKIPPED * test_it.py:*: others use the server too: ALTER SYSTEM*")


SQL = """\
--@test: sums
DEFINE more = '2';
CREATE STREAM ORDERS (ID STRING KEY, AMOUNT INT) WITH (kafka_topic='orders', value_format='JSON');
CREATE TABLE TOTALS AS SELECT ID, SUM(AMOUNT) AS TOTAL FROM ORDERS GROUP BY ID;
INSERT INTO ORDERS VALUES ('a', 1);
INSERT INTO ORDERS (ID, AMOUNT, ROWTIME) VALUES ('a', ${more}, 77);
ASSERT VALUES TOTALS (ID, TOTAL) VALUES ('a', 1);
ASSERT VALUES TOTALS (ID, TOTAL) VALUES ('a', 3);
ASSERT NO VALUES TOTALS;
ASSERT ROWS TOTALS VALUES ('a', 3);
ASSERT VALUES ORDERS (ID) VALUES ('a');
ASSERT VALUES ORDERS (ID, ROWTIME) VALUES ('a', 77);
ASSERT TABLE TOTALS (ID STRING PRIMARY KEY, TOTAL INT) WITH (kafka_topic='TOTALS', value_format='JSON');
ASSERT TOPIC orders;
ASSERT NOT EXISTS TOPIC others;
SELECT * FROM TOTALS WHERE ID = 'a';
ASSERT ROWS VALUES ('a', 3);
SELECT AMOUNT FROM ORDERS EMIT CHANGES;
ASSERT ROWS VALUES (2), (1);

--@test: windows and tombstones
CREATE STREAM ORDERS (ID STRING KEY, AMOUNT INT) WITH (kafka_topic='orders', value_format='JSON');
CREATE TABLE W AS SELECT ID, COUNT(*) AS N FROM ORDERS WINDOW TUMBLING (SIZE 10 SECONDS) GROUP BY ID;
CREATE TABLE T (ID INT PRIMARY KEY, V INT) WITH (kafka_topic='t', format='JSON');
CREATE TABLE P AS SELECT * FROM T WHERE V > 0;
INSERT INTO ORDERS (ID, AMOUNT, ROWTIME) VALUES ('a', 2, 11000);
INSERT INTO T VALUES (1, 5);
INSERT INTO T VALUES (1, -5);
ASSERT VALUES W (ID, N, WINDOWSTART, WINDOWEND) VALUES ('a', 1, 10000, 20000);
ASSERT VALUES P VALUES (1, 5);
ASSERT NULL VALUES P (ID) KEY (1);
ASSERT NO ROWS P;

--@test: types and formats
CREATE TYPE PAIR AS STRUCT<A INT, B DECIMAL(4, 2)>;
CREATE STREAM S (K INT KEY, P PAIR, L ARRAY<PAIR>, D DATE, M MAP<STRING, DOUBLE>) WITH (kafka_topic='s', value_format='AVRO');
CREATE STREAM C WITH (value_format='PROTOBUF') AS SELECT K, P, D FROM S;
INSERT INTO S VALUES (1, STRUCT(A := 1, B := 2.50), ARRAY[STRUCT(A := 1, B := 2.50)], '2020-01-02', MAP('x' := 1.5e0));
ASSERT VALUES S VALUES (1, STRUCT(A := 1, B := 2.50), ARRAY[STRUCT(A := 1, B := 2.50)], '2020-01-02', MAP('x' := 1.5e0));
CREATE STREAM AGAIN (K INT KEY, D DATE) WITH (kafka_topic='C', value_format='PROTOBUF');
ASSERT ROWS AGAIN (D) VALUES ('2020-01-02');
ASSERT ROWS C VALUES (1, STRUCT(A := 1, B := 2.50), '2020-01-02');
ASSERT STREAM C (K INT KEY, P STRUCT<A INT, B DECIMAL(4, 2)>, D DATE) WITH (kafka_topic='C', value_format='PROTOBUF');

--@test: two queries write one stream, and a query replaces another
CREATE STREAM A (V INT) WITH (kafka_topic='a', format='JSON');
CREATE STREAM B (V INT) WITH (kafka_topic='b', format='JSON');
CREATE STREAM ALL_OF_THEM AS SELECT * FROM A WHERE V > 0;
INSERT INTO ALL_OF_THEM SELECT * FROM B;
CREATE STREAM SOME AS SELECT * FROM A WHERE V > 0;
INSERT INTO B VALUES (1);
INSERT INTO A VALUES (2);
INSERT INTO A VALUES (-3);
CREATE OR REPLACE STREAM SOME AS SELECT * FROM A;
INSERT INTO A VALUES (-4);
ASSERT VALUES SOME (V) VALUES (2);
ASSERT VALUES SOME (V) VALUES (-4);
ASSERT VALUES ALL_OF_THEM (V) VALUES (1);
ASSERT VALUES ALL_OF_THEM (V) VALUES (2);
ASSERT NO VALUES ALL_OF_THEM;

--@test: refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: NOTHING does not exist
DROP STREAM NOTHING;

--@test: differs
--@expected.error: java.lang.AssertionError
--@expected.message: Expected record does not match actual.
CREATE STREAM S (V INT) WITH (kafka_topic='s', format='JSON');
INSERT INTO S VALUES (1);
ASSERT VALUES S (V) VALUES (2);

--@test: dies
--@expected.error: org.apache.kafka.streams.errors.StreamsException
--@expected.message: overflow
CREATE STREAM S (V INT) WITH (kafka_topic='s', format='JSON');
CREATE TABLE T AS SELECT V, SUM(V) AS N FROM S GROUP BY V;
"""


def test_sql_tests(run):
    result = run("--ksql-timeout", "2", sql_test__sql=SQL)
    assert result.outcomes == {"passed": 12, "failed": 1, "skipped": 1}  # "dies" does not die in the process
    assert result.has("sql_test.sql::sums PASSED*")
    assert result.has("sql_test.sql::sums?server? PASSED*")
    assert result.has("SKIPPED * sql_test.sql:*: a server's answer to a statement does not tell that a query died")


def test_a_failure_is_told_in_the_names_of_the_test(run):
    wrong = "--@test: t\nCREATE STREAM S (V INT) WITH (kafka_topic='s', format='JSON');\nASSERT VALUES S (V) VALUES (2);\n"
    wrong += "--@test: u\nCREATE STREAM S AS SELECT * FROM NOTHING;"
    result = run("--ksql-timeout", "1", sql_test__sql=wrong)
    assert result.outcomes == {"failed": 4}
    for line in ("E   Expected another record, but all records have already been read:", "sql_test.sql:3", "sql_test.sql:5"):
        assert result.text.splitlines().count(line) == 2
    assert result.text.count("E   Exception while preparing statement: NOTHING does not exist.\n") == 2
    assert "_KT" not in result.text


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.0.0.1:port"])
def test_where_no_server_answers_tests_are_skipped(tmp_path, url):
    tmp_path.joinpath("test_it.py").write_text("def test_one(ksql): ...\ndef test_two(ksql): ...", encoding="utf-8")
    tmp_path.joinpath("sql_test.sql").write_text("--@test: t\nSHOW STREAMS;", encoding="utf-8")
    result = session(tmp_path, url)
    assert result.outcomes == {"passed": 3, "skipped": 3}
    assert result.has(f"SKIPPED *: no ksqlDB server answers at {url}: *")
    assert result.code == 0


def test_a_server_of_something_else_is_none(tmp_path):
    server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    Thread(target=server.serve_forever, daemon=True).start()
    tmp_path.joinpath("test_it.py").write_text("def test_one(ksql): ...", encoding="utf-8")
    result = session(tmp_path, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    assert result.outcomes == {"passed": 1, "skipped": 1}
