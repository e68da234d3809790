-- COUNT_DISTINCT.

--@test: count_distinct: values that differ, without NULL
CREATE STREAM s (id INT KEY, a STRING, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT_DISTINCT(a) AS v1, COUNT_DISTINCT(b) AS v2 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 BIGINT, v2 BIGINT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x', 1);
INSERT INTO s VALUES (1, 'x', 2);
INSERT INTO s VALUES (1, NULL, NULL);
INSERT INTO s VALUES (1, 'y', 1);
ASSERT VALUES r (id, v1, v2) VALUES (1, 1, 1);
ASSERT VALUES r (id, v1, v2) VALUES (1, 1, 2);
ASSERT VALUES r (id, v1, v2) VALUES (1, 1, 2);
ASSERT VALUES r (id, v1, v2) VALUES (1, 2, 2);

--@test: count_distinct: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The aggregation function COUNT_DISTINCT cannot be applied to a table source, only to a stream source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, COUNT_DISTINCT(A) AS v FROM t GROUP BY g;
