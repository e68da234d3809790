-- SELECT: the names and the order of columns, keys and their copies.

--@test: projection: the star gives key, then value columns
CREATE STREAM s (a INT, id INT KEY, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s;
ASSERT STREAM r (id INT KEY, a INT, b STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s (id, a, b, rowtime) VALUES (1, 2, 'x', 1000);
ASSERT VALUES r (id, a, b, rowtime) VALUES (1, 2, 'x', 1000);

--@test: projection: expressions without an alias are counted
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + 1, a, a * 2, 'x' AS named FROM s;
ASSERT STREAM r (id INT KEY, ksql_col_0 INT, a INT, ksql_col_1 INT, named STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r (id, ksql_col_0, a, ksql_col_1, named) VALUES (1, 6, 5, 10, 'x');

--@test: projection: counting goes on behind the columns of the source
CREATE STREAM s (id INT KEY, ksql_col_0 INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ksql_col_0, ksql_col_0 + 1 FROM s;
ASSERT STREAM r (id INT KEY, ksql_col_0 INT, ksql_col_1 INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r (id, ksql_col_0, ksql_col_1) VALUES (1, 5, 6);

--@test: projection: names are upper case, unless they are quoted
CREATE STREAM s (`Id` INT KEY, a INT, `a` INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM `r` AS SELECT `Id` AS Key, A AS `x`, `a` AS X FROM s;
ASSERT STREAM `r` (key INT KEY, `x` INT, X INT) WITH (kafka_topic='r', format='JSON');
INSERT INTO s (`Id`, a, `a`) VALUES (1, 2, 3);
ASSERT VALUES `r` (key, `x`, x) VALUES (1, 2, 3);

--@test: projection: a copy of the key is made by AS_VALUE
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id AS k, AS_VALUE(id) AS copy, a FROM s;
ASSERT STREAM r (k INT KEY, copy INT, a INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r (k, copy, a) VALUES (1, 1, 5);

--@test: projection: the source's name and its alias qualify columns
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r1 AS SELECT s.id, s.a, s.a + 1 AS b FROM s;
CREATE STREAM r2 AS SELECT x.* FROM s AS x;
ASSERT STREAM r1 (id INT KEY, a INT, b INT) WITH (kafka_topic='R1', format='JSON');
ASSERT STREAM r2 (id INT KEY, a INT) WITH (kafka_topic='R2', format='JSON');
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r1 (id, a, b) VALUES (1, 5, 6);
ASSERT VALUES r2 (id, a) VALUES (1, 5);

--@test: projection: a stream without key columns
CREATE STREAM s (a INT, b STRING) WITH (kafka_topic='s', value_format='JSON', partitions=1);
CREATE STREAM r AS SELECT b, a FROM s;
ASSERT STREAM r (b STRING, a INT) WITH (kafka_topic='R', value_format='JSON');
INSERT INTO s VALUES (1, 'x');
ASSERT VALUES r (b, a) VALUES ('x', 1);

--@test: projection: several key columns keep the order of the source
CREATE STREAM s (k1 INT KEY, k2 STRING KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT a, k2 AS second, k1 FROM s;
ASSERT STREAM r (k1 INT KEY, second STRING KEY, a INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 'x', 2);
ASSERT VALUES r (k1, second, a) VALUES (1, 'x', 2);

--@test: projection: the key has to be there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Key missing from projection (ie, SELECT).
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT a FROM s;

--@test: projection: the key has to be there once
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The projection contains a key column (`ID`) more than once, aliased as: ID and K.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, id AS k, a FROM s;

--@test: projection: a value column has to be there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The projection contains no value columns.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id FROM s;

--@test: projection: a column that is not there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: SELECT column 'B' cannot be resolved.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, b FROM s;

--@test: projection: the same name twice
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Duplicate value columns found in schema: `A` INTEGER
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a, a + 1 AS a FROM s;

--@test: projection: a source that is not there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: NOWHERE does not exist.
CREATE STREAM r AS SELECT * FROM nowhere;

--@test: projection: an expression cannot have the name of the key column
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Logical and Physical schemas do not match!
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT id, v, v + 1 AS id FROM s;
