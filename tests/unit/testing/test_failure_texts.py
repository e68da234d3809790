"""What failures say, whole."""

import re

import pytest

import minisql
from minisql.testing import AssertionFailed, connect

EARLIEST = {"auto.offset.reset": "earliest"}


def shop(properties=EARLIEST):
    ksql = connect(clock=minisql.ManualClock(0), properties=properties)
    ksql.execute("""
        CREATE TABLE users (id VARCHAR PRIMARY KEY, region VARCHAR) WITH (kafka_topic='users', value_format='json', partitions=1);
        CREATE STREAM orders (id VARCHAR KEY, amount INT) WITH (kafka_topic='orders', value_format='json', partitions=1);
        INSERT INTO users VALUES ('ann', 'EU');
        INSERT INTO orders VALUES ('ann', 10);
        CREATE STREAM enriched AS SELECT o.id AS id, amount, region FROM orders o JOIN users u ON o.id = u.id;
        CREATE TABLE totals AS SELECT region, SUM(100 / amount) AS total FROM enriched GROUP BY region;
        INSERT INTO orders (rowtime, id, amount) VALUES (3, 'bob', 20);
        INSERT INTO orders (rowtime, id, amount) VALUES (4, 'ann', 0);
        INSERT INTO orders (rowtime, id, amount) VALUES (5, 'ann', 50);
    """)
    return ksql


@pytest.fixture
def ksql():
    with shop() as connection:
        yield connection


def failure(assertion, *arguments, **options):
    """The text of the failure; what the server writes into the WITH clause is left out."""
    with pytest.raises(AssertionFailed) as caught:
        assertion(*arguments, **options)
    return "\n" + re.sub(r"WITH \(CLEANUP_POLICY.*?\) AS", "AS", str(caught.value)) + "\n"


def test_a_value_that_differs(ksql):
    assert (
        failure(ksql.assert_topic, "TOTALS", "REGION | TOTAL\n EU | 10 \n EU | 13")
        == """
topic TOTALS is not as expected: record 1: TOTAL is 10, not 13
3 records are there, 2 expected

      REGION | TOTAL
    0 EU     | 10
> -   EU     | 13
> + 1 EU     | 10
               ^^^^^
  + 2 EU     | 12

- is expected, + is there

written by CTAS_TOTALS_1:
    CREATE TABLE TOTALS AS SELECT
      ENRICHED.REGION REGION,
      SUM((100 / ENRICHED.AMOUNT)) TOTAL
    FROM ENRICHED ENRICHED
    GROUP BY ENRICHED.REGION
    EMIT CHANGES;
record 1 comes from orders[0]@2, users[0]@0, orders[0]@0, by way of ENRICHED[0]@1, ENRICHED[0]@0
    orders[0]@2: ROWTIME 4, ID ann, AMOUNT 0
    users[0]@0: ROWTIME 0, ID ann, REGION EU
    orders[0]@0: ROWTIME 0, ID ann, AMOUNT 10
    CTAS_TOTALS_1 said of ENRICHED[0]@1: Error computing expression (100 / AMOUNT) for column KSQL_INTERNAL_COL_2 with index 2 (/ by zero)
"""  # noqa: E501
    )


def test_a_record_that_is_missing(ksql):
    rows = [("EU", 10), ("EU", 10), ("EU", 12), ("UK", 5)]
    assert (
        failure(ksql.assert_topic, "TOTALS", rows)
        == """
topic TOTALS is not as expected: a record is missing
3 records are there, 4 expected

      REGION | TOTAL
      ... 1 more
    1 EU     | 10
    2 EU     | 12
> -   UK     | 5

- is expected, + is there

written by CTAS_TOTALS_1:
    CREATE TABLE TOTALS AS SELECT
      ENRICHED.REGION REGION,
      SUM((100 / ENRICHED.AMOUNT)) TOTAL
    FROM ENRICHED ENRICHED
    GROUP BY ENRICHED.REGION
    EMIT CHANGES;
CSAS_ENRICHED_0 has made nothing of
    orders[0]@1: ROWTIME 3, ID bob, AMOUNT 20
"""
    )


def test_what_gave_nothing_and_why(ksql):
    ksql.execute("CREATE STREAM parts AS SELECT id, 100 / amount AS part FROM orders WHERE 100 / amount > 3;")
    rows = [("ann", 10), ("bob", 5), ("ann", 1)]
    assert (
        failure(ksql.assert_topic, "PARTS", rows)
        == """
topic PARTS is not as expected: a record is missing
2 records are there, 3 expected

      ID  | PART
    0 ann | 10
    1 bob | 5
> -   ann | 1

- is expected, + is there

written by CSAS_PARTS_2:
    CREATE STREAM PARTS AS SELECT
      ORDERS.ID ID,
      (100 / ORDERS.AMOUNT) PART
    FROM ORDERS ORDERS
    WHERE ((100 / ORDERS.AMOUNT) > 3)
    EMIT CHANGES;
CSAS_PARTS_2 has made nothing of
    orders[0]@2: ROWTIME 4, ID ann, AMOUNT 0; Error evaluating predicate ((100 / AMOUNT) > 3) (/ by zero)
    orders[0]@3: ROWTIME 5, ID ann, AMOUNT 50
"""
    )


