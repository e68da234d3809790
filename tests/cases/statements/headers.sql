-- HEADERS and HEADER('name') columns.

--@test: headers: a record without headers
CREATE STREAM s (id INT KEY, a INT, h ARRAY<STRUCT<key STRING, value BYTES>> HEADERS) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a, ARRAY_LENGTH(h) AS n FROM s;
INSERT INTO s (id, a) VALUES (1, 2);
ASSERT VALUES r (id, a, n) VALUES (1, 2, 0);

--@test: headers: a header that is not there is NULL
CREATE STREAM s (id INT KEY, a INT, h BYTES HEADER('trace')) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a, h IS NULL AS missing, h FROM s;
ASSERT STREAM r (id INT KEY, a INT, missing BOOLEAN, h BYTES) WITH (kafka_topic='R', format='JSON');
INSERT INTO s (id, a) VALUES (1, 2);
ASSERT VALUES r (id, a, missing) VALUES (1, 2, true);

--@test: headers: nothing can be inserted
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot insert into HEADER columns: H
CREATE STREAM s (id INT KEY, a INT, h BYTES HEADER('trace')) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s (id, a, h) VALUES (1, 2, TO_BYTES('x', 'utf8'));

--@test: headers: their type is fixed
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid type for HEADERS column: expected ARRAY<STRUCT<`KEY` STRING, `VALUE` BYTES>>, got STRING
CREATE STREAM s (id INT KEY, h STRING HEADERS) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: headers: one header's type too
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid type for HEADER('x') column: expected BYTES, got STRING
CREATE STREAM s (id INT KEY, h STRING HEADER('x')) WITH (kafka_topic='s', format='JSON', partitions=1);
