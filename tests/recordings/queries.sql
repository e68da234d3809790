-- What a ksqlDB made of these is in queries.json: `minisql record queries.sql --url URL -o queries.json`.

--@test: filters and projections
CREATE STREAM orders (id INT KEY, item STRING, pieces INT, price DECIMAL(6, 2)) WITH (kafka_topic='orders', format='JSON', partitions=1);
CREATE STREAM big AS SELECT id, UCASE(item) AS item, pieces * price AS total, CASE WHEN pieces > 5 THEN 'many' ELSE 'few' END AS size
  FROM orders WHERE pieces >= 2 AND price IS NOT NULL;
INSERT INTO orders (id, item, pieces, price, rowtime) VALUES (1, 'pen', 2, 1.50, 10);
INSERT INTO orders (id, item, pieces, price, rowtime) VALUES (2, 'ink', 1, 7.25, 11);
INSERT INTO orders (id, item, pieces, price, rowtime) VALUES (3, NULL, 9, 0.05, 12);
INSERT INTO orders (id, item, pieces, rowtime) VALUES (4, 'cap', 9, 13);
SELECT * FROM big;
SELECT item, total FROM big EMIT CHANGES LIMIT 1;

--@test: groups and what HAVING lets go
CREATE STREAM moves (account STRING KEY, cents BIGINT) WITH (kafka_topic='moves', key_format='KAFKA', value_format='JSON', partitions=1);
CREATE TABLE rich AS SELECT account, SUM(cents) AS total, COUNT(*) AS n, MAX(cents) AS most, COLLECT_LIST(cents) AS every
  FROM moves GROUP BY account HAVING SUM(cents) > 10;
INSERT INTO moves (account, cents, rowtime) VALUES ('ann', 7, 1);
INSERT INTO moves (account, cents, rowtime) VALUES ('bob', 20, 2);
INSERT INTO moves (account, cents, rowtime) VALUES ('ann', 8, 3);
INSERT INTO moves (account, cents, rowtime) VALUES ('ann', -9, 2);
INSERT INTO moves (account, cents, rowtime) VALUES ('bob', NULL, 5);
SELECT * FROM rich WHERE account = 'bob';
SELECT * FROM rich WHERE account IN ('ann', 'bob');

--@test: tumbling windows and late rows
CREATE STREAM clicks (page STRING, ms BIGINT) WITH (kafka_topic='clicks', value_format='JSON', partitions=1, timestamp='ms');
CREATE TABLE per_second AS SELECT page, COUNT(*) AS n, WINDOWSTART AS ws FROM clicks
  WINDOW TUMBLING (SIZE 1 SECOND, GRACE PERIOD 1 SECOND) GROUP BY page;
INSERT INTO clicks (page, ms) VALUES ('a', 100);
INSERT INTO clicks (page, ms) VALUES ('a', 999);
INSERT INTO clicks (page, ms) VALUES ('b', 1000);
INSERT INTO clicks (page, ms) VALUES ('a', 1999);
INSERT INTO clicks (page, ms) VALUES ('a', 500);
INSERT INTO clicks (page, ms) VALUES ('a', 2000);
INSERT INTO clicks (page, ms) VALUES ('a', 999);
INSERT INTO clicks (page, ms) VALUES ('a', 1001);
SELECT page, n FROM per_second WHERE page = 'a' AND WINDOWSTART >= 1000;

--@test: hopping windows
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE h AS SELECT id, SUM(v) AS total FROM s WINDOW HOPPING (SIZE 10 MILLISECONDS, ADVANCE BY 4 MILLISECONDS) GROUP BY id;
INSERT INTO s (id, v, rowtime) VALUES (1, 1, 0);
INSERT INTO s (id, v, rowtime) VALUES (1, 10, 9);
INSERT INTO s (id, v, rowtime) VALUES (2, 100, 12);
INSERT INTO s (id, v, rowtime) VALUES (1, 1000, 3);

