-- SET and UNSET change what follows.

--@test: set: a default format
SET 'ksql.persistence.default.format.value' = 'JSON';
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', partitions=1);
ASSERT STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', value_format='JSON');

--@test: unset: it is gone again
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Statement is missing the 'VALUE_FORMAT' property from the WITH clause.
SET 'ksql.persistence.default.format.value' = 'JSON';
UNSET 'ksql.persistence.default.format.value';
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', partitions=1);
