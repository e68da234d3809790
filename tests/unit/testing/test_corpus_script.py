"""SQL tests: their statements flow at once, their asserts read what came out."""

import io

import pytest

from minisql.testing import run
from minisql.testing.corpus import find
from minisql.testing.corpus.case import CaseFailed

ORDERS = "CREATE STREAM ORDERS (ID STRING KEY, AMOUNT INT) WITH (kafka_topic='orders', value_format='JSON');\n"
TOTALS = "CREATE TABLE TOTALS AS SELECT ID, SUM(AMOUNT) AS TOTAL FROM ORDERS GROUP BY ID;\n"
INSERTS = (
    "INSERT INTO ORDERS (ROWTIME, ID, AMOUNT) VALUES (5, 'a', 1);\nINSERT INTO ORDERS (ROWTIME, ID, AMOUNT) VALUES (4, 'a', 2);\n"
)


@pytest.fixture
def outcome(tmp_path):
    def outcome(text, **others):
        for name, content in others.items():
            (tmp_path / f"{name}.sql").write_text(content, encoding="utf-8")
        path = tmp_path / "test.sql"
        path.write_text(f"--@test: t\n{text}", encoding="utf-8")
        (file,) = find([str(path)])
        result = file.cases[0].run()
        return result.status, result.message

    return outcome


@pytest.mark.parametrize(
    "asserts",
    [
        "ASSERT VALUES TOTALS (ROWTIME, ID, TOTAL) VALUES (5, 'a', 1);\nASSERT VALUES TOTALS VALUES ('a', 3);",
        "ASSERT VALUES ORDERS (AMOUNT) VALUES (1);\nASSERT VALUES ORDERS (ROWTIME) VALUES (4);",
        "ASSERT VALUES ORDERS VALUES ('a', 1);",
        "ASSERT TABLE TOTALS (ID STRING PRIMARY KEY, TOTAL INT) WITH (kafka_topic='TOTALS', value_format='JSON');",
        "ASSERT STREAM ORDERS (ID STRING KEY, AMOUNT INT) WITH (kafka_topic='orders', key_format='KAFKA', value_format='JSON');",
    ],
)
def test_asserts_that_hold(outcome, asserts):
    assert outcome(ORDERS + TOTALS + INSERTS + asserts) == ("passed", "")


@pytest.mark.parametrize(
    ("asserts", "message"),
    [
        ("ASSERT VALUES TOTALS (ID, TOTAL) VALUES ('a', 2);", "Expected record does not match actual"),
        ("ASSERT VALUES TOTALS (TOTAL) VALUES (1);", "Value for primary key column(s) ID is required for tables"),
        ("ASSERT VALUES ORDERS (ROWTIME) VALUES (4);", "Expected record does not match actual"),
        ("ASSERT VALUES ORDERS VALUES ('a', 7);", "Expected record does not match actual"),
        ("ASSERT VALUES TOTALS (ID) VALUES ('a');\n" * 3, "all records have already been read"),
        ("ASSERT NULL VALUES TOTALS (ID) KEY ('a');", "Expected record does not match actual"),
        ("ASSERT VALUES NOPE (ID) VALUES ('a');", "NOPE does not exist"),
        (
            "ASSERT TABLE TOTALS (ID STRING PRIMARY KEY, TOTAL BIGINT) WITH (kafka_topic='TOTALS', value_format='JSON');",
            "Expected schema does not match actual for source TOTALS",
        ),
        (
            "ASSERT STREAM TOTALS (ID STRING KEY, TOTAL INT) WITH (kafka_topic='TOTALS', value_format='JSON');",
            "Expected type does not match actual for source TOTALS",
        ),
        (
            "ASSERT TABLE TOTALS (ID STRING PRIMARY KEY, TOTAL INT) WITH (kafka_topic='t', value_format='JSON');",
            "Expected kafka topic does not match actual for source TOTALS.\n\tExpected: t\n\tActual: TOTALS",
        ),
    ],
)
def test_asserts_that_do_not_hold(outcome, asserts, message):
    status, text = outcome(ORDERS + TOTALS + INSERTS + asserts)
    assert status == "failed"
    assert message in text


def test_tombstones(outcome):
    table = "CREATE TABLE T (ID INT PRIMARY KEY, V INT) WITH (kafka_topic='t', format='JSON');"
    positive = "CREATE TABLE P AS SELECT * FROM T WHERE V > 0;"
    assert outcome(
        f"{table}\n{positive}\nINSERT INTO T VALUES (1, 5);\nINSERT INTO T VALUES (1, -5);\n"
        "ASSERT VALUES P VALUES (1, 5);\nASSERT NULL VALUES P (ID) KEY (1);"
    ) == ("passed", "")


