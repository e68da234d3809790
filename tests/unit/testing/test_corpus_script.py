"""SQL tests: their statements flow at once, their asserts read what came out."""

import pytest

from minisql.testing.corpus import find

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
