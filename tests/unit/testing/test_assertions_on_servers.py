"""The assertions of a connection to a server."""

import threading

import pytest

import minisql
from minisql.testing import TOMBSTONE, AssertionFailed, connect

pytest.importorskip("httpx")
pytest.importorskip("h2")

SCRIPT = """
    CREATE TABLE accounts (account VARCHAR PRIMARY KEY, balance DECIMAL(6, 2))
      WITH (kafka_topic='a', format='json', partitions=1);
    CREATE TABLE rich AS SELECT * FROM accounts WHERE balance > 9;
    CREATE STREAM moves (account VARCHAR KEY, n INT) WITH (kafka_topic='moves', value_format='json', partitions=1);
    CREATE TABLE per_second WITH (kafka_topic='seconds') AS
      SELECT account, COUNT(*) AS n FROM moves WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY account;
"""


@pytest.fixture
def ksql():
    with minisql.server(port=0) as url, connect(url, properties={"auto.offset.reset": "earliest"}) as connection:
        connection.patience = 20.0
        connection.execute(SCRIPT)
        connection.execute("INSERT INTO accounts (rowtime, account, balance) VALUES (1, 'ann', 10.5);")
        connection.execute("INSERT INTO accounts (rowtime, account, balance) VALUES (2, 'bob', 5);")
        connection.execute("INSERT INTO accounts (rowtime, account, balance) VALUES (3, 'ann', 9);")
        connection.execute("INSERT INTO moves (rowtime, account, n) VALUES (1, 'ann', 1);")
        connection.execute("INSERT INTO moves (rowtime, account, n) VALUES (1001, 'ann', 2);")
        yield connection


def test_topics(ksql):
    ksql.assert_topic(
        "a",
        """
        ROWTIME | ACCOUNT | BALANCE
        1       | ann     | 10.50
        2       | bob     | 5
        3       | ann     | 9
        """,
    )
    ksql.assert_topic("accounts", [("bob", 5), ("ann", 9), ("ann", "10.5")], ordered=False)
    ksql.assert_topic("RICH", [("ann", 10.5), ("ann", TOMBSTONE)])
    ksql.assert_topic("seconds", [("ann", 0, 1000, 1), ("ann", 1000, 2000, 1)])
    ksql.assert_topic("moves", [{"rowoffset": 1, "rowpartition": 0, "n": 2}], start=1)


def test_tables(ksql):
    ksql.assert_table("accounts", {"bob": 5, "ann": 9})
    ksql.assert_table("rich", {})
    ksql.assert_table("per_second", {("ann", 0): 1, ("ann", 1000): 1})


def test_rows(ksql):
    ksql.assert_rows(ksql.execute("SELECT n FROM per_second WHERE account = 'ann';"), [(1,), (1,)])
    cursor = ksql.execute("SELECT account, n FROM moves EMIT CHANGES;")
    ksql.assert_rows(cursor, [("ann", 1), ("ann", 2)])
    late = threading.Timer(0.2, ksql.execute, ["INSERT INTO moves VALUES ('bob', 7);"])
    late.start()
    ksql.assert_rows(cursor, [("bob", 7)])
    late.join()
    cursor.close()


def test_records_that_come_late(ksql):
    late = threading.Timer(0.2, ksql.execute, ["INSERT INTO moves (rowtime, account, n) VALUES (2001, 'bob', 7);"])
    late.start()
    ksql.assert_table("per_second", {("ann", 0): 1, ("ann", 1000): 1, ("bob", 2000): 1})
    late.join()


def test_failures(ksql):
    ksql.patience = 1.0
    with pytest.raises(AssertionFailed) as caught:
        ksql.assert_topic("RICH", [("ann", 10.5)])
    assert str(caught.value).startswith(
        "topic RICH is not as expected: record 1 is not expected\n2 records are there, 1 expected\n"
    )
    assert "\nwritten by CTAS_RICH_0:\n    CREATE TABLE RICH WITH" in str(caught.value)
    with pytest.raises(AssertionFailed, match="no query writes topic moves"):
        ksql.assert_topic("moves", [])
    with pytest.raises(AssertionFailed, match="SELECT account FROM moves LIMIT 1;"):
        ksql.assert_rows(ksql.execute("SELECT account FROM moves LIMIT 1;"), [])
    with pytest.raises(minisql.InterfaceError, match="the server has no source called nope, and none on such a topic"):
        ksql.assert_topic("nope", [])
