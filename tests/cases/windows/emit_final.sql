-- EMIT FINAL: a window's result comes once, when stream time has passed its end and its grace.

----------------------------------------------------------------------------------------------------
--@test: emit final: windows that close together come by start, then by key
----------------------------------------------------------------------------------------------------
SET 'ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__' = '0';
CREATE STREAM readings (sensor STRING KEY, heat INT) WITH (kafka_topic='readings', format='JSON');
CREATE TABLE hottest AS SELECT sensor, MAX(heat) AS heat, WINDOWSTART AS ws, WINDOWEND AS we FROM readings
  WINDOW TUMBLING (SIZE 10 MILLISECONDS, GRACE PERIOD 10 MILLISECONDS) GROUP BY sensor EMIT FINAL;

INSERT INTO readings (sensor, heat, rowtime) VALUES ('b', 1, 12);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('b', 2, 3);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 3, 14);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 5, 22);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('c', 4, 31);

ASSERT VALUES hottest (sensor, heat, rowtime, ws, we) VALUES ('b', 2, 3, 0, 10);
ASSERT VALUES hottest (sensor, heat, rowtime, ws, we) VALUES ('a', 3, 14, 10, 20);
ASSERT VALUES hottest (sensor, heat, rowtime, ws, we) VALUES ('b', 1, 12, 10, 20);

----------------------------------------------------------------------------------------------------
--@test: emit final: a window that is too old for the store when stream time jumps is lost
----------------------------------------------------------------------------------------------------
SET 'ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__' = '0';
CREATE STREAM readings (sensor STRING KEY, heat INT) WITH (kafka_topic='readings', format='JSON');
CREATE TABLE hottest AS SELECT sensor, MAX(heat) AS heat, WINDOWSTART AS ws, WINDOWEND AS we FROM readings
  WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY sensor EMIT FINAL;

INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 1, 5);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 2, 25);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 3, 30);

ASSERT VALUES hottest (sensor, heat, ws, we) VALUES ('a', 2, 20, 30);

----------------------------------------------------------------------------------------------------
--@test: emit final: RETENTION keeps windows for longer
----------------------------------------------------------------------------------------------------
SET 'ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__' = '0';
CREATE STREAM readings (sensor STRING KEY, heat INT) WITH (kafka_topic='readings', format='JSON');
CREATE TABLE hottest AS SELECT sensor, MAX(heat) AS heat, WINDOWSTART AS ws, WINDOWEND AS we FROM readings
  WINDOW TUMBLING (SIZE 10 MILLISECONDS, RETENTION 20 MILLISECONDS) GROUP BY sensor EMIT FINAL;

INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 1, 5);
INSERT INTO readings (sensor, heat, rowtime) VALUES ('a', 2, 25);

ASSERT VALUES hottest (sensor, heat, ws, we) VALUES ('a', 1, 0, 10);

----------------------------------------------------------------------------------------------------
--@test: emit final: sessions that are over come by end, then by start, then by key
----------------------------------------------------------------------------------------------------
SET 'ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__' = '0';
CREATE STREAM clicks (who STRING KEY, page STRING) WITH (kafka_topic='clicks', format='JSON');
CREATE TABLE visits AS SELECT who, COUNT(*) AS pages, WINDOWSTART AS ws, WINDOWEND AS we FROM clicks
  WINDOW SESSION (10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY who EMIT FINAL;

INSERT INTO clicks (who, page, rowtime) VALUES ('z', 'home', 0);
INSERT INTO clicks (who, page, rowtime) VALUES ('y', 'home', 4);
INSERT INTO clicks (who, page, rowtime) VALUES ('y', 'list', 8);
INSERT INTO clicks (who, page, rowtime) VALUES ('x', 'home', 8);
INSERT INTO clicks (who, page, rowtime) VALUES ('z', 'late', 7);
INSERT INTO clicks (who, page, rowtime) VALUES ('w', 'home', 40);
INSERT INTO clicks (who, page, rowtime) VALUES ('x', 'too late', 9);
INSERT INTO clicks (who, page, rowtime) VALUES ('x', 'next', 56);

ASSERT VALUES visits (who, pages, rowtime, ws, we) VALUES ('z', 2, 7, 0, 7);
ASSERT VALUES visits (who, pages, rowtime, ws, we) VALUES ('y', 2, 8, 4, 8);
ASSERT VALUES visits (who, pages, rowtime, ws, we) VALUES ('x', 1, 8, 8, 8);
ASSERT VALUES visits (who, pages, rowtime, ws, we) VALUES ('w', 1, 40, 40, 40);

----------------------------------------------------------------------------------------------------
--@test: sessions: a session that the store has let go is not joined, though it be near
----------------------------------------------------------------------------------------------------
CREATE STREAM clicks (who STRING KEY, page STRING) WITH (kafka_topic='clicks', format='JSON');
CREATE TABLE visits AS SELECT who, COUNT(*) AS pages, WINDOWSTART AS ws, WINDOWEND AS we FROM clicks
  WINDOW SESSION (30 MILLISECONDS, GRACE PERIOD 0 MILLISECONDS) GROUP BY who;

INSERT INTO clicks (who, page, rowtime) VALUES ('a', 'home', 10);
INSERT INTO clicks (who, page, rowtime) VALUES ('b', 'home', 45);
INSERT INTO clicks (who, page, rowtime) VALUES ('a', 'list', 20);

ASSERT VALUES visits (who, pages, ws, we) VALUES ('a', 1, 10, 10);
ASSERT VALUES visits (who, pages, ws, we) VALUES ('b', 1, 45, 45);
ASSERT VALUES visits (who, pages, ws, we) VALUES ('a', 1, 20, 20);
