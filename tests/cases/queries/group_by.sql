-- GROUP BY.

--@test: group by: a key column keeps its name
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY g;
ASSERT TABLE r (g STRING PRIMARY KEY, n BIGINT, total INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s (id, g, v, rowtime) VALUES (1, 'x', 10, 5);
INSERT INTO s (id, g, v, rowtime) VALUES (2, 'y', 20, 4);
INSERT INTO s (id, g, v, rowtime) VALUES (3, 'x', 30, 3);
INSERT INTO s (id, g, v, rowtime) VALUES (4, 'x', NULL, 6);
ASSERT VALUES r (g, n, total, rowtime) VALUES ('x', 1, 10, 5);
ASSERT VALUES r (g, n, total, rowtime) VALUES ('y', 1, 20, 4);
ASSERT VALUES r (g, n, total, rowtime) VALUES ('x', 2, 40, 5);
ASSERT VALUES r (g, n, total, rowtime) VALUES ('x', 3, 40, 6);

--@test: group by: a NULL group drops the row
CREATE STREAM s (id INT KEY, g STRING, h INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, h, COUNT(*) AS n FROM s GROUP BY g, h;
INSERT INTO s VALUES (1, 'x', NULL);
INSERT INTO s VALUES (2, NULL, 1);
INSERT INTO s VALUES (3, 'x', 1);
ASSERT VALUES r (g, h, n) VALUES ('x', 1, 1);

--@test: group by: several columns are several key columns, in the key format of the source
CREATE STREAM s (id INT KEY, g STRING, h INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, h, COUNT(*) AS n FROM s GROUP BY g, h;
ASSERT TABLE r (g STRING PRIMARY KEY, h INT PRIMARY KEY, n BIGINT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x', 1);
INSERT INTO s VALUES (2, 'x', 2);
INSERT INTO s VALUES (3, 'x', 1);
ASSERT VALUES r (g, h, n) VALUES ('x', 1, 1);
ASSERT VALUES r (g, h, n) VALUES ('x', 2, 1);
ASSERT VALUES r (g, h, n) VALUES ('x', 1, 2);

--@test: group by: an expression takes the alias that the projection gives it
CREATE STREAM s (id INT KEY, g STRING, t STRUCT<f INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r1 AS SELECT UCASE(g) AS up, COUNT(*) AS n FROM s GROUP BY UCASE(g);
CREATE TABLE r2 AS SELECT t->f, COUNT(*) AS n FROM s GROUP BY t->f;
CREATE TABLE r3 AS SELECT LEN(g), COUNT(*) AS n FROM s GROUP BY LEN(g);
ASSERT TABLE r1 (up STRING PRIMARY KEY, n BIGINT) WITH (kafka_topic='R1', format='JSON');
ASSERT TABLE r2 (f INT PRIMARY KEY, n BIGINT) WITH (kafka_topic='R2', format='JSON');
ASSERT TABLE r3 (ksql_col_0 INT PRIMARY KEY, n BIGINT) WITH (kafka_topic='R3', format='JSON');
INSERT INTO s VALUES (1, 'x', STRUCT(f:=7));
INSERT INTO s VALUES (2, 'X', STRUCT(f:=7));
ASSERT VALUES r1 (up, n) VALUES ('X', 1);
ASSERT VALUES r1 (up, n) VALUES ('X', 2);
ASSERT VALUES r2 (f, n) VALUES (7, 1);
ASSERT VALUES r2 (f, n) VALUES (7, 2);
ASSERT VALUES r3 (ksql_col_0, n) VALUES (1, 1);
ASSERT VALUES r3 (ksql_col_0, n) VALUES (1, 2);

--@test: group by: expressions of grouped columns and of aggregates
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, LCASE(AS_VALUE(g)) AS low, SUM(v + 1) * 2 AS twice, MAX(v) - MIN(v) AS span FROM s GROUP BY g;
INSERT INTO s VALUES (1, 'X', 3);
INSERT INTO s VALUES (2, 'X', 9);
ASSERT VALUES r (g, low, twice, span) VALUES ('X', 'x', 8, 0);
ASSERT VALUES r (g, low, twice, span) VALUES ('X', 'x', 28, 6);

--@test: group by: behind WHERE
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT(*) AS n FROM s WHERE v > 1 GROUP BY id;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (1, 2);
INSERT INTO s VALUES (1, 3);
ASSERT VALUES r (id, n) VALUES (1, 1);
ASSERT VALUES r (id, n) VALUES (1, 2);

--@test: group by: of a table, a row moves from group to group
CREATE TABLE t (id INT PRIMARY KEY, g STRING, v INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE kept AS SELECT id, g, v FROM t WHERE v >= 0;
CREATE TABLE r AS SELECT g, COUNT(*) AS n, SUM(v) AS total FROM kept GROUP BY g;
INSERT INTO t VALUES (1, 'x', 1);
INSERT INTO t VALUES (2, 'x', 2);
INSERT INTO t VALUES (1, 'y', 4);
INSERT INTO t VALUES (2, 'x', 3);
INSERT INTO t VALUES (2, 'x', -1);
ASSERT VALUES r (g, n, total) VALUES ('x', 1, 1);
ASSERT VALUES r (g, n, total) VALUES ('x', 2, 3);
ASSERT VALUES r (g, n, total) VALUES ('x', 1, 2);
ASSERT VALUES r (g, n, total) VALUES ('y', 1, 4);
ASSERT VALUES r (g, n, total) VALUES ('x', 1, 3);
ASSERT VALUES r (g, n, total) VALUES ('x', 0, 0);

--@test: group by: selected columns have to be grouped
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Non-aggregate SELECT expression(s) not part of GROUP BY: V
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, v, COUNT(*) FROM s GROUP BY g;

--@test: group by: needs an aggregate
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: GROUP BY requires aggregate functions in either the SELECT or HAVING clause.
CREATE STREAM s (id INT KEY, g STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, AS_VALUE(g) AS h FROM s GROUP BY g;

--@test: group by: an aggregate of an aggregate
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Aggregate functions can not be nested: SUM(COUNT())
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, SUM(COUNT(v)) FROM s GROUP BY id;

--@test: group by: gives a table
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Your SELECT query produces a TABLE. Please use CREATE TABLE AS SELECT statement instead.
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;

--@test: group by: the groups belong into the projection
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Key missing from projection (ie, SELECT).
CREATE STREAM s (id INT KEY, g STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT COUNT(*) AS n FROM s GROUP BY g;

--@test: group by: KAFKA keys hold one column
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The 'KAFKA' format only supports a single field.
CREATE STREAM s (id INT KEY, g STRING, h INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, h, COUNT(*) AS n FROM s GROUP BY g, h;

--@test: group by: DELIMITED keys hold several
CREATE STREAM s (id INT KEY, g STRING, h INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
CREATE TABLE r WITH (key_format='DELIMITED') AS SELECT g, h, COUNT(*) AS n FROM s GROUP BY g, h;
INSERT INTO s VALUES (1, 'x', 2);
ASSERT VALUES r (g, h, n) VALUES ('x', 2, 1);