def test_records_that_were_there_before_the_query():
    with shop({}) as ksql:
        assert (
            failure(ksql.assert_table, "TOTALS", {"EU": 12, "UK": 1})
            == """
table TOTALS is not as expected: record 1: TOTAL is 2, not 12
1 record is there, 2 expected

      REGION | TOTAL
> -   EU     | 12
> + 1 EU     | 2
               ^^^^^
  -   UK     | 1

- is expected, + is there

written by CTAS_TOTALS_1:
    CREATE TABLE TOTALS AS SELECT
      ENRICHED.REGION REGION,
      SUM((100 / ENRICHED.AMOUNT)) TOTAL
    FROM ENRICHED ENRICHED
    GROUP BY ENRICHED.REGION
    EMIT CHANGES;
record 1 comes from orders[0]@3, users[0]@0, by way of ENRICHED[0]@1
    orders[0]@3: ROWTIME 5, ID ann, AMOUNT 50
    users[0]@0: ROWTIME 0, ID ann, REGION EU
CSAS_ENRICHED_0 has made nothing of
    orders[0]@1: ROWTIME 3, ID bob, AMOUNT 20
CSAS_ENRICHED_0 has not read orders[0]@0: the query is younger, and 'auto.offset.reset' was 'latest'
"""
        )


def test_a_tombstone(ksql):
    ksql.execute("CREATE TABLE live AS SELECT id, region FROM users WHERE region <> 'XX';")
    ksql.insert("users", [("ann", "XX")])
    assert (
        failure(ksql.assert_topic, "live", "ID|REGION\nann|EU\nann|XX")
        == """
topic LIVE is not as expected: record 1: it is a tombstone

      ID  | REGION
    0 ann | EU
> -   ann | XX
> + 1 ann | <tombstone>
            ^^^^^^^^^^^

- is expected, + is there

written by CTAS_LIVE_2:
    CREATE TABLE LIVE AS SELECT
      USERS.ID ID,
      USERS.REGION REGION
    FROM USERS USERS
    WHERE (USERS.REGION <> 'XX')
    EMIT CHANGES;
record 1 comes from users[0]@1, users[0]@0
    users[0]@1: ROWTIME 0, ID ann, REGION XX
    users[0]@0: ROWTIME 0, ID ann, REGION EU
"""
    )


def test_types_and_topics_without_a_query(ksql):
    assert (
        failure(ksql.assert_topic, "orders", [("ann", 10), ("bob", "20"), ("ann", 0), (5, 50)])
        == """
topic orders is not as expected: record 1: AMOUNT is 20, not '20'

      ID  | AMOUNT
    0 ann | 10
> -   bob | '20'
> + 1 bob | 20
            ^^^^^^
    2 ann | 0
  -   5   | 50
  + 3 ann | 50
      ^^^

- is expected, + is there

no query writes topic orders
"""
    )


def test_a_topic_without_a_source(ksql):
    ksql.topic("raw").produce(b"\x00", b"k")
    assert (
        failure(ksql.assert_topic, "raw", [(b"k", b"\x01")])
        == """
topic raw is not as expected: record 0: VALUE is AA==, not AQ==

      KEY  | VALUE
> -   aw== | AQ==
> + 0 aw== | AA==
             ^^^^^

- is expected, + is there

no query writes topic raw
no source says what lies there: keys and values are bytes
"""
    )


def test_parts_of_values_and_what_cannot_be_read(ksql):
    ksql.execute("""
        CREATE STREAM nested (id INT, s STRUCT<a ARRAY<DOUBLE>, m MAP<STRING, DECIMAL(4,2)>>)
          WITH (kafka_topic='nested', value_format='json', partitions=1);
    """)
    ksql.insert("nested", [{"id": 1, "s": {"a": [1.5, 2.5], "m": {"x": "1.50"}}}])
    ksql.topic("nested").produce(b"not json")
    rows = [(1, {"a": [1.5, 2.25], "m": {"x": 1.5}}), {"id": 2}]
    assert (
        failure(ksql.assert_topic, "nested", rows)
        == """
topic nested is not as expected: record 0: S->A[2] is 2.5, not 2.25

      ID           | S
> -   1            | {"A": [1.5, 2.25], "M": {"x": 1.50}}
> + 0 1            | {"A": [1.5, 2.5], "M": {"x": 1.50}}
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  -   2            | <any>
  + 1 <unreadable> | <unreadable>
      ^^^^^^^^^^^^

- is expected, + is there

no query writes topic nested
"""
    )
    assert "record 1: ID cannot be read (" in failure(ksql.assert_topic, "nested", rows[1:], start=1)


