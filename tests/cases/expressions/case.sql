-- CASE.

--@test: case: the first true condition decides, and without ELSE the rest is NULL
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN a < 10 THEN 'small' WHEN a < 100 THEN 'medium' ELSE 'large' END AS e, CASE WHEN a < 10 THEN 'small' END AS n FROM s;
ASSERT STREAM r (id INT KEY, e STRING, n STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 5);
INSERT INTO s VALUES (2, 50);
INSERT INTO s VALUES (3, 500);
INSERT INTO s VALUES (4, NULL);
ASSERT VALUES r (id, e, n) VALUES (1, 'small', 'small');
ASSERT VALUES r (id, e, n) VALUES (2, 'medium', NULL);
ASSERT VALUES r (id, e, n) VALUES (3, 'large', NULL);
ASSERT VALUES r (id, e, n) VALUES (4, 'large', NULL);

--@test: case: the form with an operand is read, but ksqlDB does not have it
--@expected.message: not yet implemented
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE a WHEN 1 THEN 'one' ELSE 'many' END AS e FROM s;

--@test: case: only the chosen branch is computed
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN b = 0 THEN 0 ELSE a / b END AS v FROM s;
INSERT INTO s VALUES (1, 6, 0);
INSERT INTO s VALUES (2, 6, 2);
ASSERT VALUES r (id, v) VALUES (1, 0);
ASSERT VALUES r (id, v) VALUES (2, 3);

--@test: case: NULL branches take the type of the others
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN a = 1 THEN NULL WHEN a = 2 THEN 5 ELSE NULL END AS v FROM s;
ASSERT STREAM r (id INT KEY, v INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (2, 2);
ASSERT VALUES r (id, v) VALUES (1, NULL);
ASSERT VALUES r (id, v) VALUES (2, 5);

--@test: case: inside one another, and in WHERE
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN a = 1 THEN CASE WHEN b = 1 THEN 'both' ELSE 'a' END ELSE 'none' END AS v FROM s WHERE CASE WHEN b > 5 THEN false ELSE true END;
INSERT INTO s VALUES (1, 1, 1);
INSERT INTO s VALUES (2, 1, 9);
INSERT INTO s VALUES (3, 1, 2);
INSERT INTO s VALUES (4, 2, 2);
ASSERT VALUES r (id, v) VALUES (1, 'both');
ASSERT VALUES r (id, v) VALUES (3, 'a');
ASSERT VALUES r (id, v) VALUES (4, 'none');

--@test: case: THEN of different types is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid Case expression. Type for all 'THEN' clauses should be the same.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN a = 1 THEN 'x' WHEN a = 2 THEN 2 END FROM s;

--@test: case: ELSE of another type is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid Case expression. Type for the default clause should be the same as for 'THEN' clauses.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN a = 1 THEN 'x' ELSE 2 END FROM s;

--@test: case: a condition that is no condition is refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: WHEN operand type should be boolean.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN a THEN 'x' END FROM s;
