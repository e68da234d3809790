-- COLLECT_LIST.

--@test: collect_list: every value, NULL too, as they come
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COLLECT_LIST(a) AS v1 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 ARRAY<STRING>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x');
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (1, 'x');
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x']);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x', NULL]);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x', NULL, 'x']);

--@test: collect_list: of structs
CREATE STREAM s (id INT KEY, a STRUCT<f INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COLLECT_LIST(a) AS v1 FROM s GROUP BY id;
INSERT INTO s VALUES (1, STRUCT(f:=1));
INSERT INTO s VALUES (1, STRUCT(f:=2));
ASSERT VALUES r (id, v1) VALUES (1, ARRAY[STRUCT(f:=1)]);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY[STRUCT(f:=1), STRUCT(f:=2)]);

--@test: collect_list: over a table the last equal value goes
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, COLLECT_LIST(a) AS v1 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 'p');
INSERT INTO t VALUES (2, 'x', 'q');
INSERT INTO t VALUES (3, 'x', 'p');
INSERT INTO t VALUES (1, 'x', 'r');
INSERT INTO t VALUES (2, 'y', 'q');
ASSERT VALUES r (g, v1) VALUES ('x', ARRAY['p']);
ASSERT VALUES r (g, v1) VALUES ('x', ARRAY['p', 'q']);
ASSERT VALUES r (g, v1) VALUES ('x', ARRAY['p', 'q', 'p']);
ASSERT VALUES r (g, v1) VALUES ('x', ARRAY['p', 'q', 'r']);
ASSERT VALUES r (g, v1) VALUES ('x', ARRAY['p', 'r']);
ASSERT VALUES r (g, v1) VALUES ('y', ARRAY['q']);
