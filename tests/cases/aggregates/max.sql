-- MAX.

--@test: max: of numbers, texts and dates, without NULL
CREATE STREAM s (id INT KEY, i INT, f DOUBLE, d DECIMAL(6,2), t STRING, dt DATE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, MAX(i) AS v1, MAX(f) AS v2, MAX(d) AS v3, MAX(t) AS v4, MAX(dt) AS v5 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 INT, v2 DOUBLE, v3 DECIMAL(6,2), v4 STRING, v5 DATE) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO s VALUES (1, 5, 5.5, 5.50, 'm', '2024-05-05');
INSERT INTO s VALUES (1, 3, 6.5, 5.25, 'z', '2024-04-04');
INSERT INTO s VALUES (1, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, v1, v2, v3, v4, v5) VALUES (1, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, v1, v2, v3, v4, v5) VALUES (1, 5, 5.5, 5.50, 'm', '2024-05-05');
ASSERT VALUES r (id, v1, v2, v3, v4, v5) VALUES (1, 5, 6.5, 5.50, 'z', '2024-05-05');
ASSERT VALUES r (id, v1, v2, v3, v4, v5) VALUES (1, 5, 6.5, 5.50, 'z', '2024-05-05');

--@test: max: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The aggregation function MAX cannot be applied to a table source, only to a stream source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, MAX(A) AS v FROM t GROUP BY g;
