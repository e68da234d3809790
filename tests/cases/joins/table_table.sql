-- Joins of two tables by their primary keys.

--@test: table-table: INNER has a row while both sides have one
CREATE TABLE src_l (id INT PRIMARY KEY, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE src_r (id INT PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE l AS SELECT * FROM src_l WHERE a > 0;
CREATE TABLE r AS SELECT * FROM src_r WHERE b > 0;
CREATE TABLE j AS SELECT l.id AS id, a, b FROM l JOIN r ON l.id = r.id;
INSERT INTO src_l (id, a, rowtime) VALUES (1, 1, 10);
INSERT INTO src_r (id, b, rowtime) VALUES (1, 1, 5);
INSERT INTO src_l (id, a, rowtime) VALUES (1, 2, 20);
INSERT INTO src_r (id, b, rowtime) VALUES (1, 0, 30);
INSERT INTO src_l (id, a, rowtime) VALUES (1, 3, 40);
INSERT INTO src_r (id, b, rowtime) VALUES (1, 2, 35);
INSERT INTO src_l (id, a, rowtime) VALUES (1, 0, 50);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 1, 1, 10);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 2, 1, 20);
ASSERT NULL VALUES j (id) KEY (1);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 3, 2, 40);
ASSERT NULL VALUES j (id) KEY (1);

--@test: table-table: LEFT has a row while the left side has one
CREATE TABLE src_l (id INT PRIMARY KEY, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE src_r (id INT PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE l AS SELECT * FROM src_l WHERE a > 0;
CREATE TABLE r AS SELECT * FROM src_r WHERE b > 0;
CREATE TABLE j AS SELECT l.id AS id, a, b FROM l LEFT JOIN r ON l.id = r.id;
INSERT INTO src_r VALUES (1, 1);
INSERT INTO src_l VALUES (1, 1);
INSERT INTO src_r VALUES (1, 0);
INSERT INTO src_r VALUES (1, 2);
INSERT INTO src_l VALUES (1, 0);
INSERT INTO src_l VALUES (2, 9);
ASSERT VALUES j (id, a, b) VALUES (1, 1, 1);
ASSERT VALUES j (id, a, b) VALUES (1, 1, NULL);
ASSERT VALUES j (id, a, b) VALUES (1, 1, 2);
ASSERT NULL VALUES j (id) KEY (1);
ASSERT VALUES j (id, a, b) VALUES (2, 9, NULL);

--@test: table-table: RIGHT has a row while the right side has one
CREATE TABLE l (id INT PRIMARY KEY, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (id INT PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT r.id AS id, a, b FROM l RIGHT JOIN r ON l.id = r.id;
INSERT INTO l VALUES (1, 1);
INSERT INTO r VALUES (1, 2);
INSERT INTO r VALUES (2, 3);
INSERT INTO l VALUES (2, 4);
ASSERT VALUES j (id, a, b) VALUES (1, 1, 2);
ASSERT VALUES j (id, a, b) VALUES (2, NULL, 3);
ASSERT VALUES j (id, a, b) VALUES (2, 4, 3);

--@test: table-table: FULL OUTER has a row while either side has one
CREATE TABLE src_l (id INT PRIMARY KEY, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (id INT PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE l AS SELECT * FROM src_l WHERE a > 0;
CREATE TABLE j AS SELECT ROWKEY AS id, a, b FROM l FULL OUTER JOIN r ON l.id = r.id;
ASSERT TABLE j (id INT PRIMARY KEY, a INT, b INT) WITH (kafka_topic='J', format='JSON');
INSERT INTO src_l VALUES (1, 1);
INSERT INTO r VALUES (1, 2);
INSERT INTO src_l VALUES (1, 0);
INSERT INTO r VALUES (2, 3);
INSERT INTO src_l VALUES (3, 5);
INSERT INTO src_l VALUES (3, 0);
ASSERT VALUES j (id, a, b) VALUES (1, 1, NULL);
ASSERT VALUES j (id, a, b) VALUES (1, 1, 2);
ASSERT VALUES j (id, a, b) VALUES (1, NULL, 2);
ASSERT VALUES j (id, a, b) VALUES (2, NULL, 3);
ASSERT VALUES j (id, a, b) VALUES (3, 5, NULL);
ASSERT NULL VALUES j (id) KEY (3);

--@test: table-table: three tables
CREATE TABLE a (id INT PRIMARY KEY, x INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE TABLE b (id INT PRIMARY KEY, y INT) WITH (kafka_topic='b', format='JSON', partitions=1);
CREATE TABLE c (id INT PRIMARY KEY, z INT) WITH (kafka_topic='c', format='JSON', partitions=1);
CREATE TABLE j AS SELECT a.id AS id, x, y, z FROM a JOIN b ON a.id = b.id LEFT JOIN c ON b.id = c.id;
INSERT INTO a VALUES (1, 1);
INSERT INTO c VALUES (1, 3);
INSERT INTO b VALUES (1, 2);
INSERT INTO c VALUES (1, 4);
ASSERT VALUES j (id, x, y, z) VALUES (1, 1, 2, 3);
ASSERT VALUES j (id, x, y, z) VALUES (1, 1, 2, 4);

--@test: table-table: not with WITHIN
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: A window definition was provided for a Table-Table join.
CREATE TABLE l (id INT PRIMARY KEY, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (id INT PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id, a, b FROM l JOIN r WITHIN 1 SECOND ON l.id = r.id;

--@test: table-table: deleting what is not there
CREATE TABLE src (id INT PRIMARY KEY, fk INT) WITH (kafka_topic='src', format='JSON', partitions=1);
CREATE TABLE x (id INT PRIMARY KEY, a INT) WITH (kafka_topic='x', format='JSON', partitions=1);
CREATE TABLE r (id INT PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE l AS SELECT src.id AS id, a FROM src JOIN x ON src.fk = x.id WHERE a > 0;
CREATE TABLE again (id INT PRIMARY KEY, a INT) WITH (kafka_topic='L', format='JSON');
CREATE TABLE i AS SELECT again.id AS id, a, b FROM again JOIN r ON again.id = r.id;
CREATE TABLE o AS SELECT again.id AS id, a, b FROM again LEFT JOIN r ON again.id = r.id;
CREATE TABLE t AS SELECT r.id AS id, a, b FROM again RIGHT JOIN r ON again.id = r.id;
CREATE TABLE f AS SELECT ROWKEY, a, b FROM again FULL JOIN r ON again.id = r.id;
INSERT INTO x (id, a, rowtime) VALUES (7, 0, 0);
INSERT INTO src (id, fk, rowtime) VALUES (2, 7, 1);
INSERT INTO r (id, b, rowtime) VALUES (1, 10, 2);
INSERT INTO src (id, fk, rowtime) VALUES (1, 7, 3);
ASSERT NULL VALUES l (id) KEY (2);
ASSERT NULL VALUES l (id) KEY (1);
ASSERT NULL VALUES i (id) KEY (1);
ASSERT NULL VALUES o (id) KEY (1);
ASSERT VALUES t (id, a, b, rowtime) VALUES (1, NULL, 10, 2);
ASSERT VALUES t (id, a, b, rowtime) VALUES (1, NULL, 10, 3);
ASSERT VALUES f (rowkey, a, b, rowtime) VALUES (1, NULL, 10, 2);
ASSERT VALUES f (rowkey, a, b, rowtime) VALUES (1, NULL, 10, 3);
