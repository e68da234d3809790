"""assert_table: what a table amounts to, and assert_rows: what a cursor has."""

import re

import pytest

import minisql
from minisql.testing import TOMBSTONE, AssertionFailed, connect

EARLIEST = {"auto.offset.reset": "earliest"}


@pytest.fixture
def ksql():
    with connect(clock=minisql.ManualClock(0), properties=EARLIEST) as connection:
        connection.execute("""
            CREATE STREAM sales (shop VARCHAR KEY, item VARCHAR, n INT)
              WITH (kafka_topic='sales', value_format='json', partitions=1);
            INSERT INTO sales (rowtime, shop, item, n) VALUES (0, 'x', 'pen', 1);
            INSERT INTO sales (rowtime, shop, item, n) VALUES (500, 'y', 'ink', 2);
            INSERT INTO sales (rowtime, shop, item, n) VALUES (1500, 'x', 'pen', 3);
            INSERT INTO sales (rowtime, shop, item, n) VALUES (1600, 'x', 'ink', -3);
            CREATE TABLE by_shop AS SELECT shop, SUM(n) AS total FROM sales GROUP BY shop;
            CREATE TABLE positive AS SELECT shop, total FROM by_shop WHERE total > 1;
            CREATE TABLE by_item WITH (key_format='json') AS
              SELECT shop, item, COUNT(*) AS sold, SUM(n) AS total FROM sales GROUP BY shop, item;
            CREATE TABLE by_second AS SELECT shop, COUNT(*) AS sold FROM sales WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY shop;
            CREATE TABLE by_both WITH (key_format='json') AS
              SELECT shop, item, COUNT(*) AS sold FROM sales WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY shop, item;
        """)
        yield connection


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("BY_SHOP", {"x": 1, "y": 2}),
        ("by_shop", {"y": (2,), "x": {"total": 1}}),
        ("BY_SHOP", "TOTAL | SHOP | ROWTIME\n 2 | y | 500 \n 1 | x | 1600"),
        ("BY_SHOP", [{"shop": "y"}, {"total": 1}]),
        ("POSITIVE", {"y": 2}),
        ("POSITIVE", {"y": 2, "x": TOMBSTONE}),
        ("POSITIVE", "SHOP | TOTAL\n y | 2\n x | <tombstone>"),
        ("BY_ITEM", {("x", "pen"): (2, 4), ("x", "ink"): {"sold": 1}, ("y", "ink"): {"SOLD": 1, "TOTAL": 2}}),
        ("BY_SECOND", {("x", 0): 1, ("y", 0, 1000): 1, ("x", 1000): 2}),
        ("BY_SECOND", "SHOP | WINDOWSTART | WINDOWEND | SOLD\n x | 0 | 1000 | 1 \n x | 1000 | 2000 | 2 \n y | 0 | <any> | 1"),
        ("BY_BOTH", {(("x", "pen"), 0): 1, ("x", "pen", 1000): 1, ("x", "ink", 1000, 2000): 1, (("y", "ink"), 0, 1000): 1}),
        ("sales", {"x": ("ink", -3), "y": ("ink", 2)}),
    ],
)
def test_rows_that_a_table_has(ksql, name, rows):
    ksql.assert_table(name, rows)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("BY_SHOP", {"x": 1}),
        ("BY_SHOP", {"x": 1, "y": 2, "z": 3}),
        ("BY_SHOP", {"x": 1, "y": 3}),
        ("BY_SHOP", {"x": 1, "y": None}),
        ("BY_SHOP", {"x": 1, "y": TOMBSTONE}),
        ("BY_SHOP", {}),
        ("BY_SECOND", {("x", 0): 1, ("y", 1): 1, ("x", 1000): 2}),
    ],
)
def test_rows_that_a_table_has_not(ksql, name, rows):
    with pytest.raises(AssertionFailed):
        ksql.assert_table(name, rows)


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        ("BY_SECOND", {"x": 1}, "a windowed key is (SHOP, start) or (SHOP, start, end), not 'x'"),
        ("BY_BOTH", {("x", 0): 1}, "a windowed key is ((SHOP, ITEM), start) or ((SHOP, ITEM), start, end), not ('x', 0)"),
        ("BY_ITEM", {"x": (1, 1)}, "the columns of the key are SHOP, ITEM, not 'x'"),
        ("BY_ITEM", {("x", "pen"): None}, "a row of several columns is a dict or a tuple; TOMBSTONE says that there is none"),
        ("BY_ITEM", {("x", "pen"): 3}, "the columns of the value are SOLD, TOTAL, not 3"),
    ],
)
def test_rows_that_cannot_be_read(ksql, name, rows, message):
    with pytest.raises(minisql.InterfaceError, match=re.escape(message)):
        ksql.assert_table(name, rows)


def test_rows_of_a_table_have_no_order(ksql):
    ksql.assert_rows(ksql.execute("SELECT * FROM by_shop;"), [("y", 2), ("x", 1)])
    ksql.assert_rows(ksql.execute("SELECT * FROM by_shop WHERE shop = 'y';"), [{"total": 2}])
    with pytest.raises(AssertionFailed):
        ksql.assert_rows(ksql.execute("SELECT * FROM by_shop;"), [("y", 2), ("x", 1)], ordered=True)


def test_rows_of_streams_have_an_order(ksql):
    rows = [("pen", 1), ("ink", 2), ("pen", 3), ("ink", -3)]
    ksql.assert_rows(ksql.execute("SELECT item, n FROM sales;"), rows)
    with pytest.raises(AssertionFailed):
        ksql.assert_rows(ksql.execute("SELECT item, n FROM sales;"), rows[::-1])
    ksql.assert_rows(ksql.execute("SELECT item, n FROM sales;"), rows[::-1], ordered=False)


def test_rows_of_a_push_query_are_those_not_fetched_yet(ksql):
    cursor = ksql.execute("SELECT rowtime, shop, n FROM sales EMIT CHANGES;")
    ksql.assert_rows(cursor, "ROWTIME | SHOP | N\n 0|x|1 \n 500|y|2 \n 1500|x|3 \n 1600|x|-3")
    ksql.assert_rows(cursor, [])
    ksql.insert("sales", [{"shop": "z", "n": 9}, {"shop": "z", "n": 8}])
    ksql.assert_rows(cursor, [(9,), (8,)], columns=["n"])


def test_rows_of_statements(ksql):
    ksql.assert_rows(ksql.execute("SHOW STREAMS;"), [{"Stream Name": "SALES"}])
    ksql.assert_rows(ksql.execute("SHOW STREAMS;"), "Stream Name | Kafka Topic\n SALES | sales")


def test_a_cursor_it_has_to_be(ksql):
    with pytest.raises(minisql.InterfaceError, match="assert_rows takes the cursor of a query, not list"):
        ksql.assert_rows([], [])


def test_pairing_takes_back_what_it_has_paired(ksql):
    """ANY fits both rows; only when it lets go of the first, all fit."""
    ksql.assert_rows(ksql.execute("SELECT * FROM by_shop;"), [{"shop": "x"}, {"total": 2}])
    ksql.assert_table("BY_SHOP", "SHOP | TOTAL\n <any> | <any> \n x | <any>")


def test_many_like_rows(ksql):
    rows = [("s", "i", 1)] * 1500
    ksql.insert("sales", rows)
    ksql.assert_topic("sales", rows, start=4, ordered=False)
    with pytest.raises(AssertionFailed, match="1500 records are there, 1499 expected"):
        ksql.assert_topic("sales", rows[1:], start=4, ordered=False)
