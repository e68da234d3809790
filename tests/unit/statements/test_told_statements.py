"""Which statement, or part of one, an error tells of, and with which code."""

from __future__ import annotations

import pytest

import minisql
from minisql.errors import BAD_REQUEST, BAD_STATEMENT, SERVER_ERROR, KsqlError

SCRIPT = """
CREATE STREAM s (id INT KEY, a BOOLEAN, m MAP<STRING, INT>) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, v INT) WITH (kafka_topic='t', value_format='json', partitions=1);
CREATE TABLE c AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
CREATE SOURCE STREAM readonly (id INT KEY, a BOOLEAN) WITH (kafka_topic='s', value_format='json');
"""

DECLARED = "CREATE STREAM X (ID INTEGER KEY, V INTEGER) WITH ("


@pytest.fixture
def conn() -> minisql.Connection:
    conn = minisql.connect()
    conn.execute(SCRIPT)
    return conn


def refused(conn: minisql.Connection, text: str) -> KsqlError:
    with pytest.raises(KsqlError) as caught:
        conn.execute(text)
    return caught.value


def declaration(*, options: str) -> str:
    return f"CREATE STREAM x (id INT KEY, v INT) WITH (kafka_topic='x', partitions=1, {options});"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            declaration(options="value_format='no'"),
            f"{DECLARED}KAFKA_TOPIC='x', KEY_FORMAT='KAFKA', PARTITIONS=1, VALUE_FORMAT='NO');",
        ),
        (
            declaration(options="value_format='json', timestamp='no'"),
            f"{DECLARED}CLEANUP_POLICY='delete', KAFKA_TOPIC='x', KEY_FORMAT='KAFKA', PARTITIONS=1, TIMESTAMP='no', "
            "VALUE_FORMAT='JSON');",
        ),
        ("INSERT INTO t (id, v) VALUES (1, 'a');", "INSERT INTO `T` (`ID`, `V`) VALUES ('[value]', '[value]');"),
        ("CREATE STREAM x (id INT PRIMARY KEY) WITH (kafka_topic='x', format='json', partitions=1);", "`ID`"),
        ("CREATE STREAM x AS SELECT id, m FROM s WHERE CAST(a AS INT) = 1;", "(CAST(A AS INTEGER) = 1)"),
        ("INSERT INTO s SELECT id, CAST(m AS BOOLEAN) AS a, m FROM s;", "CAST(M AS BOOLEAN)"),
        ("SELECT CAST(a AS INT) FROM s EMIT CHANGES;", "CAST(A AS INTEGER)"),
        ("CREATE STREAM x AS SELECT id, CAST(a AS NO) AS n FROM s;", "CREATE STREAM x AS SELECT id, CAST(a AS NO) AS n FROM s;"),
    ],
)
def test_the_statement_that_is_told(conn: minisql.Connection, text: str, told: str) -> None:
    error = refused(conn, text)
    assert (error.error_code, error.statement) == (BAD_STATEMENT, told)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("INSERT INTO readonly VALUES (1, true);", BAD_REQUEST),
        ("INSERT INTO nowhere VALUES (1);", BAD_REQUEST),
        ("INSERT INTO readonly SELECT id, a FROM s;", BAD_REQUEST),
        ("DROP STREAM nowhere DELETE TOPIC;", BAD_REQUEST),
        ("DROP STREAM s DELETE TOPIC;", SERVER_ERROR),
        ("DESCRIBE FUNCTION nothing;", BAD_REQUEST),
        ("CREATE STREAM x (id INT KEY) WITH (kafka_topic='x', format='json');", BAD_REQUEST),
        (declaration(options="value_format='json', cleanup_policy='compact'"), BAD_REQUEST),
        ("CREATE STREAM x (id INT KEY) WITH (kafka_topic='x', format='json', partitions=0);", SERVER_ERROR),
        ("CREATE STREAM x (id INT KEY) WITH (kafka_topic='x y', format='json', partitions=1);", SERVER_ERROR),
        ("CREATE STREAM x WITH (retention_ms=-2) AS SELECT * FROM s;", SERVER_ERROR),
        ("CREATE STREAM x WITH (value_format='delimited') AS SELECT * FROM s;", BAD_REQUEST),
        (
            "CREATE TABLE x AS SELECT id, COUNT(*) FROM s WINDOW HOPPING (SIZE 1 DAY, ADVANCE BY 2 DAYS) GROUP BY id;",
            SERVER_ERROR,
        ),
    ],
)
def test_what_is_no_fault_of_the_statement_alone(conn: minisql.Connection, text: str, code: int) -> None:
    error = refused(conn, text)
    assert error.error_code == code
    assert "Could not determine output schema" not in error.message