def test_many_records(ksql):
    ksql.insert("orders", [("x", number) for number in range(100)])
    rows = [("x", number if number % 50 else -1) for number in range(100)]
    assert (
        failure(ksql.assert_topic, "orders", rows, start=4)
        == """
topic orders is not as expected: record 4: AMOUNT is 0, not -1

       ID | AMOUNT
> -    x  | -1
> +  4 x  | 0
            ^^^^^^
     5 x  | 1
     6 x  | 2
       ... 45 more
    52 x  | 48
    53 x  | 49
  -    x  | -1
  + 54 x  | 50
            ^^^^^^
    55 x  | 51
    56 x  | 52
       ... 47 more

- is expected, + is there

no query writes topic orders
"""
    )
    assert "\n> +  4 x  | 0\n" in failure(ksql.assert_topic, "orders", [], start=4)
    assert "\n  + 25 x  | 21\n       ... 78 more, 78 of which differ\n" in failure(ksql.assert_topic, "orders", [], start=4)


def test_rows_of_a_pull_query(ksql):
    assert (
        failure(ksql.assert_rows, ksql.execute("SELECT * FROM totals WHERE region='EU';"), [{"total": 13}])
        == """
the result is not as expected: row 0: TOTAL is 12, not 13

      REGION | TOTAL
> -   <any>  | 13
> + 0 EU     | 12
               ^^^^^

- is expected, + is there

rows of query_1:
    SELECT * FROM totals WHERE region='EU';
written by CTAS_TOTALS_1:
    CREATE TABLE TOTALS AS SELECT
      ENRICHED.REGION REGION,
      SUM((100 / ENRICHED.AMOUNT)) TOTAL
    FROM ENRICHED ENRICHED
    GROUP BY ENRICHED.REGION
    EMIT CHANGES;
row 0 comes from orders[0]@3, users[0]@0, orders[0]@0, by way of ENRICHED[0]@2, ENRICHED[0]@0
    orders[0]@3: ROWTIME 5, ID ann, AMOUNT 50
    users[0]@0: ROWTIME 0, ID ann, REGION EU
    orders[0]@0: ROWTIME 0, ID ann, AMOUNT 10
"""
    )


def test_rows_of_a_push_query(ksql):
    cursor = ksql.execute("SELECT region, amount FROM enriched EMIT CHANGES;")
    ksql.assert_rows(cursor, [("EU", 10), ("EU", 0), ("EU", 50)])
    ksql.insert("orders", [("ann", 7), ("bob", 8)])
    assert (
        failure(ksql.assert_rows, cursor, [("EU", 8)])
        == """
the result is not as expected: row 0: AMOUNT is 7, not 8

      REGION | AMOUNT
> -   EU     | 8
> + 0 EU     | 7
               ^^^^^^

- is expected, + is there

rows of transient_ENRICHED_1:
    SELECT region, amount FROM enriched EMIT CHANGES;
row 0 comes from orders[0]@4, users[0]@0, by way of ENRICHED[0]@3
    orders[0]@4: ROWTIME 0, ID ann, AMOUNT 7
    users[0]@0: ROWTIME 0, ID ann, REGION EU
"""
    )


def test_a_query_that_died(ksql):
    ksql.execute("PAUSE CTAS_TOTALS_1;")
    assert "\nwritten by CTAS_TOTALS_1 (PAUSED):\n" in failure(ksql.assert_table, "TOTALS", {})
    ksql.engine.queries["CTAS_TOTALS_1"].fail(minisql.QueryError("out of memory"))
    assert "\nwritten by CTAS_TOTALS_1 (ERROR: out of memory):\n" in failure(ksql.assert_table, "TOTALS", {})


def test_what_may_have_been_missed(ksql):
    ksql.execute("CREATE STREAM ids AS SELECT id, UUID() AS u FROM orders;")
    text = failure(ksql.assert_topic, "IDS", [])
    assert "\nrecord 0 comes from orders[0]@0\n" in text
    assert text.endswith("\n    this may not be all: CSAS_IDS_2 gives other values each time\n")
    ksql.execute("CREATE TABLE counts AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id;")
    ksql.insert("orders", [("ann", 1)] * 300)
    text = failure(ksql.assert_topic, "COUNTS", [], start=300)
    assert re.search(r"\nrecord 300 comes from orders\[0\]@300, (orders\[0\]@\d+, ){7}\d+ more\n", text)
    assert "\n    this may not be all: not all of the 300 records that CTAS_COUNTS_3 read before could be left out" in text
