-- CREATE STREAM and CREATE TABLE.

--@test: create: every type
CREATE STREAM s (id INT KEY, b BOOLEAN, i INTEGER, l BIGINT, f DOUBLE, d DECIMAL(6,2), t VARCHAR, y BYTES, dt DATE, tm TIME, ts TIMESTAMP,
  a ARRAY<MAP<STRING, INT>>, u STRUCT<v ARRAY<STRING>>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT * FROM s;
ASSERT STREAM r (id INT KEY, b BOOLEAN, i INT, l BIGINT, f DOUBLE, d DECIMAL(6,2), t STRING, y BYTES, dt DATE, tm TIME, ts TIMESTAMP,
  a ARRAY<MAP<STRING, INT>>, u STRUCT<v ARRAY<STRING>>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, true, 2, 3, 4.5, 6.75, 'x', TO_BYTES('01ff', 'hex'), '2024-02-29', '10:20:30', '2024-02-29T10:20:30.004', ARRAY[MAP('k':=1)], STRUCT(v:=ARRAY['w']));
INSERT INTO s (id) VALUES (2);
ASSERT VALUES r (id, b, i, l, f, d, t, y, dt, tm, ts, a, u) VALUES (1, true, 2, 3, 4.5, 6.75, 'x', TO_BYTES('01ff', 'hex'), '2024-02-29', '10:20:30', '2024-02-29T10:20:30.004',
  ARRAY[MAP('k':=1)], STRUCT(v:=ARRAY['w']));
ASSERT VALUES r (id, b, i, l, f, d, t, y, dt, tm, ts, a, u) VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: create: formats of key and value
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', key_format='KAFKA', value_format='DELIMITED', value_delimiter='|', partitions=1);
CREATE STREAM j WITH (format='JSON') AS SELECT * FROM s;
CREATE STREAM k WITH (key_format='DELIMITED', value_format='KAFKA') AS SELECT id, b FROM s;
ASSERT STREAM j (id INT KEY, a INT, b STRING) WITH (kafka_topic='J', format='JSON');
ASSERT STREAM k (id INT KEY, b STRING) WITH (kafka_topic='K', key_format='DELIMITED', value_format='KAFKA');
INSERT INTO s VALUES (1, 2, 'x|"y"');
ASSERT VALUES j (id, a, b) VALUES (1, 2, 'x|"y"');
ASSERT VALUES k (id, b) VALUES (1, 'x|"y"');

--@test: create: a topic of another name
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='some.topic', format='JSON', partitions=1);
CREATE STREAM r WITH (kafka_topic='other-topic') AS SELECT * FROM s;
ASSERT STREAM r (id INT KEY, a INT) WITH (kafka_topic='other-topic', format='JSON');
INSERT INTO s VALUES (1, 2);
ASSERT VALUES r (id, a) VALUES (1, 2);

--@test: create: IF NOT EXISTS leaves what is there
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM IF NOT EXISTS s (id STRING KEY, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
ASSERT STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON');

--@test: create: twice
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot add stream 'S': A stream with the same name already exists
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: create: a table needs a primary key
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Tables require a PRIMARY KEY. Please define the PRIMARY KEY.
CREATE TABLE t (a INT) WITH (kafka_topic='t', format='JSON', partitions=1);

--@test: create: a stream has a KEY
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Column `ID` is a 'PRIMARY KEY' column: please use 'KEY' for streams.
CREATE STREAM s (id INT PRIMARY KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: create: a column twice
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Duplicate
CREATE STREAM s (id INT KEY, a INT, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: create: the topic has to be named
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Missing required property "KAFKA_TOPIC" which has no default value.
CREATE STREAM s (id INT KEY, a INT) WITH (format='JSON', partitions=1);

--@test: create: a property that there is not
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid config variable(s) in the WITH clause: COLOUR
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1, colour='red');

--@test: create: a format that there is not
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Unknown format: XML
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='XML', partitions=1);

--@test: create: a type that DELIMITED cannot hold
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The 'DELIMITED' format does not support type 'ARRAY'
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', key_format='KAFKA', value_format='DELIMITED', partitions=1);
