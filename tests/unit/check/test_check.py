"""What a check finds, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import minisql
from minisql.check import SEVERITIES, Finding, check

S = "CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);\n"


def brief(findings: list[Finding]) -> list[tuple[int, str, str]]:
    """Line, severity and code of each."""
    return [(finding.line, finding.severity, finding.code) for finding in findings]


def test_a_script_without_faults() -> None:
    script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE TYPE point AS STRUCT<x INT, y INT>;
        CREATE STREAM s (k INT KEY, p point, t BIGINT) WITH (kafka_topic='s', value_format='json', timestamp='t');
        CREATE TABLE c AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY k;
        INSERT INTO s VALUES (1, STRUCT(x := 1, y := 2), 5);
        SELECT k, n FROM c WHERE k = 1;
        SELECT p->x FROM s EMIT CHANGES LIMIT 3;
        DESCRIBE c; SHOW QUERIES; PRINT s LIMIT 1; ASSERT TOPIC c; ASSERT SCHEMA SUBJECT 's-value' TIMEOUT 3 SECONDS;
        EXPLAIN SELECT * FROM s EMIT CHANGES; ALTER STREAM s ADD COLUMN w INT;
        TERMINATE ALL; DROP TABLE c DELETE TOPIC; DROP STREAM s; DROP TYPE point;
    """
    assert check(script) == []
    assert check(" ;".strip() + "\n") != []
    assert check("-- nothing\n") == []


def test_every_error_is_told() -> None:
    found = check(f"{S}SELEC 1;\nSELECT x FROM s EMIT CHANGES;\nDROP STREAM nowhere;\n")
    assert brief(found) == [(2, "error", "syntax"), (3, "error", "refused"), (4, "error", "refused")]
    assert found[1] == Finding(
        "<text>",
        3,
        8,
        "error",
        "refused",
        "Line: 3, Col: 8: SELECT column 'X' cannot be resolved.",
        "SELECT x FROM s EMIT CHANGES;",
    )


def test_statements_that_need_a_refused_one_are_told_of_there() -> None:
    script = f"""{S}CREATE STREAM a AS SELECT x FROM s;
CREATE TABLE b AS SELECT v, COUNT(*) AS n FROM a GROUP BY v;
SELECT * FROM b WHERE v = 'x';
INSERT INTO a VALUES (1);
CREATE STRM c AS SELECT * FROM s;
CREATE STREAM d WITH (kafka_topic=) AS SELECT * FROM s;
DROP STREAM d;
CREATE TYPE e AS STRUCT<x NOTHING>;
CREATE STREAM f (k INT KEY, e ARRAY<e>) WITH (kafka_topic='f', value_format='json');
"""
    found = check(script)
    assert brief(found) == [
        (2, "error", "refused"),
        (2, "note", "dependents"),
        (6, "error", "syntax"),
        (7, "error", "syntax"),
        (7, "note", "dependents"),
        (9, "error", "refused"),
        (9, "note", "dependents"),
    ]
    assert found[1].message == "3 statements need what this one should make, and could not be checked: lines 3, 4, 5"
    assert found[4].message == "1 statement needs what this one should make, and could not be checked: line 8"


def test_a_later_statement_may_make_what_was_refused() -> None:
    again = "CREATE STREAM a AS SELECT k, v FROM s;\nSELECT y FROM a EMIT CHANGES;\n"
    assert brief(check(f"{S}CREATE STREAM a AS SELECT x FROM s;\n{again}")) == [(2, "error", "refused"), (4, "error", "refused")]


def test_what_minisql_lacks_is_no_error() -> None:
    found = check(f"CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');\nSHOW CONNECTORS;\n{S}")
    assert brief(found) == [(1, "unsupported", "unsupported"), (2, "unsupported", "unsupported")]


def test_topics_are_taken_to_be_there_as_they_are_wanted() -> None:
    script = """
        CREATE STREAM a (k INT KEY, v INT) WITH (kafka_topic='a', value_format='json');
        CREATE STREAM b (k INT KEY, v INT) WITH (kafka_topic='b', value_format='json', partitions=4, retention_ms=7);
        CREATE STREAM ab AS SELECT a.k, b.v FROM a JOIN b WITHIN 1 HOUR GRACE PERIOD 1 HOUR ON a.k = b.k;
        ASSERT TOPIC c WITH (PARTITIONS=3, REPLICAS=2);
        CREATE STREAM c (k INT KEY, v INT) WITH (kafka_topic='c', value_format='json', partitions=3, replicas=2);
        PRINT 'd' FROM BEGINNING;
        CREATE STREAM d (k INT KEY, v INT) WITH (kafka_topic='d', value_format='json', partitions=2, replicas=3);
        CREATE STREAM e (k INT KEY, v INT) WITH (kafka_topic='e', value_format='json');
        CREATE STREAM f WITH (kafka_topic='e', partitions=6, retention_ms=9) AS SELECT * FROM e;
    """
    assert check(script) == []


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "CREATE STREAM t (k INT KEY) WITH (kafka_topic='s', value_format='json', partitions=3);",
            "already exists, with different",
        ),
        ("ASSERT TOPIC s WITH (PARTITIONS=3);", "expected 3 got 1"),
        ("ASSERT NOT EXISTS TOPIC s;", "Topic s exists"),
        ("CREATE STREAM t (k INT KEY) WITH (kafka_topic=' ', value_format='json');", "String must be non-empty"),
    ],
)
def test_what_the_script_says_of_topics_holds(statement: str, message: str) -> None:
    (found,) = check(S + statement)
    assert message in found.message


