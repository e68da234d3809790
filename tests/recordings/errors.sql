-- What a ksqlDB made of these is in errors.json: `minisql record errors.sql --url URL -o errors.json`.

--@test: the grammar
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
SELECT v FRM s;
CREATE STREAM x (id INT KEY v STRING) WITH (kafka_topic='x', format='JSON', partitions=1);
CREATE TABLE;
INSERT s VALUES (1, 'a');
SELECT * FROM s EMIT;
DROP STREM s;

--@test: declarations
CREATE STREAM x (id INT KEY, v STRING);
CREATE STREAM x (id INT KEY, v STRING) WITH (kafka_topic='x', format='XML', partitions=1);
CREATE STREAM x (id INT KEY, v STRING) WITH (kafka_topic='nowhere', format='JSON');
CREATE STREAM x (id INT KEY, id STRING) WITH (kafka_topic='x', format='JSON', partitions=1);
CREATE TABLE x (id INT, v STRING) WITH (kafka_topic='x', format='JSON', partitions=1);
CREATE STREAM x (id INT PRIMARY KEY) WITH (kafka_topic='x', format='JSON', partitions=1);
CREATE STREAM x (id INT KEY, v nothing) WITH (kafka_topic='x', format='JSON', partitions=1);
CREATE STREAM x (id INT KEY, v INT) WITH (kafka_topic='x', format='JSON', partitions=1, colour='red');
CREATE STREAM x (id INT KEY, v INT) WITH (kafka_topic='x', format='JSON', partitions=1, timestamp='w');
CREATE STREAM x (id INT KEY, v ARRAY<INT>) WITH (kafka_topic='x', format='DELIMITED', partitions=1);

--@test: queries
CREATE STREAM s (id INT KEY, v STRING, n INT, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, v STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM o AS SELECT id, v + n AS x FROM s;
CREATE STREAM o AS SELECT id, nope FROM s;
CREATE STREAM o AS SELECT id, NOPE(v) AS x FROM s;
CREATE STREAM o AS SELECT id, SUBSTRING(n, 1) AS x FROM s;
CREATE STREAM o AS SELECT id, COUNT(*) AS n FROM s;
CREATE STREAM o AS SELECT id, v AS x, n AS x FROM s;
CREATE TABLE o AS SELECT id, v FROM s;
CREATE STREAM o AS SELECT * FROM t;
CREATE TABLE o AS SELECT v, COUNT(*) AS n FROM s GROUP BY id;
CREATE TABLE o AS SELECT id, SUM(COUNT(*)) AS n FROM s GROUP BY id;
CREATE TABLE o AS SELECT id, COUNT(*) AS n FROM s GROUP BY id EMIT FINAL;
CREATE TABLE o AS SELECT id, LATEST_BY_OFFSET(v) AS v FROM t GROUP BY id;
CREATE STREAM o AS SELECT id, v FROM s WHERE v;
CREATE STREAM o AS SELECT id, v FROM s HAVING n > 1;
CREATE STREAM o AS SELECT id, CASE WHEN n > 1 THEN 'a' ELSE 2 END AS x FROM s;
CREATE STREAM o AS SELECT s.id, s.v FROM s JOIN s AS other WITHIN 1 HOUR ON s.id = other.id;
CREATE STREAM o AS SELECT s.id, t.v FROM s JOIN t WITHIN 1 HOUR ON s.id = t.id;
CREATE STREAM o AS SELECT s.id, t.v FROM s JOIN t ON s.v = t.id;
CREATE STREAM o AS SELECT id, EXPLODE(n) AS x FROM s;

--@test: rows, and what is asked of them
CREATE STREAM s (id INT KEY, v STRING, d DECIMAL(4, 2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
INSERT INTO s VALUES (1, 'a');
INSERT INTO s (id, d) VALUES (1, 123.45);
INSERT INTO s (id, v) VALUES (1, v);
INSERT INTO s (nope) VALUES (1);
INSERT INTO s (id, rowtime) VALUES (1, 'soon');
INSERT INTO nowhere VALUES (1);
INSERT INTO t (n) VALUES (1);
SELECT nope FROM t;
SELECT * FROM t WHERE n > 'x';
SELECT id, COUNT(*) FROM t GROUP BY id;
SELECT * FROM t JOIN s ON t.id = s.id;
SELECT * FROM t PARTITION BY id;
SELECT * FROM t WHERE id = NULL;

--@test: what is needed is not dropped, what is not there cannot be
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM c AS SELECT * FROM s;
INSERT INTO c SELECT * FROM s;
INSERT INTO c SELECT id FROM s;
INSERT INTO s SELECT * FROM nowhere;
DROP STREAM s;
DROP TABLE s;
DROP STREAM c;
DROP STREAM IF EXISTS nowhere;
TERMINATE CSAS_C_99;
PAUSE nothing;
DROP TYPE nothing;
CREATE TYPE t AS STRUCT<a INT>;
CREATE TYPE t AS INT;
CREATE OR REPLACE STREAM c AS SELECT id FROM s;
CREATE OR REPLACE STREAM s (id STRING KEY, v STRING) WITH (kafka_topic='s', format='JSON');
ALTER STREAM c ADD COLUMN x INT;
ALTER STREAM s ADD COLUMN v INT;
DESCRIBE nowhere;
DESCRIBE FUNCTION nowhere;
EXPLAIN nothing;

--@test: expressions that fail give NULL, and rows that fail go
CREATE STREAM s (id INT KEY, v STRING, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, 10 / n AS q, CAST(v AS INT) AS i, PARSE_DATE(v, 'yyyy') AS d, ARRAY[1, 2][n] AS a FROM s;
CREATE STREAM w AS SELECT id, v FROM s WHERE 10 / n > 1;
CREATE TABLE g AS SELECT 10 / n AS q, COUNT(*) AS k FROM s GROUP BY 10 / n;
INSERT INTO s (id, v, n, rowtime) VALUES (1, 'x', 0, 1);
INSERT INTO s (id, v, n, rowtime) VALUES (2, '2020', 2, 2);
INSERT INTO s (id, v, n, rowtime) VALUES (3, '7.5', -1, 3);
INSERT INTO s (id, rowtime) VALUES (4, 4);
