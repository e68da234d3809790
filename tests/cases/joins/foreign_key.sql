-- Joins of two tables where a value of the left one is the primary key of the right one.

--@test: foreign key: INNER follows both tables
CREATE TABLE src (id INT PRIMARY KEY, fk STRING, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE l AS SELECT * FROM src WHERE a > 0;
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id AS id, fk, a, b FROM l JOIN r ON l.fk = r.name;
ASSERT TABLE j (id INT PRIMARY KEY, fk STRING, a INT, b INT) WITH (kafka_topic='J', format='JSON');
INSERT INTO r (name, b, rowtime) VALUES ('x', 10, 0);
INSERT INTO src (id, fk, a, rowtime) VALUES (1, 'x', 1, 1);
INSERT INTO src (id, fk, a, rowtime) VALUES (2, 'x', 2, 2);
INSERT INTO r (name, b, rowtime) VALUES ('x', 11, 3);
INSERT INTO r (name, b, rowtime) VALUES ('y', 20, 4);
INSERT INTO src (id, fk, a, rowtime) VALUES (1, 'y', 1, 5);
INSERT INTO src (id, fk, a, rowtime) VALUES (2, 'nobody', 2, 6);
INSERT INTO src (id, fk, a, rowtime) VALUES (1, 'y', 0, 7);
ASSERT VALUES j (id, fk, a, b, rowtime) VALUES (1, 'x', 1, 10, 1);
ASSERT VALUES j (id, fk, a, b, rowtime) VALUES (2, 'x', 2, 10, 2);
ASSERT VALUES j (id, fk, a, b, rowtime) VALUES (1, 'x', 1, 11, 3);
ASSERT VALUES j (id, fk, a, b, rowtime) VALUES (2, 'x', 2, 11, 3);
ASSERT VALUES j (id, fk, a, b, rowtime) VALUES (1, 'y', 1, 20, 5);
ASSERT NULL VALUES j (id) KEY (2);
ASSERT NULL VALUES j (id) KEY (1);

--@test: foreign key: LEFT keeps every row of the left side
CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id AS id, fk, b FROM l LEFT JOIN r ON l.fk = r.name;
INSERT INTO l VALUES (1, 'x');
INSERT INTO r VALUES ('x', 10);
INSERT INTO l VALUES (2, NULL);
INSERT INTO l VALUES (1, 'y');
ASSERT VALUES j (id, fk, b) VALUES (1, 'x', NULL);
ASSERT VALUES j (id, fk, b) VALUES (1, 'x', 10);
ASSERT VALUES j (id, fk, b) VALUES (2, NULL, NULL);
ASSERT VALUES j (id, fk, b) VALUES (1, 'y', NULL);

--@test: foreign key: an expression of the left side
CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id AS id, b FROM l JOIN r ON UCASE(l.fk) = r.name;
INSERT INTO r VALUES ('X', 10);
INSERT INTO l VALUES (1, 'x');
ASSERT VALUES j (id, b) VALUES (1, 10);

--@test: foreign key: no RIGHT
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: RIGHT OUTER JOIN on a foreign key is not supported
CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id, b FROM l RIGHT JOIN r ON l.fk = r.name;

--@test: foreign key: no FULL
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid join type: full-outer join not supported for foreign-key table-table join.
CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id, b FROM l FULL OUTER JOIN r ON l.fk = r.name;

--@test: foreign key: the left primary key belongs into the projection
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Primary key column missing in projection.
CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT fk, b FROM l JOIN r ON l.fk = r.name;

--@test: foreign key: the times of results
CREATE TABLE l (id INT PRIMARY KEY, fk STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE src (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE r AS SELECT * FROM src WHERE b > 0;
CREATE TABLE j AS SELECT l.id AS id, b FROM l JOIN r ON l.fk = r.name;
CREATE TABLE o AS SELECT l.id AS id, b FROM l LEFT JOIN r ON l.fk = r.name;
INSERT INTO l (id, fk, rowtime) VALUES (1, 'x', 100);
INSERT INTO src (name, b, rowtime) VALUES ('x', 10, 50);
INSERT INTO src (name, b, rowtime) VALUES ('x', 11, 70);
INSERT INTO l (id, fk, rowtime) VALUES (2, 'x', 60);
INSERT INTO src (name, b, rowtime) VALUES ('x', 0, 80);
INSERT INTO l (id, fk, rowtime) VALUES (1, 'nobody', 90);
ASSERT VALUES r (name, b, rowtime) VALUES ('x', 10, 50);
ASSERT VALUES r (name, b, rowtime) VALUES ('x', 11, 70);
ASSERT NULL VALUES r (name) KEY ('x');
ASSERT VALUES j (id, b, rowtime) VALUES (1, 10, 50);
ASSERT VALUES j (id, b, rowtime) VALUES (1, 11, 70);
ASSERT VALUES j (id, b, rowtime) VALUES (2, 11, 70);
ASSERT NULL VALUES j (id) KEY (1);
ASSERT NULL VALUES j (id) KEY (2);
ASSERT NULL VALUES j (id) KEY (1);
ASSERT VALUES o (id, b, rowtime) VALUES (1, NULL, 100);
ASSERT VALUES o (id, b, rowtime) VALUES (1, 10, 50);
ASSERT VALUES o (id, b, rowtime) VALUES (1, 11, 70);
ASSERT VALUES o (id, b, rowtime) VALUES (2, 11, 70);
ASSERT VALUES o (id, b, rowtime) VALUES (1, NULL, 80);
ASSERT VALUES o (id, b, rowtime) VALUES (2, NULL, 80);
ASSERT VALUES o (id, b, rowtime) VALUES (1, NULL, 90);

--@test: foreign key: deletions have the time of the partner that there was with INNER, their own with LEFT
CREATE TABLE src (id INT PRIMARY KEY, fk STRING, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE l AS SELECT * FROM src WHERE a > 0;
CREATE TABLE j AS SELECT l.id AS id, b FROM l JOIN r ON l.fk = r.name;
CREATE TABLE o AS SELECT l.id AS id, b FROM l LEFT JOIN r ON l.fk = r.name;
INSERT INTO r (name, b, rowtime) VALUES ('x', 10, 500);
INSERT INTO src (id, fk, a, rowtime) VALUES (1, 'x', 1, 100);
INSERT INTO src (id, fk, a, rowtime) VALUES (1, 'x', 0, 90);
INSERT INTO src (id, fk, a, rowtime) VALUES (2, 'x', 1, 110);
INSERT INTO src (id, fk, a, rowtime) VALUES (2, NULL, 1, 80);
ASSERT VALUES l (id, fk, a, rowtime) VALUES (1, 'x', 1, 100);
ASSERT NULL VALUES l (id) KEY (1);
ASSERT VALUES l (id, fk, a, rowtime) VALUES (2, 'x', 1, 110);
ASSERT VALUES l (id, fk, a, rowtime) VALUES (2, NULL, 1, 80);
ASSERT VALUES j (id, b, rowtime) VALUES (1, 10, 500);
ASSERT NULL VALUES j (id) KEY (1);
ASSERT VALUES j (id, b, rowtime) VALUES (2, 10, 500);
ASSERT NULL VALUES j (id) KEY (2);
ASSERT VALUES o (id, b, rowtime) VALUES (1, 10, 500);
ASSERT NULL VALUES o (id) KEY (1);
ASSERT VALUES o (id, b, rowtime) VALUES (2, 10, 500);
ASSERT VALUES o (id, b, rowtime) VALUES (2, NULL, 80);

--@test: foreign key: a row that had no partner and still refers to the same is not deleted again
CREATE TABLE l (id INT PRIMARY KEY, fk STRING, a INT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (name STRING PRIMARY KEY, b INT) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE j AS SELECT l.id AS id, a, b FROM l JOIN r ON l.fk = r.name;
INSERT INTO l (id, fk, a, rowtime) VALUES (1, 'x', 1, 0);
INSERT INTO l (id, fk, a, rowtime) VALUES (1, 'x', 2, 1);
INSERT INTO l (id, fk, a, rowtime) VALUES (1, 'y', 3, 2);
INSERT INTO r (name, b, rowtime) VALUES ('y', 10, 3);
ASSERT NULL VALUES j (id) KEY (1);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 3, 10, 3);

--@test: foreign key: the expression of the left side is compiled
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Invalid Left Join Expression: Error processing expression..
CREATE TABLE l (id BIGINT PRIMARY KEY, f BIGINT) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE TABLE r (id BIGINT PRIMARY KEY, v STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE TABLE q AS SELECT l.id, r.v FROM l JOIN r ON l.f + 'abc' = r.id;
