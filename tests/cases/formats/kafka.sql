-- KAFKA: the bytes of Kafka's own serializers; one column of a few types.

--@test: kafka: keys and values
CREATE STREAM i (k INT KEY, v BIGINT) WITH (kafka_topic='i', format='KAFKA', partitions=1);
CREATE STREAM d (k BIGINT KEY, v DOUBLE) WITH (kafka_topic='d', format='KAFKA', partitions=1);
CREATE STREAM t (k STRING KEY, v STRING) WITH (kafka_topic='t', format='KAFKA', partitions=1);
CREATE STREAM ri WITH (format='JSON') AS SELECT * FROM i;
CREATE STREAM rd WITH (format='JSON') AS SELECT * FROM d;
CREATE STREAM rt WITH (format='JSON') AS SELECT * FROM t;
INSERT INTO i VALUES (-1, 9223372036854775807);
INSERT INTO d VALUES (-9223372036854775807, -0.5);
INSERT INTO t VALUES ('ké', '');
INSERT INTO t VALUES (NULL, 'x');
ASSERT VALUES ri (k, v) VALUES (-1, 9223372036854775807);
ASSERT VALUES rd (k, v) VALUES (-9223372036854775807, -0.5);
ASSERT VALUES rt (k, v) VALUES ('ké', '');
ASSERT VALUES rt (k, v) VALUES (NULL, 'x');

--@test: kafka: one column
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The 'KAFKA' format only supports a single field. Got: [`V` INTEGER, `W` INTEGER]
CREATE STREAM s (k INT KEY, v INT, w INT) WITH (kafka_topic='s', format='KAFKA', partitions=1);

--@test: kafka: a type that it does not hold
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The 'KAFKA' format does not support type 'BOOLEAN'
CREATE STREAM s (k INT KEY, v BOOLEAN) WITH (kafka_topic='s', format='KAFKA', partitions=1);

--@test: kafka: values of this format cannot be grouped
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Source(s) S are using the 'KAFKA' value format. This format does not yet support GROUP BY.
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', format='KAFKA', partitions=1);
CREATE TABLE r AS SELECT v, COUNT(*) AS n FROM s GROUP BY v;

--@test: kafka: a query cannot read a table, whose store would hold ROWPARTITION and ROWOFFSET too
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Value format does not support schema.
CREATE TABLE t (id INT PRIMARY KEY, a STRING) WITH (kafka_topic='t', format='KAFKA', partitions=1);
CREATE TABLE c WITH (format='JSON') AS SELECT id, a, a AS b FROM t;

--@test: kafka: nor can a push query
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Value format does not support schema.
CREATE TABLE t (id INT PRIMARY KEY, a STRING) WITH (kafka_topic='t', format='KAFKA', partitions=1);
SELECT a FROM t EMIT CHANGES;

--@test: kafka: nor is there a source table
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Value format does not support schema.
CREATE TABLE t (id INT PRIMARY KEY, a STRING) WITH (kafka_topic='t', format='KAFKA', partitions=1);
CREATE SOURCE TABLE s (id INT PRIMARY KEY, a STRING) WITH (kafka_topic='t', format='KAFKA');
