-- EARLIEST_BY_OFFSET.

--@test: earliest_by_offset: the first value, the first values, with and without NULL
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, EARLIEST_BY_OFFSET(a) AS v1, EARLIEST_BY_OFFSET(a, false) AS v2, EARLIEST_BY_OFFSET(a, 2) AS v3, EARLIEST_BY_OFFSET(a, 2, false) AS v4 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 STRING, v2 STRING, v3 ARRAY<STRING>, v4 ARRAY<STRING>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (1, 'x');
INSERT INTO s VALUES (1, 'y');
INSERT INTO s VALUES (1, 'z');
ASSERT VALUES r (id, v1, v2) VALUES (1, NULL, NULL);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'x', NULL, ARRAY['x'], ARRAY[NULL, 'x']);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'x', NULL, ARRAY['x', 'y'], ARRAY[NULL, 'x']);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 'x', NULL, ARRAY['x', 'y'], ARRAY[NULL, 'x']);

--@test: earliest_by_offset: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The aggregation function EARLIEST_BY_OFFSET cannot be applied to a table source, only to a stream source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, EARLIEST_BY_OFFSET(A) AS v FROM t GROUP BY g;
