-- What a ksqlDB made of these is in joins.json: `minisql record joins.sql --url URL -o joins.json`.

--@test: an outer join of streams gives what found no partner once its time is over
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT ROWKEY AS id, a, b FROM l FULL OUTER JOIN r
  WITHIN (5 MILLISECONDS, 10 MILLISECONDS) GRACE PERIOD 3 MILLISECONDS ON l.id = r.id;
INSERT INTO l (id, a, rowtime) VALUES (1, 'l10', 10);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r5', 5);
INSERT INTO r (id, b, rowtime) VALUES (2, 'r11', 11);
INSERT INTO l (id, a, rowtime) VALUES (3, NULL, 12);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r20', 20);
INSERT INTO l (id, a, rowtime) VALUES (9, 'l60', 60);
INSERT INTO r (id, b, rowtime) VALUES (9, 'r90', 90);

--@test: a foreign key join keeps rows without a partner, by an expression
CREATE TABLE people (id INT PRIMARY KEY, name STRING, town STRING) WITH (kafka_topic='people', format='JSON', partitions=1);
CREATE TABLE towns (name STRING PRIMARY KEY, zip INT) WITH (kafka_topic='towns', format='JSON', partitions=1);
CREATE TABLE big AS SELECT * FROM towns WHERE zip > 0;
CREATE TABLE placed AS SELECT p.id AS id, p.name AS name, zip FROM people p LEFT JOIN big ON UCASE(p.town) = big.name;
INSERT INTO people (id, name, town, rowtime) VALUES (1, 'ann', 'oslo', 1);
INSERT INTO towns (name, zip, rowtime) VALUES ('OSLO', 150, 2);
INSERT INTO people (id, name, town, rowtime) VALUES (2, 'bob', 'oslo', 3);
INSERT INTO towns (name, zip, rowtime) VALUES ('OSLO', -1, 4);
INSERT INTO people (id, name, town, rowtime) VALUES (1, 'ann', NULL, 5);
INSERT INTO towns (name, zip, rowtime) VALUES ('BERGEN', 5003, 6);
INSERT INTO people (id, name, town, rowtime) VALUES (2, 'bob', 'bergen', 7);

--@test: tables joined from the right
CREATE TABLE a (id INT PRIMARY KEY, x INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE TABLE b (id INT PRIMARY KEY, y INT) WITH (kafka_topic='b', format='JSON', partitions=1);
CREATE TABLE odd AS SELECT * FROM a WHERE x % 2 = 1;
CREATE TABLE ab AS SELECT b.id AS id, x, y, x + y AS z FROM odd RIGHT JOIN b ON odd.id = b.id;
INSERT INTO a (id, x, rowtime) VALUES (1, 1, 1);
INSERT INTO b (id, y, rowtime) VALUES (1, 10, 2);
INSERT INTO b (id, y, rowtime) VALUES (2, 20, 3);
INSERT INTO a (id, x, rowtime) VALUES (1, 2, 4);
INSERT INTO a (id, x, rowtime) VALUES (2, 3, 2);
SELECT * FROM ab WHERE id = 2;

--@test: a stream with a stream and a table, by other columns than the keys
CREATE STREAM orders (id INT KEY, item STRING, who INT) WITH (kafka_topic='orders', format='JSON', partitions=1);
CREATE STREAM payments (pid INT KEY, ref INT, cents INT) WITH (kafka_topic='payments', format='JSON', partitions=1);
CREATE TABLE people (id INT PRIMARY KEY, name STRING) WITH (kafka_topic='people', format='JSON', partitions=1);
CREATE STREAM paid AS SELECT people.id AS who, orders.id AS id, item, cents, name FROM orders
  JOIN payments WITHIN 1 MINUTE GRACE PERIOD 1 MINUTE ON orders.id = payments.ref JOIN people ON orders.who = people.id;
INSERT INTO people (id, name, rowtime) VALUES (7, 'ann', 0);
INSERT INTO orders (id, item, who, rowtime) VALUES (1, 'pen', 7, 100);
INSERT INTO payments (pid, ref, cents, rowtime) VALUES (50, 1, 120, 200);
INSERT INTO payments (pid, ref, cents, rowtime) VALUES (51, 1, 30, 150);
INSERT INTO orders (id, item, who, rowtime) VALUES (2, 'ink', 8, 300);
INSERT INTO payments (pid, ref, cents, rowtime) VALUES (52, 2, 80, 400);
