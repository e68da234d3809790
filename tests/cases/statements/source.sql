-- CREATE SOURCE STREAM and CREATE SOURCE TABLE: they are read, and nothing else is done to them.

--@test: source: a stream on the topic of another
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON');
CREATE STREAM r AS SELECT id, a + 1 AS b FROM s;
INSERT INTO base VALUES (1, 1);
ASSERT VALUES r (id, b) VALUES (1, 2);

--@test: source: a table on the topic of a stream
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE TABLE t (id INT PRIMARY KEY, a INT) WITH (kafka_topic='base', format='JSON');
CREATE TABLE r AS SELECT id, a + 1 AS b FROM t;
INSERT INTO base VALUES (1, 1);
INSERT INTO base VALUES (1, 2);
ASSERT VALUES r (id, b) VALUES (1, 2);
ASSERT VALUES r (id, b) VALUES (1, 3);

--@test: source: no values
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot insert values into read-only stream: S
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON');
INSERT INTO s VALUES (1, 1);

--@test: source: no query writes it
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot insert into read-only stream: S
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON');
INSERT INTO s SELECT * FROM base;

--@test: source: no more columns
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot alter stream 'S': ALTER operations are not supported on source streams.
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON');
ALTER STREAM s ADD COLUMN b INT;

--@test: source: nothing takes its place
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot add stream 'S': CREATE OR REPLACE is not supported on source streams.
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON');
CREATE OR REPLACE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='base', format='JSON');

--@test: source: its topic stays
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot delete topic for read-only source: S
CREATE STREAM base (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON', partitions=1);
CREATE SOURCE STREAM s (id INT KEY, a INT) WITH (kafka_topic='base', format='JSON');
DROP STREAM s DELETE TOPIC;
