-- = <> != < <= > >= and IS [NOT] DISTINCT FROM, IS [NOT] NULL.

--@test: comparison: less, equal and greater
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a = b AS eq, a <> b AS ne, a != b AS ne2, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge FROM s;
ASSERT STREAM r (id INT KEY, eq BOOLEAN, ne BOOLEAN, ne2 BOOLEAN, lt BOOLEAN, le BOOLEAN, gt BOOLEAN, ge BOOLEAN) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1, 2);
INSERT INTO s VALUES (2, 2, 2);
INSERT INTO s VALUES (3, 3, 2);
ASSERT VALUES r (id, eq, ne, ne2, lt, le, gt, ge) VALUES (1, false, true, true, true, true, false, false);
ASSERT VALUES r (id, eq, ne, ne2, lt, le, gt, ge) VALUES (2, true, false, false, false, true, false, true);
ASSERT VALUES r (id, eq, ne, ne2, lt, le, gt, ge) VALUES (3, false, true, true, false, false, true, true);

--@test: comparison: with a NULL column every comparison is false, not unknown
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a = b AS eq, a <> b AS ne, a < b AS lt, a >= b AS ge, NOT (a = b) AS neq, NOT (a <> b) AS nne FROM s;
INSERT INTO s VALUES (1, 1, NULL);
INSERT INTO s VALUES (2, NULL, 1);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, eq, ne, lt, ge, neq, nne) VALUES (1, false, false, false, false, true, true);
ASSERT VALUES r (id, eq, ne, lt, ge, neq, nne) VALUES (2, false, false, false, false, true, true);
ASSERT VALUES r (id, eq, ne, lt, ge, neq, nne) VALUES (3, false, false, false, false, true, true);

--@test: comparison: IS DISTINCT FROM takes NULL as a value
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IS DISTINCT FROM b AS d, a IS NOT DISTINCT FROM b AS nd FROM s;
INSERT INTO s VALUES (1, 'x', 'y');
INSERT INTO s VALUES (2, 'x', 'x');
INSERT INTO s VALUES (3, 'x', NULL);
INSERT INTO s VALUES (4, NULL, 'x');
INSERT INTO s VALUES (5, NULL, NULL);
ASSERT VALUES r (id, d, nd) VALUES (1, true, false);
ASSERT VALUES r (id, d, nd) VALUES (2, false, true);
ASSERT VALUES r (id, d, nd) VALUES (3, true, false);
ASSERT VALUES r (id, d, nd) VALUES (4, true, false);
ASSERT VALUES r (id, d, nd) VALUES (5, false, true);

