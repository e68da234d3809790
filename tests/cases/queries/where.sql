-- WHERE.

--@test: where: on a stream other rows are dropped
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a FROM s WHERE a > 1 AND id <> 3;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 2);
INSERT INTO s VALUES (3, 3);
INSERT INTO s VALUES (4, NULL);
INSERT INTO s VALUES (5, 5);
ASSERT VALUES r (id, a) VALUES (2, 2);
ASSERT VALUES r (id, a) VALUES (5, 5);

--@test: where: it sees columns that are not selected, and no aliases
CREATE STREAM s (id INT KEY, a INT, b BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + 10 AS a FROM s WHERE b AND a < 5;
INSERT INTO s VALUES (1, 4, true);
INSERT INTO s VALUES (2, 5, true);
INSERT INTO s VALUES (3, 4, false);
INSERT INTO s VALUES (4, 3, NULL);
INSERT INTO s VALUES (5, 2, true);
ASSERT VALUES r (id, a) VALUES (1, 14);
ASSERT VALUES r (id, a) VALUES (5, 12);

--@test: where: on a table a row that no longer fits is deleted
CREATE TABLE t (id INT PRIMARY KEY, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, a FROM t WHERE a > 1;
INSERT INTO t VALUES (1, 5);
INSERT INTO t VALUES (1, 0);
INSERT INTO t VALUES (1, 6);
ASSERT VALUES r (id, a) VALUES (1, 5);
ASSERT NULL VALUES r (id) KEY (1);
ASSERT VALUES r (id, a) VALUES (1, 6);

--@test: where: has to be a condition
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Type error in WHERE expression: Should evaluate to boolean but is A (INTEGER) instead.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a FROM s WHERE a;

--@test: where: aliases of the projection are unknown
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: WHERE column 'B' cannot be resolved.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a AS b FROM s WHERE b > 1;

--@test: where: NULL is no answer
--@expected.error: org.apache.kafka.streams.errors.StreamsException
--@expected.message: Exception caught in process.
CREATE STREAM s (k INT KEY, b BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s WHERE b;
INSERT INTO s (k, b) VALUES (1, TRUE);
ASSERT VALUES r (k, b) VALUES (1, TRUE);
INSERT INTO s (k, b) VALUES (2, NULL);

--@test: where: what is made of NULL is false
CREATE STREAM s (k INT KEY, b BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM n AS SELECT * FROM s WHERE NOT b;
CREATE STREAM a AS SELECT * FROM s WHERE b AND b;
CREATE STREAM e AS SELECT * FROM s WHERE b = TRUE;
INSERT INTO s (k, b, rowtime) VALUES (1, NULL, 0);
INSERT INTO s (k, b, rowtime) VALUES (2, TRUE, 1);
ASSERT VALUES a (k, b, rowtime) VALUES (2, TRUE, 1);
ASSERT VALUES e (k, b, rowtime) VALUES (2, TRUE, 1);
