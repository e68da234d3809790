-- DROP STREAM and DROP TABLE.

--@test: drop: a source that nobody reads
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
DROP STREAM s;
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
ASSERT STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON');

--@test: drop: with its query
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s;
DROP STREAM r;
CREATE STREAM r (id INT KEY, a INT) WITH (kafka_topic='again', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 1);
INSERT INTO r VALUES (2, 2);
ASSERT VALUES r (id, a) VALUES (2, 2);

--@test: drop: IF EXISTS
DROP STREAM IF EXISTS nothing;
DROP TABLE IF EXISTS nothing;

--@test: drop: nothing to drop
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Stream NOTHING does not exist.
DROP STREAM nothing;

--@test: drop: a stream is no table
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Incompatible data source type is stream, but statement was DROP table
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
DROP TABLE s;

--@test: drop: not while something is made of it
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot drop S.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s;
DROP STREAM s;
