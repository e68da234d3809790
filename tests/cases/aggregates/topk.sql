-- TOPK and TOPKDISTINCT.

--@test: topk: the greatest values, falling
CREATE STREAM s (id INT KEY, a INT, t STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, TOPK(a, 2) AS v1, TOPKDISTINCT(a, 2) AS v2, TOPK(t, 2) AS v3 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 ARRAY<INT>, v2 ARRAY<INT>, v3 ARRAY<STRING>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 3, 'm');
INSERT INTO s VALUES (1, 3, 'Z');
INSERT INTO s VALUES (1, NULL, NULL);
INSERT INTO s VALUES (1, 5, 'n');
INSERT INTO s VALUES (1, 1, 'a');
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, ARRAY[3], ARRAY[3], ARRAY['m']);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, ARRAY[3, 3], ARRAY[3], ARRAY['m', 'Z']);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, ARRAY[3, 3], ARRAY[3], ARRAY['m', 'Z']);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, ARRAY[5, 3], ARRAY[5, 3], ARRAY['n', 'm']);
ASSERT VALUES r (id, v1, v2, v3) VALUES (1, ARRAY[5, 3], ARRAY[5, 3], ARRAY['n', 'm']);

--@test: topk: with other columns of the same rows
CREATE STREAM s (id INT KEY, a INT, t STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, TOPK(a, t, 2) AS v1 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 ARRAY<STRUCT<`sort_col` INT, `col0` STRING>>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 3, 'm');
INSERT INTO s VALUES (1, 5, 'n');
INSERT INTO s VALUES (1, 4, 'o');
ASSERT VALUES r (id, v1) VALUES (1, ARRAY[STRUCT(`sort_col`:=3, `col0`:='m')]);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY[STRUCT(`sort_col`:=5, `col0`:='n'), STRUCT(`sort_col`:=3, `col0`:='m')]);
ASSERT VALUES r (id, v1) VALUES (1, ARRAY[STRUCT(`sort_col`:=5, `col0`:='n'), STRUCT(`sort_col`:=4, `col0`:='o')]);

--@test: topk: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The aggregation function TOPK cannot be applied to a table source, only to a stream source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, TOPK(A, 2) AS v FROM t GROUP BY g;

--@test: topk: the number has to be a literal
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Parameter 2 passed to function TOPK must be a literal constant, but was expression: 'A'
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, TOPK(a, a) AS v FROM t GROUP BY g;