--@test: sessions that meet
CREATE STREAM visits (who STRING KEY, page STRING) WITH (kafka_topic='visits', format='JSON', partitions=1);
CREATE TABLE sessions AS SELECT who, COUNT(*) AS n, COLLECT_LIST(page) AS pages FROM visits
  WINDOW SESSION (10 MILLISECONDS) GROUP BY who;
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/', 0);
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/a', 20);
INSERT INTO visits (who, page, rowtime) VALUES ('bob', '/', 21);
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/b', 10);
INSERT INTO visits (who, page, rowtime) VALUES ('ann', '/c', 20);
SELECT * FROM sessions WHERE who = 'ann';

--@test: streams joined with each other
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id AS id, a, b FROM l LEFT JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
INSERT INTO l (id, a, rowtime) VALUES (1, 'l0', 0);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r5', 5);
INSERT INTO r (id, b, rowtime) VALUES (2, 'r6', 6);
INSERT INTO l (id, a, rowtime) VALUES (2, 'l16', 16);
INSERT INTO l (id, a, rowtime) VALUES (1, 'l16', 16);

--@test: a stream and a table, and a table filtered
CREATE TABLE people (id INT PRIMARY KEY, name STRING) WITH (kafka_topic='people', format='JSON', partitions=1);
CREATE TABLE known AS SELECT * FROM people WHERE name <> 'nobody';
CREATE STREAM calls (caller INT KEY, words STRING) WITH (kafka_topic='calls', format='JSON', partitions=1);
CREATE STREAM named AS SELECT caller, words, name FROM calls LEFT JOIN known ON caller = known.id;
INSERT INTO calls (caller, words, rowtime) VALUES (1, 'hello?', 1);
INSERT INTO people (id, name, rowtime) VALUES (1, 'ann', 2);
INSERT INTO calls (caller, words, rowtime) VALUES (1, 'hello!', 1);
INSERT INTO people (id, name, rowtime) VALUES (1, 'nobody', 3);
INSERT INTO calls (caller, words, rowtime) VALUES (1, 'bye', 4);
SELECT * FROM known;

--@test: tables joined by their keys and by another column
CREATE TABLE a (id INT PRIMARY KEY, x STRING, place STRING) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE TABLE b (id INT PRIMARY KEY, y STRING) WITH (kafka_topic='b', format='JSON', partitions=1);
CREATE TABLE places (name STRING PRIMARY KEY, zip INT) WITH (kafka_topic='places', format='JSON', partitions=1);
CREATE TABLE ab AS SELECT a.id AS id, x, y FROM a FULL OUTER JOIN b ON a.id = b.id;
CREATE TABLE placed AS SELECT a.id AS id, x, zip FROM a JOIN places ON a.place = places.name;
INSERT INTO a (id, x, place, rowtime) VALUES (1, 'x1', 'here', 1);
INSERT INTO b (id, y, rowtime) VALUES (1, 'y1', 5);
INSERT INTO b (id, y, rowtime) VALUES (2, 'y2', 3);
INSERT INTO places (name, zip, rowtime) VALUES ('here', 8000, 2);
INSERT INTO a (id, x, place, rowtime) VALUES (2, 'x2', 'there', 4);
INSERT INTO places (name, zip, rowtime) VALUES ('there', 3000, 7);
INSERT INTO a (id, x, place, rowtime) VALUES (1, 'x1', 'there', 9);

--@test: nested values and table functions
CREATE STREAM docs (id INT KEY, tags ARRAY<STRING>, counts MAP<STRING, INT>, spot STRUCT<x INT, y ARRAY<DOUBLE>>)
  WITH (kafka_topic='docs', format='JSON', partitions=1);
CREATE STREAM tagged AS SELECT id, EXPLODE(tags) AS tag, counts['n'] AS n, spot->x AS x, spot->y[1] AS y FROM docs;
INSERT INTO docs (id, tags, counts, spot, rowtime)
  VALUES (1, ARRAY['a', 'b'], MAP('n' := 3), STRUCT(x := 1, y := ARRAY[0.5, 1e10]), 1);
