"""Names on a server are the test's own, and what the server says is told in the test's names."""

import pytest
from sqlglot import exp

from minisql.dialect import parse
from minisql.testing.tenant.naming import Naming


@pytest.fixture
def naming():
    naming = Naming()
    naming.suffix = "_X"
    return naming


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        (
            "CREATE STREAM s (a mytype, b ARRAY<mytype>) WITH (kafka_topic='Some.topic', partitions=1);",
            "CREATE STREAM S_X (a MYTYPE_X, b ARRAY<MYTYPE_X>) WITH (kafka_topic='Some.topic_X', partitions=1);",
        ),
        (
            "CREATE TABLE `t` AS SELECT orders.a, count(*)\n FROM orders JOIN `lower-case` b WITHIN 1 HOUR ON orders.a = b.c",
            "CREATE TABLE `t_X` AS SELECT orders.a, count(*)\n"
            " FROM ORDERS_X ORDERS JOIN `lower-case_X` b WITHIN 1 HOUR ON orders.a = b.c",
        ),
        ("INSERT INTO s VALUES ('s', 1);", "INSERT INTO S_X VALUES ('s', 1);"),
        ("INSERT INTO s SELECT * FROM t t2 WHERE s = 's';", "INSERT INTO S_X SELECT * FROM T_X t2 WHERE s = 's';"),
        ("DROP STREAM IF EXISTS s DELETE TOPIC;", "DROP STREAM IF EXISTS S_X DELETE TOPIC;"),
        ("ALTER STREAM s ADD s int;", "ALTER STREAM S_X ADD s int;"),
        ("DESCRIBE s EXTENDED;", "DESCRIBE S_X EXTENDED;"),
        ("PRINT x FROM BEGINNING LIMIT 1;", "PRINT 'x_X' FROM BEGINNING LIMIT 1;"),
        ("ASSERT NOT EXISTS TOPIC 'x.y';", "ASSERT NOT EXISTS TOPIC 'x.y_X';"),
        ("ASSERT SCHEMA SUBJECT 'some-topic-value';", "ASSERT SCHEMA SUBJECT 'some-topic_X-value';"),
        ("CREATE TYPE mytype AS STRUCT<a other>;", "CREATE TYPE MYTYPE_X AS STRUCT<a OTHER_X>;"),
        ("DROP TYPE mytype;", "DROP TYPE MYTYPE_X;"),
        ("SELECT CAST(a AS mytype) FROM s EMIT CHANGES;", "SELECT CAST(a AS MYTYPE_X) FROM S_X S EMIT CHANGES;"),
        ("EXPLAIN SELECT * FROM s;", "EXPLAIN SELECT * FROM S_X S;"),
        ("TERMINATE CTAS_A_0;", "TERMINATE CTAS_A_0_X;"),
        ("DESCRIBE FUNCTION abs;", "DESCRIBE FUNCTION abs;"),
    ],
)
def test_statements(naming, text, rewritten):
    assert naming.rewrite(text, parse(text)).text == rewritten


def test_places_are_those_of_the_original(naming):
    text = "SELECT a,\n b FROM orders WHERE x\n EMIT CHANGES;"
    statement = naming.rewrite(text, parse(text))
    assert statement.text.splitlines()[1] == " b FROM ORDERS_X ORDERS WHERE x"
    assert statement.place(1, 8) == (1, 8)
    assert statement.place(2, 31) == (2, 22)
    assert statement.place(2, 12) == (2, 9)  # within the new name: where the old one starts
    assert statement.place(3, 2) == (3, 2)
    assert statement.place(9, 9) == (9, 9)
    message = "Line: 2, Col: 31: WHERE column 'X' of ORDERS_X. line 2:31: at 2:31"
    assert naming.restored_message(message, statement) == "Line: 2, Col: 22: WHERE column 'X' of ORDERS. line 2:22: at 2:31"


def test_queries_are_counted_as_in_the_process(naming):
    naming.started("CSAS_A_X_1203")
    naming.started("INSERTQUERY_1209")
    naming.started("CSAS_A_X_1203")
    assert naming.restored({"id": "CSAS_A_X_1203", "all": ["INSERTQUERY_1209", 7, None]}) == {
        "id": "CSAS_A_0",
        "all": ["INSERTQUERY_1", 7, None],
    }
    text = "TERMINATE insertquery_1;"
    assert naming.rewrite(text, parse(text)).text == "TERMINATE INSERTQUERY_1209;"


def test_two_tests_share_no_name():
    text = "CREATE STREAM s (a INT) WITH (kafka_topic='t', value_format='JSON');"
    names = [Naming().rewrite(text, parse(text)).text for _ in range(2)]
    assert names[0] != names[1]
    assert isinstance(parse(names[0]), exp.Expr)
