-- COLLECT_SET.

--@test: collect_set: each value once, NULL too
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COLLECT_SET(a) AS v1 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 ARRAY<STRING>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x');
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (1, 'x');
INSERT INTO s VALUES (1, 'a');
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x']);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x', NULL]);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x', NULL]);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY['x', NULL, 'a']);

--@test: collect_set: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The aggregation function collect_set cannot be applied to a table source, only to a stream source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, COLLECT_SET(A) AS v FROM t GROUP BY g;
