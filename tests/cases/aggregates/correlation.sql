-- CORRELATION.

--@test: correlation: of pairs without NULL
CREATE STREAM s (id INT KEY, a DOUBLE, b DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, CAST(CORRELATION(a, b) AS STRING) AS v1 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1.0, 2.0);
INSERT INTO s VALUES (1, NULL, 5.0);
INSERT INTO s VALUES (1, 2.0, 4.0);
ASSERT VALUES r (id, v1) VALUES (1, 'NaN');
ASSERT VALUES r (id, v1) VALUES (1, 'NaN');
ASSERT VALUES r (id, v1) VALUES (1, '1.0');

--@test: correlation: falling
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, ROUND(CORRELATION(a, b), 6) AS v1 FROM s GROUP BY id;
INSERT INTO s VALUES (1, 1, 6);
INSERT INTO s VALUES (1, 2, 4);
INSERT INTO s VALUES (1, 3, 2);
ASSERT VALUES r (id, v1) VALUES (1, NULL);
ASSERT VALUES r (id, v1) VALUES (1, -1.0);
ASSERT VALUES r (id, v1) VALUES (1, -1.0);

--@test: correlation: over a table
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT, b INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, ROUND(CORRELATION(a, b), 6) AS v1 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 1, 1);
INSERT INTO t VALUES (2, 'x', 2, 2);
INSERT INTO t VALUES (2, 'x', 2, 0);
ASSERT VALUES r (g, v1) VALUES ('x', NULL);
ASSERT VALUES r (g, v1) VALUES ('x', 1.0);
ASSERT VALUES r (g, v1) VALUES ('x', -1.0);
