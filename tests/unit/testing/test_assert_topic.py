"""assert_topic: the forms of rows that it takes, and what it says of others."""

import re

import pytest

import minisql
from minisql.testing import ANY, TOMBSTONE, AssertionFailed, connect

SCRIPT = """
    CREATE TABLE accounts (account VARCHAR PRIMARY KEY, balance INT)
      WITH (kafka_topic='accounts', value_format='json', partitions=1);
    CREATE TABLE rich AS SELECT * FROM accounts WHERE balance > 9;
    INSERT INTO accounts VALUES ('ann', 10);
    INSERT INTO accounts VALUES ('bob', 5);
    INSERT INTO accounts (rowtime, account, balance) VALUES (7, 'cat', NULL);
    INSERT INTO accounts VALUES ('ann', 9);
"""


@pytest.fixture
def ksql():
    with connect(clock=minisql.ManualClock(0)) as connection:
        connection.execute(SCRIPT)
        yield connection


ROWS = [
    """
    ROWTIME | ACCOUNT | BALANCE
    0       | ann     | 10
    0       | bob     | 5
    7       | cat     | NULL
    0       | ann     | 9
    """,
    """
    | balance | account |
    |---------|---------|
    | 10      | ann     |
    | <any>   | 'bob'   |
    | null    | "cat"   |
    -- the last one
    | 9       | ann     |
    """,
    [("ann", 10), ("bob", 5), ("cat", None), ("ann", 9)],
    [{"account": "ann", "BALANCE": 10}, {"ROWTIME": 0}, {"rowoffset": 2, "balance": None}, {"rowpartition": 0}],
    [
        {"key": "ann", "value": {"balance": 10}},
        {"key": "bob", "timestamp": 0, "headers": ()},
        {"value": (None,)},
        {"offset": 3, "value": 9},
    ],
    [("ann", ANY), (ANY, 5), ("cat", ANY), ("ann", pytest.approx(9))],
]


@pytest.mark.parametrize("rows", ROWS, ids=["table", "markdown", "tuples", "dicts", "records", "matchers"])
def test_rows_that_are_there(ksql, rows):
    ksql.assert_topic("accounts", rows)
    ksql.assert_topic("ACCOUNTS", rows)


def test_tombstones(ksql):
    for rows in (
        "ACCOUNT | BALANCE\n ann | 10 \n ann | <tombstone>",
        [("ann", 10), ("ann", TOMBSTONE)],
        [{"BALANCE": 10}, {"ACCOUNT": "ann", "BALANCE": TOMBSTONE}],
        [{"key": "ann"}, {"key": "ann", "value": None}],
        ksql.topic("RICH").records(),
    ):
        ksql.assert_topic("RICH", rows)


def test_options(ksql):
    ksql.assert_topic("accounts", [("ann", 9)], start=3)
    ksql.assert_topic("accounts", [("ann", 9), ("ann", 10), ("bob", 5), ("cat", None)], ordered=False)
    ksql.assert_topic("accounts", [(0, "ann"), (0, "bob"), (7, "cat"), (0, "ann")], columns=["rowtime", "account"])
    ksql.assert_topic("accounts", [], start=4)
    ksql.assert_topic("accounts", "ACCOUNT | BALANCE", start=4)


@pytest.mark.parametrize(
    "rows",
    [
        [("ann", 10), ("bob", 5), ("cat", None)],
        [("ann", 10), ("bob", 5), ("cat", None), ("ann", 9), ("ann", 9)],
        [("ann", 10), ("bob", 5), ("cat", 0), ("ann", 9)],
        [("ann", 10), ("bob", 5), ("cat", TOMBSTONE), ("ann", 9)],
        [("ann", "10"), ("bob", 5), ("cat", None), ("ann", 9)],
        [("ann", True), ("bob", 5), ("cat", None), ("ann", 9)],
        [],
    ],
)
def test_rows_that_are_not_there(ksql, rows):
    with pytest.raises(AssertionFailed):
        ksql.assert_topic("accounts", rows)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("", "starts with a line of column names"),
        (
            "ACCOUNT | NOPE\n ann | 1",
            "there is no column NOPE; the columns are ROWTIME, ROWPARTITION, ROWOFFSET, ACCOUNT, BALANCE",
        ),
        ("ACCOUNT | BALANCE\n ann", "line 2 of the table has 1 cell, not 2: ann"),
        ("ACCOUNT | BALANCE\n ann | x", "line 2 of the table: BALANCE is INTEGER, not x"),
        ("ACCOUNT | BALANCE\n ann |", "line 2 of the table: BALANCE has an empty cell: write NULL, '' or <any>"),
        ("BALANCE | ACCOUNT\n <tombstone> | <tombstone>", "line 2 of the table: ACCOUNT is no value column"),
        ("ACCOUNT \n 'ann", "line 2 of the table has a quote that does not end: 'ann"),
        ("ACCOUNT | account\n a | a", "a column of the table is there twice"),
        ([("ann",)], "a row has the 2 columns ACCOUNT, BALANCE, not ('ann',)"),
        ([{"nope": 1}], "there is no column nope"),
        ({"ann": 10}, "rows are a text table, or a list of dicts, tuples or records, not dict"),
        ([7], "a row is a dict, a tuple or a record, not 7"),
        ([{"key": "ann", "window": (0, 1)}], "a record of this topic has no window"),
    ],
)
def test_rows_that_cannot_be_read(ksql, rows, message):
    with pytest.raises(minisql.InterfaceError, match=re.escape(message)):
        ksql.assert_topic("accounts", rows)


def test_a_name_that_is_not_there(ksql):
    with pytest.raises(minisql.InterfaceError, match="no topic and no source called nope; there are accounts, RICH, ACCOUNTS"):
        ksql.assert_topic("nope", [])
