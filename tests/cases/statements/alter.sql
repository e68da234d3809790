-- ALTER STREAM and ALTER TABLE.

--@test: alter: added columns are filled from then on
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 2);
ALTER STREAM s ADD COLUMN b STRING, ADD COLUMN c ARRAY<INT>;
INSERT INTO s VALUES (2, 3, 'x', ARRAY[1]);
ASSERT STREAM s (id INT KEY, a INT, b STRING, c ARRAY<INT>) WITH (kafka_topic='s', format='JSON');
ASSERT VALUES s (id, a, b, c) VALUES (1, 2, NULL, NULL);
ASSERT VALUES s (id, a, b, c) VALUES (2, 3, 'x', ARRAY[1]);

--@test: alter: a table
CREATE TABLE t (id INT PRIMARY KEY, a INT) WITH (kafka_topic='t', format='JSON', partitions=1);
ALTER TABLE t ADD COLUMN b STRING;
ASSERT TABLE t (id INT PRIMARY KEY, a INT, b STRING) WITH (kafka_topic='t', format='JSON');

--@test: alter: a column that is there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot add column `A` to schema. A column with the same name already exists.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
ALTER STREAM s ADD COLUMN a STRING;

--@test: alter: not what a query writes
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: ALTER command is not supported for CREATE ... AS statements.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s;
ALTER STREAM r ADD COLUMN b STRING;

--@test: alter: nothing to alter
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Source NOTHING does not exist.
ALTER STREAM nothing ADD COLUMN b STRING;
