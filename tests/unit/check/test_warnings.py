"""Each warning: what it is about, and what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import minisql
from minisql.check import check
from minisql.check.warnings import WARNINGS, about
from minisql.errors import KsqlError

SOURCES = """
CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE STREAM j (k INT KEY, v STRING) WITH (kafka_topic='j', format='json', partitions=1);
CREATE STREAM keyless (v STRING) WITH (kafka_topic='keyless', value_format='json', partitions=1);
CREATE TABLE d (k INT PRIMARY KEY, v STRING) WITH (kafka_topic='d', value_format='json', partitions=1);
CREATE TABLE dj (k INT PRIMARY KEY, v STRING) WITH (kafka_topic='dj', format='json', partitions=1);
CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;
"""

GRACE = "WITHIN 1 HOUR GRACE PERIOD 1 HOUR"
TUMBLING = "WINDOW TUMBLING (SIZE 1 HOUR)"
GRACEFUL = "WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 0 SECONDS)"


@pytest.mark.parametrize(
    ("statements", "codes"),
    [
        ("CREATE STREAM x AS SELECT a.k, b.v FROM s a JOIN s b WITHIN 1 HOUR ON a.k = b.k;", None),
        ("CREATE STREAM x AS SELECT s.k, j.v FROM s JOIN j WITHIN 1 HOUR ON s.k = j.k;", ["deprecated", "key-format"]),
        (f"CREATE STREAM x AS SELECT s.k, j.v FROM s JOIN j {GRACE} ON s.k = j.k;", ["key-format"]),
        (f"SELECT s.k, j.v FROM s JOIN j {GRACE} ON s.k = j.k EMIT CHANGES;", ["key-format"]),
        ("CREATE TABLE x AS SELECT d.k, dj.v FROM d JOIN dj ON d.k = dj.k;", ["key-format"]),
        ("CREATE TABLE x AS SELECT d.k, t.n FROM d JOIN t ON d.k = t.k;", []),
        ("CREATE STREAM x AS SELECT s.k, d.v FROM s JOIN d ON s.k = d.k;", []),
        ("CREATE STREAM x AS SELECT * FROM s JOIN d ON CAST(s.v AS INT) = d.k;", ["repartition"]),
        ("CREATE STREAM x AS SELECT * FROM keyless JOIN d ON CAST(keyless.v AS INT) = d.k;", ["repartition"]),
        ("SELECT v, COUNT(*) FROM s GROUP BY v EMIT CHANGES;", ["repartition"]),
        ("CREATE TABLE x AS SELECT v, COUNT(*) AS n FROM d GROUP BY v;", ["repartition"]),
        ("SELECT k, COUNT(*) FROM s GROUP BY k EMIT CHANGES;", []),
        ("CREATE STREAM x AS SELECT * FROM s PARTITION BY v;", []),
        ("INSERT INTO s SELECT * FROM s;", []),
        ("SELECT * FROM t;", ["full-scan"]),
        ("SELECT * FROM t WHERE n > 1;", ["full-scan"]),
        ("SELECT * FROM t WHERE k = 1;", []),
        ("SELECT * FROM s;", ["full-scan"]),
        ("SELECT * FROM s EMIT CHANGES;", []),
        (f"CREATE TABLE x AS SELECT k, COUNT(*) AS n FROM s {TUMBLING} GROUP BY k EMIT FINAL;", ["late-rows"]),
        (f"CREATE TABLE x AS SELECT k, COUNT(*) AS n FROM s {GRACEFUL} GROUP BY k EMIT FINAL;", []),
        (f"CREATE TABLE x AS SELECT k, COUNT(*) AS n FROM s {TUMBLING} GROUP BY k;", []),
        ("INSERT INTO s VALUES (1, 'a'); CREATE STREAM x AS SELECT * FROM s;", ["latest-offset"]),
        ("INSERT INTO s VALUES (1, 'a'); SELECT * FROM s EMIT CHANGES;", ["latest-offset"]),
        ("INSERT INTO d VALUES (1, 'a'); CREATE STREAM x AS SELECT s.k, d.v FROM s JOIN d ON s.k = d.k;", []),
        ("INSERT INTO s VALUES (1, 'a'); SET 'auto.offset.reset'='earliest'; CREATE STREAM x AS SELECT * FROM s;", []),
        ("CREATE STREAM x AS SELECT * FROM s; INSERT INTO s VALUES (1, 'a');", []),
        ("INSERT INTO s VALUES (1, 'a'); SELECT * FROM t WHERE k = 1;", []),
        ("INSERT INTO s (v) VALUES ('a');", ["null-key"]),
        ("INSERT INTO s (k) VALUES (1);", []),
        ("INSERT INTO keyless (v) VALUES ('a');", []),
        ("TERMINATE CTAS_T_0;", ["query-id"]),
        ("PAUSE CSAS_SOMETHING_7;", ["query-id"]),
        ("EXPLAIN CTAS_T_0;", ["query-id"]),
        ("EXPLAIN SELECT * FROM s EMIT CHANGES; PAUSE ALL; RESUME ALL;", []),
    ],
)
def test_what_is_warned_of(statements: str, codes: list[str] | None) -> None:
    found = [finding for finding in check(SOURCES + statements) if finding.severity != "note"]
    if codes is None:
        assert [finding.severity for finding in found] == ["error"]
        return
    assert [finding.code for finding in found] == codes
    assert {finding.severity for finding in found} <= {"warning"}
    assert all(finding.line == SOURCES.count("\n") + 1 for finding in found)


@pytest.mark.parametrize(
    "marked",
    [
        "SELECT v, COUNT(*) FROM s GROUP BY ▲v EMIT CHANGES;",
        "SELECT * FROM ▲t;",
        "INSERT INTO ▲s (v) VALUES ('a');",
        "CREATE STREAM x AS SELECT * FROM s JOIN d ON CAST(▲s.v AS INT) = d.k;",
        "CREATE TABLE x AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY k ▲EMIT FINAL;",
        "TERMINATE ▲CTAS_T_0;",
    ],
)
def test_places(marked: str) -> None:
    (found,) = check(SOURCES + marked.replace("▲", ""))
    assert found.column == marked.index("▲") + 1


def test_the_rows_that_a_query_misses_are_missed() -> None:
    """What latest-offset says is what happens."""
    statements = "INSERT INTO s VALUES (1, 'a'); CREATE STREAM x AS SELECT * FROM s;"
    conn = minisql.connect()
    conn.execute(SOURCES + statements)
    assert conn.topic("X").records() == []


def test_the_row_without_key_is_left_out() -> None:
    """What null-key says is what happens."""
    conn = minisql.connect()
    conn.execute(SOURCES + "INSERT INTO s (v) VALUES ('a'); INSERT INTO s VALUES (1, 'a');")
    assert [record.key for record in conn.topic("T").records()] == [1]


def test_codes() -> None:
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in WARNINGS)
    assert all(about(code).endswith(".") and "\n" not in about(code) for code in WARNINGS)


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[3] / "examples").glob("*.sql")), ids=lambda path: path.name)
def test_what_runs_has_no_errors(path: Path) -> None:
    try:
        minisql.connect().run(path)
    except KsqlError as error:  # pragma: no cover
        pytest.fail(str(error))
    assert [finding for finding in check(path) if finding.severity == "error"] == []
