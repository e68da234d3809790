-- EMIT and LIMIT of persistent queries.

--@test: emit: CHANGES is what persistent queries do in any case
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r1 AS SELECT * FROM s EMIT CHANGES;
CREATE STREAM r2 AS SELECT * FROM s;
INSERT INTO s VALUES (1, 2);
ASSERT VALUES r1 (id, v) VALUES (1, 2);
ASSERT VALUES r2 (id, v) VALUES (1, 2);

--@test: emit: FINAL needs a window
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: EMIT FINAL is only supported for windowed aggregations.
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT(*) AS n FROM s GROUP BY id EMIT FINAL;

--@test: emit: no LIMIT for streams
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: CREATE STREAM AS SELECT statements don't support LIMIT clause.
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s EMIT CHANGES LIMIT 3;

--@test: emit: no LIMIT for tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: CREATE TABLE AS SELECT statements don't support LIMIT clause.
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT(*) AS n FROM s GROUP BY id EMIT CHANGES LIMIT 3;