def test_an_expected_error_has_to_come(outcome):
    directives = "--@expected.error: io.confluent.ksql.util.KsqlException\n--@expected.message: NOPE\n"
    assert outcome(f"{directives}{ORDERS}CREATE STREAM S AS SELECT NOPE FROM ORDERS;") == ("passed", "")
    assert outcome(directives + ORDERS)[1].startswith("Did not get expected exception")
    assert outcome(f"{directives}DROP STREAM OTHER;")[0] == "failed"


def test_scripts_are_run_where_they_lie(outcome):
    text = "RUN SCRIPT '/setup.sql';\nASSERT VALUES ORDERS VALUES ('a', 1);"
    assert outcome(text, setup=ORDERS + INSERTS) == ("passed", "")
    assert "Could not read nothing.sql" in outcome("RUN SCRIPT 'nothing.sql';")[1]
    assert "Empty run script" in outcome("RUN SCRIPT 'empty.sql';", empty="-- nothing")[1]


def test_a_query_sees_only_what_comes_after_it(outcome):
    copy = "CREATE STREAM C AS SELECT * FROM ORDERS;\n"
    assert outcome(f"{ORDERS}INSERT INTO ORDERS VALUES ('old', 1);\n{copy}{INSERTS}ASSERT VALUES C VALUES ('a', 1);") == (
        "passed",
        "",
    )


def test_a_failure_names_its_line(outcome):
    assert outcome(f"{ORDERS}\nDROP STREAM X;")[1].startswith("line 4: DROP STREAM X;")


def test_circles_are_refused(outcome):
    copy = "CREATE STREAM C AS SELECT * FROM ORDERS;\nINSERT INTO ORDERS SELECT * FROM C;\n"
    assert "Detected illegal cycle in topology: orders->C->orders" in outcome(ORDERS + copy + INSERTS)[1]


# -- windows, and what is minisql's own -----------------------------------------------------------

WINDOWED = "CREATE TABLE W AS SELECT ID, COUNT(*) AS N FROM ORDERS WINDOW TUMBLING (SIZE 5 MILLISECONDS) GROUP BY ID;\n" + INSERTS
TABLE = "CREATE TABLE T (ID INT PRIMARY KEY, V INT) WITH (kafka_topic='t', format='JSON');\n" + "".join(
    f"INSERT INTO T VALUES ({id}, {v});\n" for id, v in ((1, 5), (2, 6), (1, 7))
)


@pytest.mark.parametrize(
    "asserts",
    [
        "ASSERT VALUES W (ID, N, WINDOWSTART, WINDOWEND) VALUES ('a', 1, 5, 10);\n"
        "ASSERT VALUES W (ID, WINDOWSTART) VALUES ('a', 0);",
        "ASSERT ROWS W (ID, WINDOWSTART, N) VALUES ('a', 0, 1), ('a', 5, 1);",
        "ASSERT ROWS W VALUES ('a', 1), ('a', 1);",
        "ASSERT VALUES W VALUES ('a', 1); ASSERT VALUES W VALUES ('a', 1); ASSERT NO VALUES W;",
        "ASSERT NO VALUES TOTALS;",
        "ASSERT NO ROWS TOTALS;",
    ],
)
def test_windows_and_extensions(outcome, asserts):
    table = "CREATE TABLE TOTALS AS SELECT ID, SUM(AMOUNT) AS TOTAL FROM ORDERS WHERE AMOUNT > 99 GROUP BY ID;\n"
    assert outcome(ORDERS + table + WINDOWED + asserts) == ("passed", "")


@pytest.mark.parametrize(
    "asserts",
    [
        "ASSERT ROWS T VALUES (2, 6), (1, 7);",
        "ASSERT ROWS T (V) VALUES (7), (6);",
        "SELECT * FROM P WHERE ID = 1;\nASSERT ROWS VALUES (1, 7);\nASSERT ROWS (V) VALUES (7);",
        "SELECT * FROM P WHERE ID = 3;\nASSERT NO ROWS;",
        "SELECT V, ID FROM T EMIT CHANGES;\nINSERT INTO T VALUES (3, 8);\n"
        "ASSERT ROWS VALUES (5, 1), (6, 2), (7, 1), (8, 3);\nASSERT NO ROWS;",
        "DEFINE n = '7';\nASSERT ROWS T (V) VALUES (6), (${n});",
        "CREATE TYPE pair AS STRUCT<a INT, b INT>;\nCREATE STREAM X (P pair) WITH (kafka_topic='x', format='JSON');\n"
        "INSERT INTO X VALUES (STRUCT(a := 1, b := 2));\nASSERT ROWS X VALUES (STRUCT(a := 1, b := 2));",
        "ASSERT TOPIC t WITH (partitions=1);\nASSERT NOT EXISTS TOPIC u;\nASSERT NOT EXISTS SCHEMA SUBJECT 't-value';",
    ],
)
def test_rows_in_any_order(outcome, asserts):
    queryable = (
        "CREATE TABLE T (ID INT PRIMARY KEY, V INT) WITH (kafka_topic='t', format='JSON');\nCREATE TABLE P AS SELECT * FROM T;\n"
    )
    assert outcome(queryable + TABLE.partition("\n")[2] + asserts) == ("passed", "")


