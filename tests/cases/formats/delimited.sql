-- DELIMITED: a line of CSV.

--@test: delimited: every type that it holds, and NULL as nothing
CREATE STREAM s (id INT KEY, b BOOLEAN, i INT, l BIGINT, f DOUBLE, d DECIMAL(5,2), t STRING, dt DATE, tm TIME, ts TIMESTAMP, y BYTES) WITH (kafka_topic='s', key_format='KAFKA', value_format='DELIMITED', partitions=1);
CREATE STREAM r WITH (value_format='JSON') AS SELECT * FROM s;
INSERT INTO s VALUES (1, true, -2, 3, 4.5, 6.75, 'x', '2024-02-29', '10:20:30', '2024-02-29T10:20:30.004', TO_BYTES('01ff', 'hex'));
INSERT INTO s (id) VALUES (2);
ASSERT VALUES r (id, b, i, l, f, d, t, dt, tm, ts, y) VALUES (1, true, -2, 3, 4.5, 6.75, 'x', '2024-02-29', '10:20:30', '2024-02-29T10:20:30.004', TO_BYTES('01ff', 'hex'));
ASSERT VALUES r (id, b, i, l, f, d, t, dt, tm, ts, y) VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: delimited: its own signs within a text, and an empty text, which is NULL
CREATE STREAM s (id INT KEY, t STRING, u STRING) WITH (kafka_topic='s', key_format='KAFKA', value_format='DELIMITED', partitions=1);
CREATE STREAM r WITH (value_format='JSON') AS SELECT * FROM s;
INSERT INTO s VALUES (1, 'a,b', 'say "hi"');
INSERT INTO s VALUES (2, '', ' x ');
ASSERT VALUES r (id, t, u) VALUES (1, 'a,b', 'say "hi"');
ASSERT VALUES r (id, t, u) VALUES (2, NULL, ' x ');

--@test: delimited: other delimiters
CREATE STREAM s (id INT KEY, t STRING, n INT) WITH (kafka_topic='s', key_format='KAFKA', value_format='DELIMITED', value_delimiter='TAB', partitions=1);
CREATE STREAM spaces WITH (value_delimiter='SPACE') AS SELECT * FROM s;
CREATE STREAM r WITH (value_format='JSON') AS SELECT * FROM spaces;
INSERT INTO s VALUES (1, 'a b', 2);
ASSERT VALUES r (id, t, n) VALUES (1, 'a b', 2);

--@test: delimited: keys of several columns
CREATE STREAM s (k1 INT KEY, k2 STRING KEY, v INT) WITH (kafka_topic='s', key_format='DELIMITED', value_format='JSON', partitions=1);
CREATE STREAM r WITH (key_format='JSON') AS SELECT * FROM s;
INSERT INTO s VALUES (1, 'x', 2);
ASSERT VALUES r (k1, k2, v) VALUES (1, 'x', 2);

--@test: delimited: an empty text is NULL on the way to its group
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', key_format='JSON', value_format='DELIMITED', partitions=1);
CREATE TABLE g AS SELECT v, COUNT(k) AS n FROM s GROUP BY v;
CREATE TABLE kept AS SELECT k, COUNT(k) AS n FROM s GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('', 1, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 1, 1);
ASSERT VALUES g (v, n, rowtime) VALUES (1, 0, 0);
ASSERT VALUES g (v, n, rowtime) VALUES (1, 1, 1);
ASSERT VALUES kept (k, n, rowtime) VALUES ('', 1, 0);
ASSERT VALUES kept (k, n, rowtime) VALUES ('a', 1, 1);

--@test: delimited: in a column of its own the empty text is written as "", which can be read, and as NULL
CREATE STREAM s (id BOOLEAN KEY, a STRING) WITH (kafka_topic='s', format='DELIMITED', partitions=1);
CREATE STREAM r WITH (value_format='JSON') AS SELECT id, a, a IS NULL AS n FROM s;
CREATE STREAM c AS SELECT id, SUBSTRING(a, 2) AS a FROM s;
CREATE STREAM rc WITH (value_format='JSON') AS SELECT id, a, a IS NULL AS n FROM c;
INSERT INTO s VALUES (TRUE, '');
INSERT INTO s VALUES (TRUE, NULL);
INSERT INTO s VALUES (TRUE, 'x');
ASSERT ROWS r VALUES (TRUE, NULL, TRUE), (TRUE, 'x', FALSE);
ASSERT ROWS rc VALUES (TRUE, NULL, TRUE);

--@test: delimited: the key of a stream without key columns is written as an empty line, which nobody can read
CREATE STREAM s (a INT, b STRING) WITH (kafka_topic='s', format='DELIMITED', partitions=1);
CREATE STREAM v (a INT, b STRING) WITH (kafka_topic='v', value_format='DELIMITED', partitions=1);
CREATE STREAM rs WITH (value_format='JSON') AS SELECT a, b FROM s;
CREATE STREAM rv WITH (value_format='JSON') AS SELECT a, b FROM v;
INSERT INTO s VALUES (1, 'x');
INSERT INTO v VALUES (1, 'x');
ASSERT ROWS rv VALUES (1, 'x');
ASSERT NO ROWS rs;
SELECT * FROM s;
ASSERT NO ROWS;
