-- More than two sources, and joins with other clauses.

--@test: several: three streams
CREATE STREAM a (id INT KEY, x INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE STREAM b (id INT KEY, y INT) WITH (kafka_topic='b', format='JSON', partitions=1);
CREATE STREAM c (id INT KEY, z INT) WITH (kafka_topic='c', format='JSON', partitions=1);
CREATE STREAM j AS SELECT a.id AS id, x, y, z FROM a JOIN b WITHIN 10 MILLISECONDS ON a.id = b.id JOIN c WITHIN 10 MILLISECONDS ON a.id = c.id;
INSERT INTO a (id, x, rowtime) VALUES (1, 1, 0);
INSERT INTO b (id, y, rowtime) VALUES (1, 2, 5);
INSERT INTO c (id, z, rowtime) VALUES (1, 3, 15);
INSERT INTO c (id, z, rowtime) VALUES (1, 4, 16);
ASSERT VALUES j (id, x, y, z, rowtime) VALUES (1, 1, 2, 3, 15);

--@test: several: a stream, a stream and a table, by different columns
CREATE STREAM orders (id INT KEY, who STRING) WITH (kafka_topic='orders', format='JSON', partitions=1);
CREATE STREAM payments (id INT KEY, sum INT) WITH (kafka_topic='payments', format='JSON', partitions=1);
CREATE TABLE people (name STRING PRIMARY KEY, city STRING) WITH (kafka_topic='people', format='JSON', partitions=1);
CREATE STREAM j AS SELECT o.who AS who, o.id AS id, p.sum AS sum, q.city AS city FROM orders o JOIN payments p WITHIN 1 SECOND ON o.id = p.id LEFT JOIN people q ON o.who = q.name;
ASSERT STREAM j (who STRING KEY, id INT, sum INT, city STRING) WITH (kafka_topic='J', format='JSON');
INSERT INTO people VALUES ('ann', 'Oslo');
INSERT INTO orders (id, who, rowtime) VALUES (1, 'ann', 0);
INSERT INTO orders (id, who, rowtime) VALUES (2, 'bob', 0);
INSERT INTO payments (id, sum, rowtime) VALUES (2, 7, 1);
INSERT INTO payments (id, sum, rowtime) VALUES (1, 9, 2);
ASSERT VALUES j (who, id, sum, city) VALUES ('bob', 2, 7, NULL);
ASSERT VALUES j (who, id, sum, city) VALUES ('ann', 1, 9, 'Oslo');

--@test: several: WHERE and PARTITION BY behind a join
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j AS SELECT b, a FROM s JOIN t ON s.id = t.id WHERE a > 1 PARTITION BY b;
ASSERT STREAM j (b STRING KEY, a INT) WITH (kafka_topic='J', format='JSON');
INSERT INTO t VALUES (1, 'x');
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (1, 2);
ASSERT VALUES j (b, a) VALUES ('x', 2);

--@test: several: GROUP BY behind a join
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, b STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT b, SUM(a) AS total FROM s JOIN t ON s.id = t.id GROUP BY b;
INSERT INTO t VALUES (1, 'x');
INSERT INTO t VALUES (2, 'x');
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 2);
ASSERT VALUES r (b, total) VALUES ('x', 1);
ASSERT VALUES r (b, total) VALUES ('x', 3);

--@test: several: a column that two sources have needs its source
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Column 'A' is ambiguous. Could be L.A or R.A.
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, a STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id, a FROM l JOIN r WITHIN 1 SECOND ON l.id = r.id;

--@test: several: a row of two tables has the time of the rows that it consists of now
CREATE TABLE a (k INT PRIMARY KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE TABLE src (k INT PRIMARY KEY, w INT) WITH (kafka_topic='src', format='JSON', partitions=1);
CREATE TABLE b AS SELECT * FROM src WHERE w > 0;
CREATE TABLE c (k INT PRIMARY KEY, x INT) WITH (kafka_topic='c', format='JSON', partitions=1);
CREATE TABLE j AS SELECT a.k, v, w, x FROM a LEFT JOIN b ON a.k = b.k LEFT JOIN c ON a.k = c.k;
INSERT INTO a (k, v, rowtime) VALUES (1, 1, 10);
INSERT INTO src (k, w, rowtime) VALUES (1, 1, 20);
INSERT INTO src (k, w, rowtime) VALUES (1, 0, 15);
INSERT INTO c (k, x, rowtime) VALUES (1, 1, 5);
INSERT INTO src (k, w, rowtime) VALUES (1, 2, 12);
INSERT INTO c (k, x, rowtime) VALUES (1, 2, 6);
ASSERT VALUES b (k, w, rowtime) VALUES (1, 1, 20);
ASSERT NULL VALUES b (k) KEY (1);
ASSERT VALUES b (k, w, rowtime) VALUES (1, 2, 12);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 1, NULL, NULL, 10);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 1, 1, NULL, 20);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 1, NULL, NULL, 15);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 1, NULL, 1, 10);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 1, 2, 1, 12);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 1, 2, 2, 12);
