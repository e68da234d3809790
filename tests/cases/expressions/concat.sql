-- || is CONCAT in ksqlDB's grammar, but what it compiles looks for the function by another name: only pull queries have it.

--@test: concat: not in queries that run
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid Select: Cannot get name for `concat` 0 times.
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a || b AS c FROM s;

--@test: concat: not in conditions
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid Predicate: Cannot get name for `concat` 0 times.
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a FROM s WHERE a || b = 'ab';

--@test: concat: not in values
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Failed to insert values into 'S'. Invalid insert value: Cannot get name for `concat` 0 times.
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 'a' || 'b');

--@test: concat: numbers are not texts
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Function 'concat' does not accept parameters (STRING, INTEGER).
CREATE STREAM s (id INT KEY, a STRING, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a || b AS c FROM s;
