-- What CREATE ... AS SELECT refuses, and in which order.

--@test: create as: an unknown format is told before all that is wrong with the query
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Unknown format: FOO
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q WITH (value_format='FOO') AS SELECT *, * FROM s EMIT FINAL;

--@test: create as: a property that the format does not have comes before the kind of the result
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: KAFKA does not support the following configs: [fullSchemaName]
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
CREATE STREAM q WITH (key_schema_full_name='n') AS SELECT id, COUNT(*) AS c FROM s GROUP BY id;

--@test: create as: properties that are none, in the order of Java's set
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid config variable(s) in the WITH clause: WINDOW_SIZE,WINDOW_TYPE
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
CREATE STREAM q WITH (window_type='TUMBLING', window_size='1 SECOND') AS SELECT * FROM s;

--@test: create as: a lambda where the function takes a value
--@expected.error: java.lang.RuntimeException
--@expected.message: Was expecting type as a function argument
CREATE STREAM s (id INT KEY, v ARRAY<INT>) WITH (kafka_topic='s', value_format='JSON', partitions=1);
CREATE STREAM q AS SELECT id, RPAD(v, x => x + 1) AS c FROM s;
