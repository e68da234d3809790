-- SUM_LIST.

--@test: sum_list: of all elements that are not NULL
CREATE STREAM s (id INT KEY, a ARRAY<INT>, b ARRAY<DOUBLE>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, SUM_LIST(a) AS v1, SUM_LIST(b) AS v2 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 INT, v2 DOUBLE) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, ARRAY[1, 2], ARRAY[0.5]);
INSERT INTO s VALUES (1, NULL, NULL);
INSERT INTO s VALUES (1, ARRAY[NULL, 4], ARRAY[0.25, 0.25]);
ASSERT VALUES r (id, v1, v2) VALUES (1, 3, 0.5);
ASSERT VALUES r (id, v1, v2) VALUES (1, 3, 0.5);
ASSERT VALUES r (id, v1, v2) VALUES (1, 7, 1.0);

--@test: sum_list: over a table
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a ARRAY<INT>) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, SUM_LIST(a) AS v1 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', ARRAY[1, 2]);
INSERT INTO t VALUES (1, 'x', ARRAY[5]);
INSERT INTO t VALUES (1, 'y', ARRAY[5]);
ASSERT VALUES r (g, v1) VALUES ('x', 3);
ASSERT VALUES r (g, v1) VALUES ('x', 5);
ASSERT VALUES r (g, v1) VALUES ('x', 0);
ASSERT VALUES r (g, v1) VALUES ('y', 5);
