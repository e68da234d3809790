-- INSERT INTO ... VALUES.

--@test: insert values: key columns, then value columns in their order, or named ones in any order
CREATE STREAM s (a INT, id INT KEY, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (2, 1, 'x');
INSERT INTO s (b, id) VALUES ('y', 3);
INSERT INTO s (a) VALUES (4);
ASSERT VALUES s (id, a, b) VALUES (2, 1, 'x');
ASSERT VALUES s (id, a, b) VALUES (3, NULL, 'y');
ASSERT VALUES s (id, a, b) VALUES (NULL, 4, NULL);

--@test: insert values: expressions are computed
CREATE STREAM s (id INT KEY, a INT, b STRING, c ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1 + 1, ABS(-3), CONCAT('x', 'y'), ARRAY[1, 2 * 2]);
ASSERT VALUES s (id, a, b, c) VALUES (2, 3, 'xy', ARRAY[1, 4]);

--@test: insert values: whole numbers widen, texts become times
CREATE STREAM s (id BIGINT KEY, b BIGINT, f DOUBLE, d DECIMAL(5,2), dt DATE, t TIME, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 2, 3, 4.5, '2024-02-29', '10:00:00', '2024-02-29T10:00:00.000');
ASSERT VALUES s (id, b, f, d, dt, t, ts) VALUES (1, 2, 3.0, 4.50, '2024-02-29', '10:00:00', '2024-02-29T10:00:00.000');

--@test: insert values: a table needs its whole key
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Value for primary key column(s)
CREATE TABLE t (k1 INT PRIMARY KEY, k2 INT PRIMARY KEY, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
INSERT INTO t (k1, a) VALUES (1, 2);

--@test: insert values: a text is no number
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Expected type INTEGER for field `A` but got STRING(x)
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 'x');

--@test: insert values: a BIGINT is no INTEGER
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Expected type INTEGER for field `A` but got BIGINT(2147483648)
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 2147483648);

--@test: insert values: as many values as columns
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Expected a value for each column.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1);

--@test: insert values: a column that is not there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Column name `B` does not exist.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s (id, b) VALUES (1, 2);

--@test: insert values: columns cannot be used
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Failed to insert values into 'S'.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, a);

--@test: insert values: not into a read-only source
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot insert values into read-only stream: S
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 2);

--@test: insert values: a row for the table of a query is on its topic, but pull queries ask the query's store
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t AS SELECT k, SUM(v) AS n FROM s GROUP BY k;
CREATE TABLE big AS SELECT * FROM t WHERE n > 1;
INSERT INTO s VALUES ('a', 3);
INSERT INTO t VALUES ('a', 7);
INSERT INTO t VALUES ('b', 8);
SELECT * FROM t;
ASSERT ROWS VALUES ('a', 3);
SELECT * FROM t WHERE k = 'b';
ASSERT NO ROWS;
ASSERT ROWS t VALUES ('a', 7), ('b', 8);
SELECT * FROM big;
ASSERT ROWS VALUES ('a', 7), ('b', 8);
INSERT INTO s VALUES ('a', 1);
SELECT * FROM t;
ASSERT ROWS VALUES ('a', 4);