--@test: comparison: IS NULL and IS NOT NULL
CREATE STREAM s (id INT KEY, a STRING, b ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IS NULL AS an, a IS NOT NULL AS ann, b IS NULL AS bn, b[1] IS NULL AS b1n FROM s;
INSERT INTO s VALUES (1, '', ARRAY[1]);
INSERT INTO s VALUES (2, NULL, NULL);
ASSERT VALUES r (id, an, ann, bn, b1n) VALUES (1, false, true, false, false);
ASSERT VALUES r (id, an, ann, bn, b1n) VALUES (2, true, false, true, true);

--@test: comparison: numbers of different types
CREATE STREAM s (id INT KEY, i INT, b BIGINT, f DOUBLE, d DECIMAL(4,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, i = b AS ib, i = f AS f1, b < f AS f2, d = i AS d1, d > f AS d2, d = 2.0 AS d3 FROM s;
INSERT INTO s VALUES (1, 2, 2, 2.0, 2.00);
INSERT INTO s VALUES (2, 2, 3, 3.5, 3.75);
ASSERT VALUES r (id, ib, f1, f2, d1, d2, d3) VALUES (1, true, true, false, true, false, true);
ASSERT VALUES r (id, ib, f1, f2, d1, d2, d3) VALUES (2, false, false, true, false, true, false);

--@test: comparison: texts go by their characters
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a < b AS lt, a = b AS eq, a > b AS gt FROM s;
INSERT INTO s VALUES (1, 'Z', 'a');
INSERT INTO s VALUES (2, '10', '9');
INSERT INTO s VALUES (3, 'a', 'ab');
INSERT INTO s VALUES (4, '', '');
ASSERT VALUES r (id, lt, eq, gt) VALUES (1, true, false, false);
ASSERT VALUES r (id, lt, eq, gt) VALUES (2, true, false, false);
ASSERT VALUES r (id, lt, eq, gt) VALUES (3, true, false, false);
ASSERT VALUES r (id, lt, eq, gt) VALUES (4, false, true, false);

--@test: comparison: dates, times and timestamps with texts
CREATE STREAM s (id INT KEY, d DATE, t TIME, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, d = '2024-02-29' AS d1, d < '2024-03-01' AS d2, t > '12:00' AS t1, ts >= '2024-02-29T10:00:00.000' AS ts1, '2024' <= ts AS ts2 FROM s;
INSERT INTO s VALUES (1, '2024-02-29', '12:00:01', '2024-02-29T10:00:00.000');
INSERT INTO s VALUES (2, '2023-01-01', '11:59', '2023-12-31T23:59:59.999');
ASSERT VALUES r (id, d1, d2, t1, ts1, ts2) VALUES (1, true, true, true, true, true);
ASSERT VALUES r (id, d1, d2, t1, ts1, ts2) VALUES (2, false, true, false, false, false);

--@test: comparison: booleans, arrays, maps and structs are equal or not
CREATE STREAM s (id INT KEY, p BOOLEAN, q BOOLEAN, x ARRAY<INT>, y ARRAY<INT>, m MAP<STRING, INT>, n MAP<STRING, INT>, t STRUCT<f INT>, u STRUCT<f INT>)
  WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, p = q AS e1, p <> q AS n1, x = y AS e2, x <> y AS n2, m = n AS e3, t = u AS e4, t <> u AS n4 FROM s;
INSERT INTO s VALUES (1, true, true, ARRAY[1, 2], ARRAY[1, 2], MAP('a':=1), MAP('a':=1), STRUCT(f:=1), STRUCT(f:=1));
INSERT INTO s VALUES (2, true, false, ARRAY[1, 2], ARRAY[2, 1], MAP('a':=1), MAP('b':=1), STRUCT(f:=1), STRUCT(f:=2));
ASSERT VALUES r (id, e1, n1, e2, n2, e3, e4, n4) VALUES (1, true, false, true, false, true, true, false);
ASSERT VALUES r (id, e1, n1, e2, n2, e3, e4, n4) VALUES (2, false, true, false, true, false, false, true);

--@test: comparison: a boolean is not less than another
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot compare
CREATE STREAM s (id INT KEY, p BOOLEAN, q BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, p < q FROM s;

--@test: comparison: a number with a text is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot compare A (INTEGER) to B (STRING) with EQUAL.
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a = b FROM s;

--@test: comparison: the NULL literal is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Comparison with NULL not supported: INTEGER = NULL
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a = NULL FROM s;

--@test: comparison: structs with different fields are refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot compare
CREATE STREAM s (id INT KEY, a STRUCT<f INT>, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a = b FROM s;

--@test: comparison: the left side fails before the right one is NULL
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT k, k - v > v AS a, v > k - v AS b, CASE WHEN k - v < v THEN 1 ELSE 2 END AS c, NOT (v + 1 = v) AS d FROM s;
INSERT INTO s (k, v, rowtime) VALUES (5, 1, 0);
INSERT INTO s (k, v, rowtime) VALUES (5, NULL, 1);
ASSERT VALUES r (k, a, b, c, d, rowtime) VALUES (5, TRUE, FALSE, 2, TRUE, 0);
ASSERT VALUES r (k, a, b, c, d, rowtime) VALUES (5, NULL, FALSE, NULL, NULL, 1);