INSERT INTO docs (id, tags, rowtime) VALUES (2, ARRAY['c'], 2);
INSERT INTO docs (id, rowtime) VALUES (3, 3);
SELECT * FROM docs;

--@test: times, bytes and numbers as they are written
CREATE STREAM v (id BIGINT KEY, d DATE, t TIME, ts TIMESTAMP, b BYTES, f DOUBLE, n DECIMAL(5, 2), l BIGINT, o BOOLEAN)
  WITH (kafka_topic='v', format='JSON', partitions=1);
CREATE STREAM w AS SELECT id, FORMAT_DATE(d, 'yyyy/MM/dd') AS d, CAST(t AS STRING) AS t, CAST(ts AS STRING) AS ts,
  FROM_BYTES(b, 'hex') AS b, CAST(f AS STRING) AS f, n * 2 AS n, l + 1 AS l, NOT o AS o FROM v;
INSERT INTO v (id, d, t, ts, b, f, n, l, o, rowtime)
  VALUES (9223372036854775807, '2020-02-29', '23:59:59', '2020-02-29T23:59:59.001', 'AQI=', 1e300, -1.50, 9223372036854775807, TRUE, 1);
INSERT INTO v (id, f, n, rowtime) VALUES (-1, 0.1, 999.99, 2);
SELECT * FROM w;

--@test: other formats
CREATE STREAM s (id INT KEY, name STRING, n BIGINT) WITH (kafka_topic='s', key_format='KAFKA', value_format='DELIMITED', partitions=1);
CREATE STREAM av WITH (value_format='AVRO') AS SELECT * FROM s;
CREATE STREAM pb WITH (value_format='PROTOBUF') AS SELECT * FROM av;
CREATE STREAM js WITH (value_format='JSON_SR', key_format='JSON') AS SELECT * FROM pb PARTITION BY name;
INSERT INTO s (id, name, n, rowtime) VALUES (1, 'a,"b"', 5, 1);
INSERT INTO s (id, name, n, rowtime) VALUES (2, 'é', NULL, 2);
INSERT INTO s (id, name, n, rowtime) VALUES (3, NULL, 7, 3);

--@test: several queries into one sink, and their end
CREATE STREAM one (id INT KEY, v STRING) WITH (kafka_topic='one', format='JSON', partitions=1);
CREATE STREAM two (id INT KEY, v STRING) WITH (kafka_topic='two', format='JSON', partitions=1);
CREATE STREAM both AS SELECT * FROM one;
INSERT INTO both SELECT id, UCASE(v) AS v FROM two;
INSERT INTO one (id, v, rowtime) VALUES (1, 'a', 1);
INSERT INTO two (id, v, rowtime) VALUES (1, 'b', 2);
DROP STREAM one;
TERMINATE INSERTQUERY_1;
INSERT INTO two (id, v, rowtime) VALUES (1, 'c', 3);
DESCRIBE both;
LIST QUERIES;
LIST STREAMS;
CREATE OR REPLACE STREAM both AS SELECT * FROM one WHERE id > 1;
INSERT INTO one (id, v, rowtime) VALUES (1, 'd', 4);
INSERT INTO one (id, v, rowtime) VALUES (2, 'e', 5);

--@test: what is refused
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM o AS SELECT id, nothing FROM s;
CREATE STREAM o AS SELECT v FROM s;
CREATE TABLE o AS SELECT id, SUM(v) AS n FROM s GROUP BY id;
SELECT * FROM s WHERE v = 1;
SELECT * FROM nowhere;
SELEC * FROM s;
SELECT id FROM s WHERE;
INSERT INTO s (id, v) VALUES ('x', 'y');
INSERT INTO s (id, w) VALUES (1, 'y');
DROP STREAM nowhere;
DROP TABLE s;
TERMINATE nothing;
DESCRIBE nowhere;
