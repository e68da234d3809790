-- SUM.

--@test: sum: keeps the type, leaves NULL out, begins with zero
CREATE STREAM s (id INT KEY, i INT, l BIGINT, f DOUBLE, d DECIMAL(6,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, SUM(i) AS v1, SUM(l) AS v2, SUM(f) AS v3, SUM(d) AS v4 FROM s GROUP BY id;
ASSERT TABLE r (id INT PRIMARY KEY, v1 INT, v2 BIGINT, v3 DOUBLE, v4 DECIMAL(6,2)) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, NULL, NULL, NULL, NULL);
INSERT INTO s VALUES (1, 1, 10, 0.5, 1.25);
INSERT INTO s VALUES (1, 2, 20, 0.25, -3.00);
INSERT INTO s VALUES (1, NULL, 1, NULL, 0.75);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 0, 0, 0.0, 0.00);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 1, 10, 0.5, 1.25);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 3, 30, 0.75, -1.75);
ASSERT VALUES r (id, v1, v2, v3, v4) VALUES (1, 3, 31, 0.75, -1.00);

--@test: sum: whole numbers wrap around
CREATE STREAM s (id INT KEY, i INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, SUM(i) AS v1 FROM s GROUP BY id;
INSERT INTO s VALUES (1, 2147483647);
INSERT INTO s VALUES (1, 1);
ASSERT VALUES r (id, v1) VALUES (1, 2147483647);
ASSERT VALUES r (id, v1) VALUES (1, -2147483648);

--@test: sum: over a table old values are taken off
CREATE TABLE t (id INT PRIMARY KEY, g STRING, i INT, d DECIMAL(6,2)) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, SUM(i) AS v1, SUM(d) AS v2 FROM t GROUP BY g;
INSERT INTO t VALUES (1, 'x', 5, 1.50);
INSERT INTO t VALUES (2, 'x', 7, 2.00);
INSERT INTO t VALUES (1, 'x', 1, NULL);
INSERT INTO t VALUES (2, 'y', 7, 4.00);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 5, 1.50);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 12, 3.50);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 8, 2.00);
ASSERT VALUES r (g, v1, v2) VALUES ('x', 1, 0.00);
ASSERT VALUES r (g, v1, v2) VALUES ('y', 7, 4.00);

--@test: sum: of texts there is none
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Function 'SUM' does not accept parameters (STRING).
CREATE TABLE t (id INT PRIMARY KEY, g STRING, a STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT g, SUM(a) AS v FROM t GROUP BY g;
