-- PARTITION BY.

--@test: partition by: a column becomes the key, the old key a value
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s PARTITION BY g;
ASSERT STREAM r (g STRING KEY, v INT, id INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s (id, g, v, rowtime) VALUES (1, 'x', 5, 1000);
INSERT INTO s (id, g, v, rowtime) VALUES (2, NULL, 6, 1001);
ASSERT VALUES r (g, v, id, rowtime) VALUES ('x', 5, 1, 1000);
ASSERT VALUES r (g, v, id, rowtime) VALUES (NULL, 6, 2, 1001);

--@test: partition by: an expression
CREATE STREAM s (id INT KEY, g STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r1 AS SELECT UCASE(g) AS up, id FROM s PARTITION BY UCASE(g);
CREATE STREAM r2 AS SELECT * FROM s PARTITION BY LEN(g);
ASSERT STREAM r1 (up STRING KEY, id INT) WITH (kafka_topic='R1', format='JSON');
ASSERT STREAM r2 (ksql_col_0 INT KEY, g STRING, id INT) WITH (kafka_topic='R2', format='JSON');
INSERT INTO s VALUES (1, 'xy');
ASSERT VALUES r1 (up, id) VALUES ('XY', 1);
ASSERT VALUES r2 (ksql_col_0, g, id) VALUES (2, 'xy', 1);

--@test: partition by: several columns
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT v, g, id FROM s PARTITION BY g, v;
ASSERT STREAM r (g STRING KEY, v INT KEY, id INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x', 5);
INSERT INTO s VALUES (2, NULL, 6);
ASSERT VALUES r (g, v, id) VALUES ('x', 5, 1);
ASSERT VALUES r (g, v, id) VALUES (NULL, 6, 2);

--@test: partition by: NULL takes the key away
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s PARTITION BY NULL;
ASSERT STREAM r (v INT, id INT) WITH (kafka_topic='R', key_format='NONE', value_format='JSON');
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r (v, id) VALUES (5, 1);

--@test: partition by: the new key belongs into the projection
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Key missing from projection (ie, SELECT).
CREATE STREAM s (id INT KEY, g STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id FROM s PARTITION BY g;

--@test: partition by: not for tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot repartition a TABLE source.
CREATE TABLE t (id INT PRIMARY KEY, g STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT * FROM t PARTITION BY g;

--@test: partition by: KAFKA holds one column
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The 'KAFKA' format only supports a single field.
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r WITH (key_format='KAFKA') AS SELECT * FROM s PARTITION BY g, v;

--@test: partition by: an expression of the key alone knows nothing of a record without a key
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM d (j INT KEY, k INT KEY, v INT) WITH (kafka_topic='d', format='JSON', partitions=1);
CREATE STREAM r AS SELECT COALESCE(k, 3) AS id, v FROM s PARTITION BY COALESCE(k, 3);
CREATE STREAM q AS SELECT COALESCE(k, v) AS id, v FROM s PARTITION BY COALESCE(k, v);
CREATE STREAM p AS SELECT COALESCE(k, 3) AS id, v FROM d PARTITION BY COALESCE(k, 3);
INSERT INTO s (k, v, rowtime) VALUES (1, 5, 0);
INSERT INTO s (k, v, rowtime) VALUES (NULL, 5, 1);
INSERT INTO d (j, k, v, rowtime) VALUES (NULL, NULL, 5, 2);
ASSERT VALUES r (id, v, rowtime) VALUES (1, 5, 0);
ASSERT VALUES r (id, v, rowtime) VALUES (NULL, 5, 1);
ASSERT VALUES q (id, v, rowtime) VALUES (1, 5, 0);
ASSERT VALUES q (id, v, rowtime) VALUES (5, 5, 1);
ASSERT VALUES p (id, v, rowtime) VALUES (3, 5, 2);
