-- HISTOGRAM.

--@test: histogram: how often each text came
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, HISTOGRAM(a) AS v1 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 MAP<STRING, BIGINT>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x');
INSERT INTO s VALUES (1, 'y');
INSERT INTO s VALUES (1, 'x');
ASSERT VALUES r (id, v1) VALUES (1, MAP('x':=1));
ASSERT VALUES r (id, v1) VALUES (1, MAP('x':=1, 'y':=1));
ASSERT VALUES r (id, v1) VALUES (1, MAP('x':=2, 'y':=1));

--@test: histogram: over a table
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, HISTOGRAM(a) AS v1 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 'p');
INSERT INTO t VALUES (2, 'x', 'p');
INSERT INTO t VALUES (1, 'x', 'q');
INSERT INTO t VALUES (2, 'y', 'p');
ASSERT VALUES r (g, v1) VALUES ('x', MAP('p':=1));
ASSERT VALUES r (g, v1) VALUES ('x', MAP('p':=2));
ASSERT VALUES r (g, v1) VALUES ('x', MAP('p':=1, 'q':=1));
ASSERT VALUES r (g, v1) VALUES ('x', MAP('q':=1));
ASSERT VALUES r (g, v1) VALUES ('y', MAP('p':=1));
