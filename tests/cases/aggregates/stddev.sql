-- STDDEV_SAMP, which is the variance, and STDDEV_SAMPLE.

--@test: stddev: nothing under two values
CREATE STREAM s (id INT KEY, a INT, f DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, STDDEV_SAMP(a) AS v1, STDDEV_SAMPLE(a) AS v2, STDDEV_SAMPLE(f) AS v3 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 DOUBLE, v2 DOUBLE, v3 DOUBLE) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1, NULL);
INSERT INTO s VALUES (1, 3, 1.0);
INSERT INTO s VALUES (1, 5, 3.0);
INSERT INTO s VALUES (1, NULL, 5.0);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 0.0, 0.0, 0.0);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 2.0, 1.4142135623730951, 0.0);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 4.0, 2.0, 1.4142135623730951);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 4.0, 2.0, 2.0);

--@test: stddev: over a table
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, STDDEV_SAMP(a) AS v1, STDDEV_SAMPLE(a) AS v2 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 1);
INSERT INTO t VALUES (2, 'x', 3);
INSERT INTO t VALUES (3, 'x', 5);
INSERT INTO t VALUES (2, 'x', NULL);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 0.0, 0.0);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 2.0, 1.4142135623730951);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 4.0, 2.0);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 8.0, 2.8284271247461903);
