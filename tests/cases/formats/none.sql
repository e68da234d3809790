-- NONE: keys that are not there.

--@test: none: a stream without a key; grouping brings the default format back
CREATE STREAM s (g STRING, v INT) WITH (kafka_topic='s', key_format='NONE', value_format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, SUM(v) AS total FROM s GROUP BY g;
ASSERT TABLE r (g STRING PRIMARY KEY, total INT) WITH (kafka_topic='R', key_format='KAFKA', value_format='JSON');
INSERT INTO s VALUES ('x', 2);
ASSERT VALUES r (g, total) VALUES ('x', 2);

--@test: none: has no columns
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The 'NONE' format can only be used when no columns are defined. Got: [`K` INTEGER KEY]
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', key_format='NONE', value_format='JSON', partitions=1);

--@test: none: a query cannot read a table, whose store would hold ROWPARTITION and ROWOFFSET
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Value format does not support schema.
CREATE TABLE t (id INT PRIMARY KEY) WITH (kafka_topic='t', key_format='KAFKA', value_format='NONE', partitions=1);
SELECT * FROM t EMIT CHANGES;
