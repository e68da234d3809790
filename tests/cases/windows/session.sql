-- WINDOW SESSION: windows that grow while records keep coming.

--@test: session: a record within the gap extends the session, whose old row is deleted
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 10);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 21);
INSERT INTO s (k, v, rowtime) VALUES ('b', 8, 5);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 1, 0, 0, 0);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 3, 0, 10, 10);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 4, 21, 21, 21);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('b', 8, 5, 5, 5);

--@test: session: a record between two sessions joins them
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, COUNT(*) AS n, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 15);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 8);
ASSERT VALUES r (k, total, n, ws, we) VALUES ('a', 1, 1, 0, 0);
ASSERT VALUES r (k, total, n, ws, we) VALUES ('a', 2, 1, 15, 15);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, total, n, ws, we, rowtime) VALUES ('a', 7, 3, 0, 15, 15);

--@test: session: a record at the very time of a session of one record updates it
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 7);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 7);
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 1, 7, 7);
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 3, 7, 7);

--@test: session: a record inside a session deletes its row and writes it again
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 10);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 5);
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 1, 0, 0);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 3, 0, 10);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 7, 0, 10);

--@test: session: a late record counts until gap and grace are over
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW SESSION (10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('b', 1, 100);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 86);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 80);
INSERT INTO s (k, v, rowtime) VALUES ('a', 8, 60);
INSERT INTO s (k, v, rowtime) VALUES ('b', 16, 90);
ASSERT VALUES r (k, total, ws, we) VALUES ('b', 1, 100, 100);
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 2, 86, 86);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, total, ws, we) VALUES ('a', 6, 80, 86);
ASSERT NULL VALUES r (k) KEY ('b');
ASSERT VALUES r (k, total, ws, we) VALUES ('b', 17, 90, 100);

--@test: session: the key of the result knows no size
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW SESSION (10 SECONDS) GROUP BY k;
CREATE STREAM again (k STRING KEY, n BIGINT) WITH (kafka_topic='R', format='JSON', window_type='SESSION');
CREATE STREAM bounds AS SELECT k, n, WINDOWSTART AS ws, WINDOWEND AS we FROM again;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 1000);
ASSERT VALUES bounds (k, n, ws, we) VALUES ('a', 1, 1000, 1000);

--@test: session: a null row ends the query
--@expected.error: org.apache.kafka.streams.errors.StreamsException
--@expected.message: Exception caught in process.
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1, wrap_single_value=false);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW SESSION (10 SECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES (1, 5, 60000);
ASSERT VALUES r (k, n) VALUES (1, 1);
INSERT INTO s (k, v, rowtime) VALUES (1, NULL, 62000);

--@test: session: HAVING does not know of the row that it had let through before at the same time
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k HAVING COUNT(*) <> 2;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 7);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 7);
INSERT INTO s (k, v, rowtime) VALUES ('a', 3, 7);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 8);
INSERT INTO s (k, v, rowtime) VALUES ('b', 1, 7);
INSERT INTO s (k, v, rowtime) VALUES ('b', 2, 8);
INSERT INTO s (k, v, rowtime) VALUES ('b', 3, 8);
INSERT INTO s (k, v, rowtime) VALUES ('c', 1, 30);
INSERT INTO s (k, v, rowtime) VALUES ('c', 2, 50);
INSERT INTO s (k, v, rowtime) VALUES ('c', 2, 50);
INSERT INTO s (k, v, rowtime) VALUES ('c', 3, 40);
ASSERT VALUES r (k, n, rowtime) VALUES ('a', 1, 7);
ASSERT VALUES r (k, n, rowtime) VALUES ('a', 3, 7);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, n, rowtime) VALUES ('a', 4, 8);
ASSERT VALUES r (k, n, rowtime) VALUES ('b', 1, 7);
ASSERT NULL VALUES r (k) KEY ('b');
ASSERT VALUES r (k, n, rowtime) VALUES ('b', 3, 8);
ASSERT VALUES r (k, n, rowtime) VALUES ('c', 1, 30);
ASSERT VALUES r (k, n, rowtime) VALUES ('c', 1, 50);
ASSERT NULL VALUES r (k) KEY ('c');
ASSERT VALUES r (k, n, rowtime) VALUES ('c', 4, 50);
