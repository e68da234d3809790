-- What a ksqlDB made of these is in windows.json: `minisql record windows.sql --url URL -o windows.json`.

--@test: tumbling windows, each told once when it is over
CREATE STREAM clicks (page STRING KEY, ms INT) WITH (kafka_topic='clicks', key_format='KAFKA', value_format='JSON', partitions=1);
CREATE TABLE per_second AS SELECT page, COUNT(*) AS n, SUM(ms) AS total FROM clicks
  WINDOW TUMBLING (SIZE 1 SECOND, GRACE PERIOD 500 MILLISECONDS) GROUP BY page EMIT FINAL;
INSERT INTO clicks (page, ms, rowtime) VALUES ('a', 1, 0);
INSERT INTO clicks (page, ms, rowtime) VALUES ('b', 2, 900);
INSERT INTO clicks (page, ms, rowtime) VALUES ('a', 3, 1100);
INSERT INTO clicks (page, ms, rowtime) VALUES ('a', 4, 999);
INSERT INTO clicks (page, ms, rowtime) VALUES ('a', 5, 1500);
INSERT INTO clicks (page, ms, rowtime) VALUES ('a', 6, 900);
INSERT INTO clicks (page, ms, rowtime) VALUES ('c', 7, 9000);
INSERT INTO clicks (page, ms, rowtime) VALUES ('c', 8, 20000);

--@test: sessions, each told once when it is over
CREATE STREAM visits (who STRING KEY, page STRING) WITH (kafka_topic='visits', format='JSON', partitions=1);
CREATE TABLE sessions AS SELECT who, COUNT(*) AS n, COLLECT_LIST(page) AS pages FROM visits
  WINDOW SESSION (10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY who EMIT FINAL;
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/', 0);
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/a', 12);
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/b', 6);
INSERT INTO visits (who, page, rowtime) VALUES ('bob', '/', 40);
INSERT INTO visits (who, page, rowtime) VALUES ('bob', '/late', 20);
INSERT INTO visits (who, page, rowtime) VALUES ('bob', '/z', 90);

--@test: a window over a windowed table's stream, and its bounds as columns
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', key_format='KAFKA', value_format='JSON', partitions=1);
CREATE TABLE w AS SELECT id, SUM(v) AS total, WINDOWSTART AS ws, WINDOWEND AS we FROM s
  WINDOW HOPPING (SIZE 20 MILLISECONDS, ADVANCE BY 10 MILLISECONDS) GROUP BY id HAVING SUM(v) > 1;
CREATE STREAM again (id INT KEY, total BIGINT, ws BIGINT)
  WITH (kafka_topic='W', key_format='KAFKA', value_format='JSON', window_type='HOPPING', window_size='20 MILLISECONDS');
CREATE STREAM flat AS SELECT id, total, WINDOWEND - ws AS width FROM again WHERE total > 2;
INSERT INTO s (id, v, rowtime) VALUES (1, 1, 5);
INSERT INTO s (id, v, rowtime) VALUES (1, 2, 12);
INSERT INTO s (id, v, rowtime) VALUES (2, 9, 15);
INSERT INTO s (id, v, rowtime) VALUES (1, -5, 12);
SELECT id, total, ws FROM w WHERE id = 2;
