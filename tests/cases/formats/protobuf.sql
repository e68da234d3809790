-- PROTOBUF: what has no value has a default, in the topics and stores of a query's own as well.

--@test: protobuf: what has no value has a default on the way to its group
CREATE STREAM s (k INT KEY, v INT, w STRING) WITH (kafka_topic='s', key_format='JSON', value_format='PROTOBUF', partitions=1);
CREATE TABLE moved WITH (value_format='JSON') AS SELECT v, COLLECT_LIST(k) AS ks, COUNT(CASE WHEN w = 'x' THEN w END) AS n FROM s GROUP BY v;
CREATE TABLE kept WITH (value_format='JSON') AS SELECT k, COUNT(CASE WHEN w = 'x' THEN w END) AS n FROM s GROUP BY k;
INSERT INTO s (k, v, w, rowtime) VALUES (NULL, 1, 'x', 0);
INSERT INTO s (k, v, w, rowtime) VALUES (7, 1, 'y', 1);
ASSERT VALUES moved (v, ks, n, rowtime) VALUES (1, ARRAY[0], 1, 0);
ASSERT VALUES moved (v, ks, n, rowtime) VALUES (1, ARRAY[0, 7], 2, 1);
ASSERT VALUES kept (k, n, rowtime) VALUES (7, 0, 1);

--@test: protobuf: of tables too
CREATE TABLE t (k INT PRIMARY KEY, v INT) WITH (kafka_topic='t', key_format='JSON', value_format='PROTOBUF', partitions=1);
CREATE TABLE g WITH (value_format='JSON') AS SELECT v, COUNT(NULLIF(k, 2)) AS n FROM t GROUP BY v;
INSERT INTO t (k, v, rowtime) VALUES (1, 1, 0);
INSERT INTO t (k, v, rowtime) VALUES (2, 1, 1);
INSERT INTO t (k, v, rowtime) VALUES (2, 2, 2);
ASSERT VALUES g (v, n, rowtime) VALUES (1, 1, 0);
ASSERT VALUES g (v, n, rowtime) VALUES (1, 2, 1);
ASSERT VALUES g (v, n, rowtime) VALUES (1, 1, 2);
ASSERT VALUES g (v, n, rowtime) VALUES (2, 1, 2);

--@test: protobuf: what has no value has a default on the way to its partner
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', key_format='JSON', value_format='PROTOBUF', partitions=1);
CREATE TABLE t (id INT PRIMARY KEY, w STRING) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE STREAM j WITH (value_format='JSON') AS SELECT s.v, k, w FROM s JOIN t ON s.v = t.id;
CREATE STREAM p WITH (value_format='JSON') AS SELECT v, k FROM s PARTITION BY v;
INSERT INTO t (id, w, rowtime) VALUES (1, 'a', 0);
INSERT INTO s (k, v, rowtime) VALUES (NULL, 1, 1);
ASSERT VALUES j (v, k, w, rowtime) VALUES (1, 0, 'a', 1);
ASSERT VALUES p (v, k, rowtime) VALUES (1, NULL, 1);

--@test: protobuf: what found no partner has defaults once it has waited for another
CREATE STREAM a (k INT KEY, v INT) WITH (kafka_topic='a', key_format='JSON', value_format='PROTOBUF', partitions=1);
CREATE STREAM b (k INT KEY, w INT) WITH (kafka_topic='b', key_format='JSON', value_format='PROTOBUF', partitions=1);
CREATE STREAM c (k INT KEY, x INT) WITH (kafka_topic='c', key_format='JSON', value_format='PROTOBUF', partitions=1);
CREATE STREAM j WITH (value_format='JSON') AS SELECT a.k, v, w, x FROM a LEFT JOIN b WITHIN 10 MILLISECONDS ON a.k = b.k LEFT JOIN c WITHIN 5 MILLISECONDS ON a.k = c.k;
INSERT INTO a (k, v, rowtime) VALUES (1, 10, 0);
INSERT INTO c (k, x, rowtime) VALUES (1, 20, 1);
INSERT INTO a (k, v, rowtime) VALUES (1, 11, 2);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 10, NULL, NULL, 0);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 10, 0, 20, 1);
ASSERT VALUES j (a_k, v, w, x, rowtime) VALUES (1, 11, NULL, 20, 2);
