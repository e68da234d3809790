-- AND, OR, NOT: Java's, with short circuit. A NULL operand that is looked at fails the column.

--@test: logic: AND
CREATE STREAM s (id INT KEY, a BOOLEAN, b BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a AND b AS v FROM s;
INSERT INTO s VALUES (1, true, true);
INSERT INTO s VALUES (2, true, false);
INSERT INTO s VALUES (3, false, true);
INSERT INTO s VALUES (4, false, false);
INSERT INTO s VALUES (5, false, NULL);
INSERT INTO s VALUES (6, true, NULL);
INSERT INTO s VALUES (7, NULL, false);
ASSERT VALUES r (id, v) VALUES (1, true);
ASSERT VALUES r (id, v) VALUES (2, false);
ASSERT VALUES r (id, v) VALUES (3, false);
ASSERT VALUES r (id, v) VALUES (4, false);
ASSERT VALUES r (id, v) VALUES (5, false);
ASSERT VALUES r (id, v) VALUES (6, NULL);
ASSERT VALUES r (id, v) VALUES (7, NULL);

--@test: logic: OR
CREATE STREAM s (id INT KEY, a BOOLEAN, b BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a OR b AS v FROM s;
INSERT INTO s VALUES (1, true, true);
INSERT INTO s VALUES (2, true, false);
INSERT INTO s VALUES (3, false, true);
INSERT INTO s VALUES (4, false, false);
INSERT INTO s VALUES (5, true, NULL);
INSERT INTO s VALUES (6, false, NULL);
INSERT INTO s VALUES (7, NULL, true);
ASSERT VALUES r (id, v) VALUES (1, true);
ASSERT VALUES r (id, v) VALUES (2, true);
ASSERT VALUES r (id, v) VALUES (3, true);
ASSERT VALUES r (id, v) VALUES (4, false);
ASSERT VALUES r (id, v) VALUES (5, true);
ASSERT VALUES r (id, v) VALUES (6, NULL);
ASSERT VALUES r (id, v) VALUES (7, NULL);

--@test: logic: NOT
CREATE STREAM s (id INT KEY, a BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, NOT a AS v, NOT (NOT a) AS w FROM s;
INSERT INTO s VALUES (1, true);
INSERT INTO s VALUES (2, false);
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, v, w) VALUES (1, false, true);
ASSERT VALUES r (id, v, w) VALUES (2, true, false);
ASSERT VALUES r (id, v, w) VALUES (3, NULL, NULL);

--@test: logic: NOT binds closer than AND, AND closer than OR
CREATE STREAM s (id INT KEY, a BOOLEAN, b BOOLEAN, c BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a OR b AND c AS e1, (a OR b) AND c AS e2, NOT a AND b AS e3, NOT (a AND b) AS e4 FROM s;
INSERT INTO s VALUES (1, true, false, false);
INSERT INTO s VALUES (2, false, true, true);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, true, false, false, true);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, true, true, true, true);

--@test: logic: comparisons with NULL are false, so logic over them never fails
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a > 0 AND b > 0 AS both, a > 0 OR b > 0 AS one, NOT (a > 0) AS none FROM s;
INSERT INTO s VALUES (1, 1, NULL);
INSERT INTO s VALUES (2, NULL, 1);
ASSERT VALUES r (id, both, one, none) VALUES (1, false, true, false);
ASSERT VALUES r (id, both, one, none) VALUES (2, false, true, true);

--@test: logic: what stands in NOT is compared whatever its types
CREATE STREAM s (id INT KEY, i INT, t STRING, n DECIMAL(4, 2), a ARRAY<INT>) WITH (kafka_topic='s', value_format='JSON');
CREATE STREAM q AS SELECT id, NOT (t = i) AS eq, NOT (t <> i) AS ne, NOT (t < i) AS lt, NOT (n = t) AS dec, NOT (a = t) AS arr,
    NOT (t IS DISTINCT FROM i) AS same FROM s;
INSERT INTO s (id, i, t, n, a) VALUES (1, 1, '1', 1.00, ARRAY[1]);
INSERT INTO s (id, i, t) VALUES (2, 1, NULL);
INSERT INTO s (id, t) VALUES (3, 'x');
ASSERT VALUES q (id, eq, ne, lt, dec, arr, same) VALUES (1, true, false, NULL, false, true, false);
ASSERT VALUES q (id, eq, ne, lt, dec, arr, same) VALUES (2, true, true, true, true, true, false);
ASSERT VALUES q (id, eq, ne, lt, dec, arr, same) VALUES (3, true, true, true, true, true, false);

--@test: logic: what stands in NOT and cannot be compared at all
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Invalid Select: Unexpected comparison to DATE: INTEGER
CREATE STREAM s (id INT KEY, i INT, d DATE) WITH (kafka_topic='s', value_format='JSON');
CREATE STREAM q AS SELECT id, NOT (d = i) AS b FROM s;
