-- COUNT.

--@test: count: rows, and values that are not NULL
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT(*) AS v1, COUNT(a) AS v2, COUNT(b) AS v3, COUNT(1) AS v4 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 BIGINT, v2 BIGINT, v3 BIGINT, v4 BIGINT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1, 'x');
INSERT INTO s VALUES (1, NULL, 'y');
INSERT INTO s VALUES (1, NULL, NULL);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 1, 1, 1, 1);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 2, 1, 2, 2);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 3, 1, 2, 3);

--@test: count: over a table rows come and go
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, COUNT(*) AS v1, COUNT(a) AS v2 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 5);
INSERT INTO t VALUES (2, 'x', NULL);
INSERT INTO t VALUES (1, 'x', NULL);
INSERT INTO t VALUES (2, 'y', 7);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 1, 1);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 2, 1);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 2, 0);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 1, 0);
ASSERT VALUES r (g, v1, v2) VALUES ('y', 1, 1);