def test_an_expression_that_cannot_be_compiled_is_told_with_the_whole_layout_of_its_source(conn: minisql.Connection) -> None:
    error = refused(conn, "CREATE TABLE x AS SELECT id, CAST(v AS BOOLEAN) AS b FROM t;")
    assert error.message == (
        "Could not determine output schema for query due to error: Invalid Select: Cast of INTEGER to BOOLEAN is not supported. "
        "expression: CAST(V AS BOOLEAN), schema:`ID` INTEGER KEY, `V` INTEGER, `ROWTIME` BIGINT, `ROWPARTITION` INTEGER, "
        "`ROWOFFSET` BIGINT, `ID` INTEGER\nStatement: CAST(V AS BOOLEAN)"
    )


def test_a_pull_query_on_a_table_tells_of_the_expression_and_of_itself(conn: minisql.Connection) -> None:
    text = "SELECT * FROM c WHERE id;"
    error = refused(conn, text)
    assert error.statement == text
    assert (
        error.message == "Type error in WHERE expression: Should evaluate to boolean but is ID (INTEGER) instead.\nStatement: ID"
    )


def test_two_bars_join_texts_in_pull_queries(conn: minisql.Connection) -> None:
    conn.execute("INSERT INTO s (id) VALUES (1);")
    assert conn.execute("SELECT CAST(n AS STRING) || '!' AS x FROM c;").fetchall() == [("1!",)]


def test_no_reason_is_told_why_a_value_cannot_be_evaluated_but_it_is_hinted_at(conn: minisql.Connection) -> None:
    error = refused(conn, "INSERT INTO t VALUES (1, CAST('x' AS INT));")
    assert error.message == "Failed to insert values into 'T'. "
    assert error.hint is not None
    assert "x" in error.hint


def test_declared_columns_show_what_registered_types_stand_for(conn: minisql.Connection) -> None:
    conn.execute("CREATE TYPE money AS DECIMAL(8, 2);")
    [answer] = conn.ksql(
        "CREATE STREAM x (id INT KEY, v ARRAY<money>) WITH (kafka_topic='x', value_format='json', partitions=1);"
    )
    assert answer["statementText"].startswith("CREATE STREAM X (ID INTEGER KEY, V ARRAY<DECIMAL(8, 2)>) WITH (")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CREATE TABLE x AS SELECT id, COUNT(*) FROM s WINDOW TUMBLING (SIZE 0 DAYS) GROUP BY id;", "Size must be positive"),
        (
            "CREATE STREAM x WITH (value_delimiter='|') AS SELECT * FROM s;",
            "JSON does not support the following configs: [delimiter]",
        ),
        (
            "CREATE TABLE x AS SELECT id, LATEST_BY_OFFSET(a, 0) AS l FROM s GROUP BY id;",
            "Failed to invoke UDAF factory method",
        ),
        (
            "CREATE STREAM x AS SELECT id, FILTER(m, (k, v) => v) AS f FROM s;",
            "Cannot infer generics for LAMBDA (K, V) => BOOLEAN from LAMBDA (STRING, INTEGER) => INTEGER because they do not "
            "have the same schema structure.",
        ),
        (
            "CREATE STREAM x AS SELECT id, REDUCE(m, 0, (s, k, v) => k) AS f FROM s;",
            "Found invalid instance of generic schema when mapping LAMBDA (S, K, V) => S to LAMBDA (INTEGER, STRING, INTEGER) => "
            "STRING. Cannot map S to both INTEGER and STRING",
        ),
    ],
)
def test_what_is_refused_before_the_schema_is_known(conn: minisql.Connection, text: str, message: str) -> None:
    assert refused(conn, text).message == f"Could not determine output schema for query due to error: {message}"


