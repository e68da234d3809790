-- WINDOW TUMBLING: windows side by side, aligned to the epoch.

--@test: tumbling: a record belongs to one window, whose start belongs to it and whose end does not
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 9);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 10);
INSERT INTO s (k, v, rowtime) VALUES ('b', 8, 10);
INSERT INTO s (k, v, rowtime) VALUES ('a', 16, 5);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 1, 0, 10, 0);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 3, 0, 10, 9);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 4, 10, 20, 10);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('b', 8, 10, 20, 10);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 19, 0, 10, 9);

--@test: tumbling: a record behind the grace period is dropped
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 5);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 14);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 9);
INSERT INTO s (k, v, rowtime) VALUES ('b', 8, 15);
INSERT INTO s (k, v, rowtime) VALUES ('a', 16, 9);
INSERT INTO s (k, v, rowtime) VALUES ('a', 32, 10);
ASSERT VALUES r (k, total, ws) VALUES ('a', 1, 0);
ASSERT VALUES r (k, total, ws) VALUES ('a', 2, 10);
ASSERT VALUES r (k, total, ws) VALUES ('a', 5, 0);
ASSERT VALUES r (k, total, ws) VALUES ('b', 8, 10);
ASSERT VALUES r (k, total, ws) VALUES ('a', 34, 10);

--@test: tumbling: without a grace period windows stay open for a day
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws FROM s WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 86399999);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 1);
INSERT INTO s (k, v, rowtime) VALUES ('a', 8, 86400000);
INSERT INTO s (k, v, rowtime) VALUES ('a', 16, 2);
INSERT INTO s (k, v, rowtime) VALUES ('a', 32, 86400001);
ASSERT VALUES r (k, total, ws) VALUES ('a', 1, 0);
ASSERT VALUES r (k, total, ws) VALUES ('a', 2, 82800000);
ASSERT VALUES r (k, total, ws) VALUES ('a', 5, 0);
ASSERT VALUES r (k, total, ws) VALUES ('a', 8, 86400000);
ASSERT VALUES r (k, total, ws) VALUES ('a', 40, 86400000);

--@test: tumbling: HAVING and WHERE, and the bounds in expressions
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n, WINDOWEND - WINDOWSTART AS span FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS) WHERE v > 0 GROUP BY k HAVING COUNT(*) > 1;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', -1, 1);
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 10);
INSERT INTO s (k, v, rowtime) VALUES ('a', 0, 11);
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 12);
ASSERT VALUES r (k, n, span) VALUES ('a', 2, 10);

--@test: tumbling: the time of a declared column counts
CREATE STREAM s (k STRING KEY, t BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1, timestamp='t');
CREATE TABLE r AS SELECT k, COUNT(*) AS n, WINDOWSTART AS ws FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY k;
INSERT INTO s VALUES ('a', 25);
INSERT INTO s VALUES ('a', 5);
ASSERT VALUES r (k, n, ws, rowtime) VALUES ('a', 1, 20, 25);
ASSERT VALUES r (k, n, ws, rowtime) VALUES ('a', 1, 0, 5);

--@test: tumbling: needs GROUP BY
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: WINDOW clause requires a GROUP BY clause.
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT k, v FROM s WINDOW TUMBLING (SIZE 10 SECONDS);

--@test: tumbling: not over tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Windowing not supported for table aggregations.
CREATE TABLE t (k STRING PRIMARY KEY, v INT) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT v, COUNT(*) AS n FROM t WINDOW TUMBLING (SIZE 10 SECONDS) GROUP BY v;

--@test: tumbling: retention has to hold window and grace
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: The retention period of the window store
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 SECONDS, RETENTION 11 SECONDS, GRACE PERIOD 2 SECONDS) GROUP BY k;

--@test: tumbling: the bounds belong into SELECT alone
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Window bounds column WINDOWSTART can only be used in the SELECT clause of windowed aggregations
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 SECONDS) GROUP BY k HAVING WINDOWSTART > 0;

--@test: tumbling: a null row ends the query, unless it is too late
--@expected.error: org.apache.kafka.streams.errors.StreamsException
--@expected.message: Exception caught in process.
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1, wrap_single_value=false);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 SECONDS, GRACE PERIOD 0 SECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES (1, 5, 60000);
INSERT INTO s (k, v, rowtime) VALUES (1, NULL, 1000);
INSERT INTO s (k, v, rowtime) VALUES (1, 6, 61000);
ASSERT VALUES r (k, n) VALUES (1, 1);
ASSERT VALUES r (k, n) VALUES (1, 2);
INSERT INTO s (k, v, rowtime) VALUES (1, NULL, 62000);
