-- IN and NOT IN.

--@test: in: members, others and NULL
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IN (1, 2) AS i, a NOT IN (1, 2) AS n, NOT (a IN (1, 2)) AS m FROM s;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 3);
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, i, n, m) VALUES (1, true, false, false);
ASSERT VALUES r (id, i, n, m) VALUES (2, false, true, true);
ASSERT VALUES r (id, i, n, m) VALUES (3, false, true, true);

--@test: in: NULL in the list matches nothing
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IN (1, NULL) AS i FROM s;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 3);
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, i) VALUES (1, true);
ASSERT VALUES r (id, i) VALUES (2, false);
ASSERT VALUES r (id, i) VALUES (3, false);

--@test: in: texts, expressions and columns
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IN ('x', b) AS i, UCASE(a) IN ('X', 'Y') AS u FROM s;
INSERT INTO s VALUES (1, 'x', 'y');
INSERT INTO s VALUES (2, 'y', 'y');
INSERT INTO s VALUES (3, 'z', 'y');
ASSERT VALUES r (id, i, u) VALUES (1, true, true);
ASSERT VALUES r (id, i, u) VALUES (2, true, true);
ASSERT VALUES r (id, i, u) VALUES (3, false, false);

--@test: in: the list takes a common type with the value
CREATE STREAM s (id INT KEY, a INT, b BIGINT, d DECIMAL(4,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IN (1, '2') AS i, b IN (1, 2147483648) AS l, d IN (1, 2.50) AS n FROM s;
INSERT INTO s VALUES (1, 2, 2147483648, 2.5);
INSERT INTO s VALUES (2, 1, 1, 1.0);
INSERT INTO s VALUES (3, 3, 3, 3.0);
ASSERT VALUES r (id, i, l, n) VALUES (1, true, true, true);
ASSERT VALUES r (id, i, l, n) VALUES (2, true, true, true);
ASSERT VALUES r (id, i, l, n) VALUES (3, false, false, false);

--@test: in: a text that is no number is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: invalid input syntax for type INTEGER: "x"
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IN (1, 'x') FROM s;

--@test: in: a column of another type is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: operator does not exist: INTEGER = STRING
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a IN (1, b) FROM s;