def test_a_session_may_have_no_gap(conn: minisql.Connection) -> None:
    [answer] = conn.ksql("CREATE TABLE x AS SELECT id, COUNT(*) FROM s WINDOW SESSION (0 SECONDS) GROUP BY id;")
    assert answer["commandStatus"]["status"] == "SUCCESS"


def test_a_compacted_topic_takes_no_record_without_a_key(conn: minisql.Connection) -> None:
    error = refused(conn, "INSERT INTO t VALUES (NULL, 1);")
    assert (error.error_code, error.message) == (
        BAD_REQUEST,
        "Failed to insert values into 'T'.\n"
        "Caused by: Compacted topic cannot accept message without key in topic partition\n\tt-0",
    )


def test_values_that_are_not_as_many_as_the_columns_are_masked_too(conn: minisql.Connection) -> None:
    assert refused(conn, "INSERT INTO t (id) VALUES (1, 2);").statement == "INSERT INTO `T` (`ID`) VALUES ('[value]', '[value]');"


def test_the_id_of_an_inserting_query_has_letters_digits_and_underscores(conn: minisql.Connection) -> None:
    error = refused(conn, "INSERT INTO s WITH (query_id='a b') SELECT * FROM s;")
    assert error.message == "Query IDs may contain only alphanumeric characters and '_'. Got: 'A B'"


def test_another_topic_is_no_upgrade(conn: minisql.Connection) -> None:
    error = refused(
        conn, "CREATE OR REPLACE TABLE t (id INT PRIMARY KEY, v INT) WITH (kafka_topic='u', value_format='json', partitions=1);"
    )
    assert error.message == (
        "Cannot upgrade data source: DataSource '`T`' has topic = KsqlTopic{kafkaTopicName='t', "
        "keyFormat=KeyFormat{format=FormatInfo{format=KAFKA, properties={}}, features=[], window=Optional.empty}, "
        "valueFormat=ValueFormat{format=FormatInfo{format=JSON, properties={}}, features=[]}} which is not upgradeable to "
        "KsqlTopic{kafkaTopicName='u', keyFormat=KeyFormat{format=FormatInfo{format=KAFKA, properties={}}, features=[], "
        "window=Optional.empty}, valueFormat=ValueFormat{format=FormatInfo{format=JSON, properties={}}, features=[]}}"
    )


def test_table_functions_over_a_table_in_a_pull_query(conn: minisql.Connection) -> None:
    assert refused(conn, "SELECT EXPLODE(ARRAY[1]) AS x FROM c;").message == "Table source is not supported with table functions"


def test_limit_hides_what_table_functions_give(conn: minisql.Connection) -> None:
    error = refused(conn, "SELECT EXPLODE(ARRAY[1]) AS x FROM s EMIT CHANGES LIMIT 1;")
    assert error.message.startswith(
        "Invalid Select: Can't find any functions with the name 'EXPLODE'. expression: EXPLODE(ARRAY[1])"
    )
    assert error.statement == "EXPLODE(ARRAY[1])"


def test_a_cast_of_a_time_is_another_where_it_is_interpreted() -> None:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    conn.execute("CREATE STREAM s (id INT KEY, t TIME) WITH (kafka_topic='s', value_format='json', partitions=1);")
    conn.execute("CREATE TABLE q AS SELECT id, LATEST_BY_OFFSET(t) AS t FROM s GROUP BY id;")
    conn.execute("INSERT INTO s VALUES (1, '10:20');")
    assert conn.execute("SELECT CAST(t AS STRING) AS x FROM q;").fetchall() == [("10:20:00",)]
    assert conn.execute("SELECT CAST(t AS STRING) AS x FROM s EMIT CHANGES LIMIT 1;").fetchall() == [("10:20",)]
