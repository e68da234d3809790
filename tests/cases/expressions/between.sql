-- BETWEEN takes both ends in.

--@test: between: both ends belong to it
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a BETWEEN 2 AND 4 AS i, a NOT BETWEEN 2 AND 4 AS n, a BETWEEN 4 AND 2 AS turned FROM s;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 2);
INSERT INTO s VALUES (3, 3);
INSERT INTO s VALUES (4, 4);
INSERT INTO s VALUES (5, 5);
INSERT INTO s VALUES (6, NULL);
ASSERT VALUES r (id, i, n, turned) VALUES (1, false, true, false);
ASSERT VALUES r (id, i, n, turned) VALUES (2, true, false, false);
ASSERT VALUES r (id, i, n, turned) VALUES (3, true, false, false);
ASSERT VALUES r (id, i, n, turned) VALUES (4, true, false, false);
ASSERT VALUES r (id, i, n, turned) VALUES (5, false, true, false);
ASSERT VALUES r (id, i, n, turned) VALUES (6, false, true, false);

--@test: between: texts, decimals, expressions and NULL bounds
CREATE STREAM s (id INT KEY, t STRING, d DECIMAL(4,2), lo INT, hi INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, t BETWEEN 'b' AND 'd' AS t1, d BETWEEN 1 AND 2.5 AS d1, 5 BETWEEN lo AND hi + 1 AS e1 FROM s;
INSERT INTO s VALUES (1, 'b', 2.50, 1, 4);
INSERT INTO s VALUES (2, 'da', 2.51, 6, 9);
INSERT INTO s VALUES (3, 'a', 0.99, NULL, 9);
ASSERT VALUES r (id, t1, d1, e1) VALUES (1, true, true, true);
ASSERT VALUES r (id, t1, d1, e1) VALUES (2, false, false, false);
ASSERT VALUES r (id, t1, d1, e1) VALUES (3, false, false, false);

--@test: between: bounds of another kind are refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot compare
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a BETWEEN 'a' AND 'b' FROM s;

--@test: between: a text and numbers are compiled, and fail for every text
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a BETWEEN 1 AND 2 AS v FROM s;
INSERT INTO s VALUES (1, '1');
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, v) VALUES (1, NULL);
ASSERT VALUES r (id, v) VALUES (2, false);

--@test: between: booleans have no order
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Unexpected boolean comparison: >=
CREATE STREAM s (id INT KEY, a BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a BETWEEN false AND true AS v FROM s;

--@test: between: the value of BETWEEN has no function, for ksqlDB's compiler writes it twice
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Invalid Predicate: Cannot get name for `ABS` 1 times.
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT id, v FROM s WHERE ABS(v) BETWEEN 1 AND 2;

--@test: between: its bounds may have functions
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT id, v FROM s WHERE v BETWEEN ABS(-1) AND ABS(2) AND ABS(v) = 1;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 3);
ASSERT VALUES q (id, v) VALUES (1, 1);

--@test: between: a function counts wherever it is called
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Invalid Select: Cannot get name for `ABS` 2 times.
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT id, ABS(v) = 1 OR ABS(v) BETWEEN 1 AND 2 AS b FROM s;
