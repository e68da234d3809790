-- Joins of a stream with a table: a look-up when a record of the stream comes.

--@test: stream-table: INNER drops a record without a row
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT s.id AS id, a, b FROM s JOIN t ON s.id = t.id;
INSERT INTO s (id, a, rowtime) VALUES (1, 'early', 0);
INSERT INTO t (id, b, rowtime) VALUES (1, 'x', 1);
INSERT INTO s (id, a, rowtime) VALUES (1, 'now', 2);
INSERT INTO t (id, b, rowtime) VALUES (1, 'y', 3);
INSERT INTO s (id, a, rowtime) VALUES (1, 'then', 4);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'now', 'x', 2);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'then', 'y', 4);

--@test: stream-table: LEFT gives NULLs
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT s.id AS id, a, b FROM s LEFT JOIN t ON s.id = t.id;
INSERT INTO s VALUES (1, 'early');
INSERT INTO t VALUES (1, 'x');
INSERT INTO s VALUES (1, 'now');
INSERT INTO s VALUES (NULL, 'keyless');
ASSERT VALUES j (id, a, b) VALUES (1, 'early', NULL);
ASSERT VALUES j (id, a, b) VALUES (1, 'now', 'x');
ASSERT VALUES j (id, a, b) VALUES (NULL, 'keyless', NULL);

--@test: stream-table: by a value of the stream, which becomes the key
CREATE STREAM s (id INT KEY, who STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (name STRING PRIMARY KEY, age INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT s.who AS who, s.id AS id, t.age AS age FROM s JOIN t ON s.who = t.name;
ASSERT STREAM j (who STRING KEY, id INT, age INT) WITH (kafka_topic='J', format='JSON');
INSERT INTO t VALUES ('ann', 30);
INSERT INTO s VALUES (1, 'ann');
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES j (who, id, age) VALUES ('ann', 1, 30);

--@test: stream-table: with two tables
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE u (id INT PRIMARY KEY, c STRING) WITH (kafka_topic='u', format='JSON', partitions=1);
CREATE STREAM j AS SELECT s.id AS id, a, b, c FROM s JOIN t ON s.id = t.id LEFT JOIN u ON s.id = u.id WHERE a <> 'no';
INSERT INTO t VALUES (1, 'x');
INSERT INTO s VALUES (1, 'one');
INSERT INTO u VALUES (1, 'y');
INSERT INTO s VALUES (1, 'no');
INSERT INTO s VALUES (1, 'two');
ASSERT VALUES j (id, a, b, c) VALUES (1, 'one', 'x', NULL);
ASSERT VALUES j (id, a, b, c) VALUES (1, 'two', 'x', 'y');

--@test: stream-table: not by a value of the table
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid join condition:
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT s.id, a, b FROM s JOIN t ON s.a = t.b;

--@test: stream-table: no FULL
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid join type: full-outer join not supported for stream-table join.
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT ROWKEY, a, b FROM s FULL OUTER JOIN t ON s.id = t.id;

--@test: stream-table: no WITHIN
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: A window definition was provided for a Stream-Table join.
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT s.id, a, b FROM s JOIN t WITHIN 1 SECOND ON s.id = t.id;
