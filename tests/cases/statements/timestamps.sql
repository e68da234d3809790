-- TIMESTAMP in WITH: a column gives the time of a record.

--@test: timestamps: BIGINT, TIMESTAMP and text columns
CREATE STREAM a (id INT KEY, t BIGINT) WITH (kafka_topic='a', format='JSON', partitions=1, timestamp='t');
CREATE STREAM b (id INT KEY, t TIMESTAMP) WITH (kafka_topic='b', format='JSON', partitions=1, timestamp='t');
CREATE STREAM c (id INT KEY, t STRING) WITH (kafka_topic='c', format='JSON', partitions=1, timestamp='t', timestamp_format='yyyy-MM-dd HH:mm:ss');
CREATE STREAM ra AS SELECT id, t FROM a;
CREATE STREAM rb AS SELECT id, t FROM b;
CREATE STREAM rc AS SELECT id, t, ROWTIME AS rt FROM c;
INSERT INTO a (id, t, rowtime) VALUES (1, 1234, 5);
INSERT INTO b (id, t, rowtime) VALUES (1, '1970-01-01T00:00:02.345', 5);
INSERT INTO c (id, t, rowtime) VALUES (1, '1970-01-01 00:01:00', 5);
ASSERT VALUES ra (id, t, rowtime) VALUES (1, 1234, 1234);
ASSERT VALUES rb (id, t, rowtime) VALUES (1, '1970-01-01T00:00:02.345', 2345);
ASSERT VALUES rc (id, t, rt, rowtime) VALUES (1, '1970-01-01 00:01:00', 60000, 60000);

--@test: timestamps: a record without a time is left out
CREATE STREAM s (id INT KEY, t BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1, timestamp='t');
CREATE STREAM r AS SELECT id, t FROM s;
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (2, -5);
INSERT INTO s VALUES (3, 7);
ASSERT VALUES r (id, t, rowtime) VALUES (3, 7, 7);

--@test: timestamps: of what is written
CREATE STREAM s (id INT KEY, t BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r WITH (timestamp='later') AS SELECT id, t + 10 AS later FROM s;
INSERT INTO s (id, t, rowtime) VALUES (1, 100, 5);
ASSERT VALUES r (id, later, rowtime) VALUES (1, 110, 110);

--@test: timestamps: a column that is not there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The TIMESTAMP column set in the WITH clause does not exist in the schema: 'NOTHING'
CREATE STREAM s (id INT KEY, t BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1, timestamp='nothing');

--@test: timestamps: a text needs its format
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: A String timestamp field has been specified without also specifying the timestamp_format
CREATE STREAM s (id INT KEY, t STRING) WITH (kafka_topic='s', format='JSON', partitions=1, timestamp='t');

--@test: timestamps: a table with a column for the time sees no deletions
CREATE TABLE src (id INT PRIMARY KEY, t BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE some AS SELECT * FROM src WHERE t > 0;
CREATE TABLE again (id INT PRIMARY KEY, t BIGINT) WITH (kafka_topic='SOME', format='JSON', timestamp='t');
CREATE TABLE r AS SELECT id, t FROM again;
INSERT INTO src (id, t, rowtime) VALUES (1, 10, 0);
INSERT INTO src (id, t, rowtime) VALUES (1, 0, 1);
INSERT INTO src (id, t, rowtime) VALUES (2, 20, 2);
ASSERT VALUES some (id, t, rowtime) VALUES (1, 10, 0);
ASSERT NULL VALUES some (id) KEY (1);
ASSERT VALUES some (id, t, rowtime) VALUES (2, 20, 2);
ASSERT VALUES r (id, t, rowtime) VALUES (1, 10, 10);
ASSERT VALUES r (id, t, rowtime) VALUES (2, 20, 20);
