-- LATEST_BY_OFFSET.

--@test: latest_by_offset: the last value, the last values
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, LATEST_BY_OFFSET(a) AS v1, LATEST_BY_OFFSET(a, false) AS v2, LATEST_BY_OFFSET(a, 2) AS v3, LATEST_BY_OFFSET(a, 2, false) AS v4 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 STRING, v2 STRING, v3 ARRAY<STRING>, v4 ARRAY<STRING>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x');
INSERT INTO s VALUES (1, 'y');
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (1, 'z');
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'x', 'x', ARRAY['x'], ARRAY['x']);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'y', 'y', ARRAY['x', 'y'], ARRAY['x', 'y']);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'y', NULL, ARRAY['x', 'y'], ARRAY['y', NULL]);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'z', 'z', ARRAY['y', 'z'], ARRAY[NULL, 'z']);

--@test: latest_by_offset: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The aggregation function LATEST_BY_OFFSET cannot be applied to a table source, only to a stream source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, LATEST_BY_OFFSET(A) AS v FROM t GROUP BY g;
