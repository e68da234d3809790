-- ATTR.

--@test: attr: the only value, else NULL
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, ATTR(a) AS v1 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 5);
INSERT INTO s VALUES (1, 5);
INSERT INTO s VALUES (1, 6);
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r (id, v1) VALUES (1, 5);
ASSERT VALUES r (id, v1) VALUES (1, 5);
ASSERT VALUES r (id, v1) VALUES (1, NULL);
ASSERT VALUES r (id, v1) VALUES (1, NULL);

--@test: attr: NULL is a value too
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, ATTR(a) AS v1 FROM s GROUP BY id;
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (1, 'x');
ASSERT VALUES r (id, v1) VALUES (1, NULL);
ASSERT VALUES r (id, v1) VALUES (1, NULL);

--@test: attr: over a table
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, ATTR(a) AS v1 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 5);
INSERT INTO t VALUES (2, 'x', 6);
INSERT INTO t VALUES (1, 'x', 6);
INSERT INTO t VALUES (2, 'y', 1);
ASSERT VALUES r (g, v1) VALUES ('x', 5);
ASSERT VALUES r (g, v1) VALUES ('x', NULL);
ASSERT VALUES r (g, v1) VALUES ('x', 6);
ASSERT VALUES r (g, v1) VALUES ('x', 6);
ASSERT VALUES r (g, v1) VALUES ('y', 1);
