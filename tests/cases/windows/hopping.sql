-- WINDOW HOPPING: windows that overlap.

--@test: hopping: a record belongs to every window around it, the earliest first
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s WINDOW HOPPING (SIZE 10 MILLISECONDS, ADVANCE BY 4 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 9);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 12);
INSERT INTO s (k, v, rowtime) VALUES ('b', 4, 2);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 1, 0, 10, 9);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 1, 4, 14, 9);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 1, 8, 18, 9);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 3, 4, 14, 12);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 3, 8, 18, 12);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('a', 2, 12, 22, 12);
ASSERT VALUES r (k, total, ws, we, rowtime) VALUES ('b', 4, 0, 10, 2);

--@test: hopping: of a late record's windows only the open ones count
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total, WINDOWSTART AS ws FROM s WINDOW HOPPING (SIZE 10 MILLISECONDS, ADVANCE BY 5 MILLISECONDS, GRACE PERIOD 0 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 12);
INSERT INTO s (k, v, rowtime) VALUES ('a', 2, 9);
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 4);
INSERT INTO s (k, v, rowtime) VALUES ('a', 8, 15);
INSERT INTO s (k, v, rowtime) VALUES ('a', 16, 14);
ASSERT VALUES r (k, total, ws) VALUES ('a', 1, 5);
ASSERT VALUES r (k, total, ws) VALUES ('a', 1, 10);
ASSERT VALUES r (k, total, ws) VALUES ('a', 3, 5);
ASSERT VALUES r (k, total, ws) VALUES ('a', 9, 10);
ASSERT VALUES r (k, total, ws) VALUES ('a', 8, 15);
ASSERT VALUES r (k, total, ws) VALUES ('a', 25, 10);

--@test: hopping: an advance longer than the window is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: dvance
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n FROM s WINDOW HOPPING (SIZE 10 MILLISECONDS, ADVANCE BY 20 MILLISECONDS) GROUP BY k;
