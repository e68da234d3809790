-- What a ksqlDB made of these is in functions.json: `minisql record functions.sql --url URL -o functions.json`.

--@test: table functions side by side
CREATE STREAM s (id INT KEY, a ARRAY<STRING>, b ARRAY<INT>, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM e AS SELECT id, EXPLODE(a) AS x, EXPLODE(b) * 2 AS y, n FROM s;
CREATE STREAM g AS SELECT id, GENERATE_SERIES(n, 1, -2) AS i FROM s WHERE n IS NOT NULL;
CREATE STREAM c AS SELECT id, CUBE_EXPLODE(ARRAY[n, 7]) AS cube FROM s;
INSERT INTO s (id, a, b, n, rowtime) VALUES (1, ARRAY['p', 'q', 'r'], ARRAY[1], 4, 1);
INSERT INTO s (id, b, rowtime) VALUES (2, ARRAY[5, NULL], 2);
INSERT INTO s (id, a, n, rowtime) VALUES (3, ARRAY['z'], 1, 3);

--@test: the latest values, and deletions where a filter lets them go
CREATE STREAM s (id INT KEY, v STRING, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE latest AS SELECT id, LATEST_BY_OFFSET(v) AS v, LATEST_BY_OFFSET(n, false) AS n, LATEST_BY_OFFSET(v, 2) AS two,
  EARLIEST_BY_OFFSET(v) AS first FROM s GROUP BY id;
CREATE TABLE there AS SELECT id, v, n FROM latest WHERE v <> 'gone';
CREATE TABLE counted AS SELECT v, COUNT(*) AS k, COLLECT_LIST(id) AS ids FROM there GROUP BY v;
INSERT INTO s (id, v, n, rowtime) VALUES (1, 'a', 1, 1);
INSERT INTO s (id, v, n, rowtime) VALUES (2, 'a', 2, 2);
INSERT INTO s (id, v, n, rowtime) VALUES (1, 'gone', 3, 3);
INSERT INTO s (id, n, rowtime) VALUES (1, NULL, 4);
INSERT INTO s (id, v, rowtime) VALUES (1, 'b', 5);
INSERT INTO s (id, v, rowtime) VALUES (2, 'gone', 4);
SELECT * FROM there;
SELECT * FROM latest WHERE id = 1;
SELECT * FROM counted;

--@test: aggregates of a table undo what was
CREATE TABLE t (id INT PRIMARY KEY, g STRING, v DOUBLE) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, COUNT(*) AS n, SUM(v) AS total, AVG(v) AS mean, COLLECT_LIST(v) AS every
  FROM t GROUP BY g HAVING COUNT(*) > 0;
INSERT INTO t (id, g, v, rowtime) VALUES (1, 'x', 1.5, 1);
INSERT INTO t (id, g, v, rowtime) VALUES (2, 'x', 0.1, 2);
INSERT INTO t (id, g, v, rowtime) VALUES (1, 'y', 1.5, 3);
INSERT INTO t (id, g, v, rowtime) VALUES (2, 'x', NULL, 4);
INSERT INTO t (id, g, v, rowtime) VALUES (2, NULL, 2, 5);
SELECT * FROM r;

--@test: functions of texts, numbers and times
CREATE STREAM s (id INT KEY, t STRING, d DECIMAL(6, 2), x DOUBLE, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, SPLIT(t, ',') AS parts, REGEXP_EXTRACT('([a-z]+)', t, 1) AS word, MASK(t) AS masked, LPAD(t, 9, '*') AS p,
  ROUND(d, 1) AS d1, CEIL(d) AS up, d * 2.5 AS wide, CAST(x AS INT) AS i, SQRT(x) AS root, PARSE_TIMESTAMP('2021-07-08', 'yyyy-MM-dd') AS parsed,
  FORMAT_TIMESTAMP(ts, 'yyyy-MM-dd''T''HH:mm:ss.SSS', 'Europe/Oslo') AS local, DATEADD(DAYS, 1, CAST(ts AS DATE)) AS next FROM s;
INSERT INTO s (id, t, d, x, ts, rowtime) VALUES (1, 'ab,Cd,,7', 1234.56, 2.25, '2024-03-31T00:30:00.000', 1);
INSERT INTO s (id, t, d, x, ts, rowtime) VALUES (2, '', -0.05, -1, '1969-12-31T23:59:59.999', 2);
INSERT INTO s (id, rowtime) VALUES (3, 3);
SELECT * FROM r WHERE id < 3;