def test_variables_and_properties() -> None:
    create = "CREATE STREAM ${a} (v ${b}) WITH (kafka_topic='${a}', value_format='json');\n"
    script = f"DEFINE a = 's';\n{create}SELECT w FROM ${{a}} EMIT CHANGES;\n"
    assert brief(check(script, variables={"b": "INT"})) == [(3, "error", "refused")]
    assert brief(check(script)) == [(2, "error", "refused"), (2, "note", "dependents")]
    refused = check(S + "INSERT INTO s VALUES (1, 'a');", properties={"ksql.insert.into.values.enabled": "false"})
    assert "disabled INSERT INTO" in refused[0].message


def test_an_engine_is_what_is_there_already() -> None:
    conn = minisql.connect()
    conn.execute(S)
    assert brief(check("SELECT v FROM s EMIT CHANGES; DROP STREAM s; SELECT v FROM s EMIT CHANGES;", engine=conn.engine)) == [
        (1, "error", "refused")
    ]
    conn.execute("SELECT v FROM s EMIT CHANGES;")
    with pytest.raises(minisql.InterfaceError):
        check(S, engine=conn.engine, properties={})


def test_schemas_that_only_a_registry_knows() -> None:
    script = "CREATE STREAM a WITH (kafka_topic='a', value_format='avro');\nSELECT x FROM a EMIT CHANGES;\n"
    found = check(script)
    assert brief(found) == [(1, "unsupported", "no-registry"), (1, "note", "dependents")]
    assert "--schema-registry URL" in found[0].message


def test_an_engine_has_its_own_registry() -> None:
    pytest.importorskip("fastavro")
    conn = minisql.connect()
    conn.schema_registry.register("a-value", {"type": "record", "name": "A", "fields": [{"name": "X", "type": "int"}]}, "AVRO")
    script = "CREATE STREAM a WITH (kafka_topic='a', value_format='avro');\nSELECT x FROM a EMIT CHANGES;\n"
    assert check(script + "CREATE STREAM b AS SELECT x + 1 AS y FROM a;", engine=conn.engine) == []
    assert conn.schema_registry.subjects() == ["a-value"]


def test_files_run_one_after_the_other_and_run_others(tmp_path: Path) -> None:
    folder = tmp_path / "sub"
    folder.mkdir()
    (tmp_path / "a.sql").write_text(S + "\nRUN SCRIPT 'sub/b.sql';\nSELECT y FROM s EMIT CHANGES;\n")
    (folder / "b.sql").write_text(
        "SELECT x FROM s EMIT CHANGES;\nRUN SCRIPT 'c.sql';\nRUN SCRIPT 'b.sql';\nRUN SCRIPT 'no.sql';\n"
    )
    (folder / "c.sql").write_text("CREATE STREAM c AS SELECT z FROM s;\n")
    (tmp_path / "d.sql").write_text("DROP STREAM s;\nDROP STREAM c;\n")
    found = check(tmp_path / "a.sql", tmp_path / "d.sql")
    assert [(Path(each.file).name, each.line, each.severity) for each in found] == [
        ("a.sql", 4, "error"),
        ("b.sql", 1, "error"),
        ("b.sql", 3, "error"),
        ("b.sql", 4, "error"),
        ("c.sql", 1, "error"),
        ("c.sql", 1, "note"),
    ]
    assert found[2].message == f"{folder / 'b.sql'} runs itself, over and over"
    assert found[3].message == f"Failed to read file: {folder / 'no.sql'}. No such file or directory"
    assert found[5].message.endswith("line d.sql:2")
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "nothing.sql")
    with pytest.raises(FileNotFoundError):
        check("nothing.sql")


TESTS = """--@test: what is right
CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json');
CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;
INSERT INTO s VALUES (1, 'a');
ASSERT VALUES t (k, n) VALUES (1, 1);
ASSERT NULL VALUES t (k) KEY (1);
ASSERT STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json');
ASSERT NO VALUES t;
SELECT * FROM t;
ASSERT ROWS (k, n) VALUES (1, 1);

--@test: what is wrong
CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json');
INSERT INTO s VALUES ('a', 1);
ASSERT VALUES s (k, w) VALUES (1, 2);
ASSERT VALUES s (k, v) VALUES ('x', 'y');
ASSERT ROWS s (k, w) VALUES (1, 2);
ASSERT TABLE s (k INT PRIMARY KEY, v STRING) WITH (kafka_topic='s', value_format='json');
ASSERT VALUES t (k) VALUES (1);

--@test: what is to be refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: cannot be resolved
CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json');
CREATE STREAM d AS SELECT w FROM s;

--@test: what is to be refused otherwise
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: something else
CREATE STREAM d AS SELECT w FROM s;
"""


def test_tests(tmp_path: Path) -> None:
    file = tmp_path / "tests.sql"
    file.write_text(TESTS)
    found = check(file)
    assert [(each.line, each.severity) for each in found] == [(line, "error") for line in (*range(14, 20), 30)]
    assert "Expected type INTEGER for field `K` but got STRING(x)" in found[2].message
    file.write_text("SHOW STREAMS;\n" + TESTS)
    assert [(each.line, each.message) for each in check(file)] == [(1, "Expected test to start with --@test.")]


def test_statements_of_tests_belong_in_tests() -> None:
    assert brief(check(S + "ASSERT VALUES s (k) VALUES (1);")) == [(2, "error", "syntax")]


def test_severities() -> None:
    assert SEVERITIES == ("error", "warning", "unsupported", "note")
