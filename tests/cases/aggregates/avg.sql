-- AVG.

--@test: avg: leaves NULL out, and is zero over nothing
CREATE STREAM s (id INT KEY, i INT, l BIGINT, f DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, AVG(i) AS v1, AVG(l) AS v2, AVG(f) AS v3 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 DOUBLE, v2 DOUBLE, v3 DOUBLE) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, NULL, NULL, NULL);
INSERT INTO s VALUES (1, 1, 10, 0.5);
INSERT INTO s VALUES (1, 2, NULL, 1.0);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 0.0, 0.0, 0.0);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 1.0, 10.0, 0.5);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, 1.5, 10.0, 0.75);

--@test: avg: over a table
CREATE TABLE t (id INT PRIMARY KEY, g STRING, i INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, AVG(i) AS v1 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 4);
INSERT INTO t VALUES (2, 'x', 8);
INSERT INTO t VALUES (1, 'x', 2);
INSERT INTO t VALUES (2, 'x', NULL);
INSERT INTO t VALUES (1, 'y', 2);
ASSERT VALUES r (g, v1) VALUES ('x', 4.0);
ASSERT VALUES r (g, v1) VALUES ('x', 6.0);
ASSERT VALUES r (g, v1) VALUES ('x', 5.0);
ASSERT VALUES r (g, v1) VALUES ('x', 2.0);
ASSERT VALUES r (g, v1) VALUES ('x', 0.0);
ASSERT VALUES r (g, v1) VALUES ('y', 2.0);
