-- Sources with windowed keys, and what may not be done with them.

--@test: windowed sources: bounds can be selected
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE counts AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY k;
CREATE STREAM again (k STRING KEY, n BIGINT) WITH (kafka_topic='COUNTS', format='JSON', window_type='TUMBLING', window_size='10 MILLISECONDS');
CREATE STREAM r AS SELECT k, n, WINDOWSTART AS ws, WINDOWEND AS we FROM again WHERE WINDOWSTART > 0;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 5);
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 15);
ASSERT VALUES r (k, n, ws, we) VALUES ('a', 1, 10, 20);

--@test: windowed sources: PARTITION BY takes the window away
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Implicit repartitioning of windowed sources is not supported.
CREATE STREAM w (k STRING KEY, n BIGINT) WITH (kafka_topic='w', format='JSON', partitions=1, window_type='SESSION');
CREATE STREAM r AS SELECT * FROM w PARTITION BY n;

--@test: windowed sources: no persistent query on a windowed table
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: KSQL does not support persistent queries on windowed tables.
CREATE TABLE w (k STRING PRIMARY KEY, n BIGINT) WITH (kafka_topic='w', format='JSON', partitions=1, window_type='SESSION');
CREATE TABLE r AS SELECT * FROM w;

--@test: windowed sources: a tumbling window needs its size
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: TUMBLING windows require 'WINDOW_SIZE' to be provided in the WITH clause.
CREATE STREAM w (k STRING KEY, n BIGINT) WITH (kafka_topic='w', format='JSON', partitions=1, window_type='TUMBLING');

--@test: windowed sources: a session has none
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: 'WINDOW_SIZE' should not be set for SESSION windows.
CREATE STREAM w (k STRING KEY, n BIGINT) WITH (kafka_topic='w', format='JSON', partitions=1, window_type='SESSION', window_size='1 SECOND');

--@test: windowed sources: nothing can be inserted
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot insert values into windowed stream
CREATE STREAM w (k STRING KEY, n BIGINT) WITH (kafka_topic='w', format='JSON', partitions=1, window_type='SESSION');
INSERT INTO w VALUES ('a', 1);
