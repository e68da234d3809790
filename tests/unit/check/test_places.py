"""Where errors are found to be; the mark stands before the place."""

from __future__ import annotations

import pytest

from minisql.check import check

MARK = "▲"
SOURCES = """
CREATE STREAM s (k INT KEY, v STRING, n INT) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE STREAM s2 (k INT KEY, v STRING) WITH (kafka_topic='s2', value_format='json', partitions=1);
CREATE TABLE t (k INT PRIMARY KEY, v STRING) WITH (kafka_topic='t', value_format='json', partitions=1);
DEFINE source = 'some_stream_with_a_long_name';
CREATE STREAM some_stream_with_a_long_name (k INT KEY, v STRING) WITH (kafka_topic='l', value_format='json', partitions=1);
"""


@pytest.mark.parametrize(
    "marked",
    [
        "▲SELEC * FROM s;",
        "SELECT *\n  FROM s\n  WHRE ▲v = 'a' EMIT CHANGES;",
        "SELECT ▲nothing FROM s EMIT CHANGES;",
        "SELECT k FROM s WHERE v = 'x' AND ▲nothing = 1 EMIT CHANGES;",
        "SELECT k FROM ▲nowhere EMIT CHANGES;",
        "SELECT ▲nowhere.k FROM s EMIT CHANGES;",
        "CREATE STREAM x AS SELECT k, ▲UCASE(n) AS u FROM s;",
        "CREATE STREAM x AS SELECT k, v || ▲NO_FUNCTION(n) AS u FROM s;",
        "CREATE STREAM x AS SELECT k FROM s WHERE v = 'a' AND ▲v > n;",
        "CREATE STREAM x AS SELECT k FROM s WHERE ▲n + 1;",
        "CREATE STREAM x AS SELECT k, CASE WHEN ▲v = 1 THEN 2 END AS c FROM s;",
        "CREATE TABLE x AS SELECT k, ▲SUM(v) AS c FROM s GROUP BY k;",
        "CREATE TABLE x AS SELECT k, ▲v, COUNT(*) AS c FROM s GROUP BY k;",
        "CREATE TABLE x AS SELECT k, v, COUNT(*) AS c FROM s ▲GROUP BY k, v;",
        "CREATE STREAM x (k ARRAY<INT> KEY) WITH (kafka_topic='x', format=▲'KAFKA', partitions=1);",
        "CREATE TABLE x AS SELECT ▲COUNT(*) AS c FROM s GROUP BY k;",
        "CREATE TABLE x AS SELECT k, COUNT(*) AS c FROM s GROUP BY k HAVING ▲k > 'a';",
        "CREATE TABLE x AS SELECT k, COUNT(*) AS c FROM s GROUP BY k ▲EMIT FINAL;",
        "CREATE STREAM x AS SELECT s.v FROM s JOIN s2 WITHIN 1 MINUTE ▲ON s.n = s2.v;",
        "CREATE STREAM x AS SELECT s.k, s2.v FROM s ▲JOIN s2 ON s.k = s2.k;",
        "CREATE STREAM ▲s AS SELECT * FROM s2;",
        "CREATE STREAM x WITH (value_format=▲'KAFKA') AS SELECT * FROM s;",
        "CREATE STREAM x WITH (▲timestamp='v') AS SELECT * FROM s;",
        "CREATE STREAM x (k INT KEY, a ▲NO_TYPE) WITH (kafka_topic='x', value_format='json', partitions=1);",
        "CREATE STREAM x (k INT KEY) ▲WITH (kafka_topic='x', partitions=1);",
        "CREATE STREAM x (k INT KEY) WITH (kafka_topic='x', value_format='json', partitions=1, ▲nothing='a');",
        "INSERT INTO s VALUES (1, 'a', ▲'b');",
        "INSERT INTO s (k, ▲nothing) VALUES (1, 2);",
        "INSERT INTO ▲nowhere VALUES (1);",
        "INSERT INTO s SELECT ▲* FROM s2;",
        "DROP TABLE ▲nowhere;",
        "DESCRIBE ▲nowhere;",
        "SET ▲'no.such.property' = 'a';",
        "SHOW ▲NOTHING;",
        "SELECT ▲nothing FROM ${source} EMIT CHANGES;",
        "SELECT * FROM ${source} WHERE ▲nothing = 1 EMIT CHANGES;",
        "SELECT * FROM ▲${undefined} EMIT CHANGES;",
        "SELECT k,\n  v,\n  ▲nothing\nFROM ${source}\nEMIT CHANGES;",
    ],
)
def test_the_place_of_an_error(marked: str) -> None:
    text, before = SOURCES + marked.replace(MARK, ""), (SOURCES + marked).partition(MARK)[0]
    (finding,) = check(text)
    assert finding.severity == "error"
    expected = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert (finding.line, finding.column) == expected, finding.message