@pytest.mark.parametrize(
    ("asserts", "message"),
    [
        (
            "ASSERT ROWS T VALUES (2, 6), (1, 5), (9, null);",
            "Expected rows do not match actual: 2 missing, 1 unexpected.\n"
            "         | ID | V\nEXPECTED | 1  | 5\nEXPECTED | 9  | null\nACTUAL   | 1  | 7",
        ),
        ("ASSERT ROWS T (V) VALUES (6);", "1 unexpected.\n       | V\nACTUAL | 7"),
        ("ASSERT ROWS T (NOPE) VALUES (6);", "Column name `NOPE` does not exist. There are: ID, V, ROWTIME"),
        ("ASSERT ROWS T VALUES (6);", "Expected a value for each column. Expected Columns: ID, V. Got 1 values"),
        ("ASSERT ROWS T (V) VALUES ('x');", "Expected type INTEGER for field `V` but got STRING(x)"),
        ("ASSERT ROWS VALUES (6);", "There was no SELECT."),
        ("ASSERT NO ROWS T;", "Expected no rows, but there are 2:\n       | ID | V"),
        ("ASSERT VALUES T VALUES (1, 5);\nASSERT NO VALUES T;", "Expected no further record, but there are 2:"),
        (
            "ASSERT VALUES T (ID, V) VALUES (1, 6);",
            "Expected record does not match actual.\n         | ID | V | ROWTIME\nEXPECTED | 1  | 6 |\nACTUAL   | 1  | 5 | ",
        ),
        ("ASSERT NULL VALUES T (ID) KEY (1);", "EXPECTED | 1  | <TOMBSTONE> |\nACTUAL   | 1  | 5           |"),
    ],
)
def test_what_is_missing_and_what_is_unexpected(outcome, asserts, message):
    status, text = outcome(TABLE + asserts)
    assert status == "failed"
    assert message in text


def test_windows_that_differ(outcome):
    status, text = outcome(ORDERS + WINDOWED + "ASSERT VALUES W (ID, WINDOWSTART) VALUES ('a', 0);")
    assert status == "failed"
    assert text.splitlines()[-3:] == [
        "         | ID | N | ROWTIME | WINDOWSTART | WINDOWEND",
        "EXPECTED | a  |   |         | 0           |",
        "ACTUAL   | a  | 1 | 5       | 5           | 10",
    ]


def test_a_failed_statement_is_known(tmp_path):
    path = tmp_path / "test.sql"
    path.write_text("-- a comment\n--@test: t\n\nSHOW STREAMS;\nASSERT ROWS t\n  VALUS (1);\n", encoding="utf-8")
    (file,) = find([str(path)])
    (case,) = file.cases
    assert case.line == 2
    with pytest.raises(CaseFailed) as failure:
        case.check()
    assert (failure.value.line, failure.value.statement) == (5, "ASSERT ROWS t\n  VALUS (1);")
    assert failure.value.reason == "line 6:3: Syntax Error\nUnexpected 'VALUS'"


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("ASSERT VALUES ORDERS (ID) VALUES ('a');", False),
        ("SET 'auto.offset.reset' = 'latest';", False),
        ("ASSERT NO VALUES TOTALS;", True),
        ("ASSERT ROWS ORDERS (ID) VALUES ('a'), ('a');", True),
        ("DEFINE x = '1';", True),
        ("SELECT * FROM ORDERS EMIT CHANGES;", True),
        ("CREATE TYPE t AS INT;", True),
    ],
)
def test_what_the_own_runner_of_ksqldb_cannot_do(tmp_path, statement, refused):
    path = tmp_path / "test.sql"
    path.write_text(f"--@test: t\n{ORDERS}{TOTALS}{statement}", encoding="utf-8")
    out = io.StringIO()
    run([str(path)], standard=True, out=out)
    assert ("ksqlDB's own sql-test-runner cannot run this statement." in out.getvalue()) is refused
