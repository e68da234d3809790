-- What an expression's failure does in each clause. Each failure also stands in the processing log.

--@test: errors: a column of SELECT is NULL, the others stay
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a / b AS d, a + b AS p FROM s;
INSERT INTO s VALUES (1, 4, 0);
INSERT INTO s VALUES (2, 4, 2);
ASSERT VALUES r (id, d, p) VALUES (1, NULL, 4);
ASSERT VALUES r (id, d, p) VALUES (2, 2, 6);

--@test: errors: WHERE is false
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a FROM s WHERE a / b > 0 OR a = 4;
INSERT INTO s VALUES (1, 4, 0);
INSERT INTO s VALUES (2, 4, 2);
ASSERT VALUES r (id, a) VALUES (2, 4);

--@test: errors: GROUP BY drops the row
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT a / b AS k, COUNT(*) AS n FROM s GROUP BY a / b;
INSERT INTO s VALUES (1, 4, 0);
INSERT INTO s VALUES (2, 4, 2);
INSERT INTO s VALUES (3, 5, 2);
ASSERT VALUES r (k, n) VALUES (2, 1);
ASSERT VALUES r (k, n) VALUES (2, 2);

--@test: errors: PARTITION BY gives a NULL key
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT a / b AS k, id FROM s PARTITION BY a / b;
INSERT INTO s VALUES (1, 4, 0);
INSERT INTO s VALUES (2, 4, 2);
ASSERT VALUES r (k, id) VALUES (NULL, 1);
ASSERT VALUES r (k, id) VALUES (2, 2);

--@test: errors: an argument that fails is NULL for its function
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CONCAT('<', EXTRACTJSONFIELD(a, '$.x'), '>') AS c FROM s;
INSERT INTO s VALUES (1, '{"x": "y"}');
INSERT INTO s VALUES (2, 'not json');
ASSERT VALUES r (id, c) VALUES (1, '<y>');
ASSERT VALUES r (id, c) VALUES (2, '<>');

--@test: errors: an error within another is told in brief
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Invalid Select: Error processing expression..
CREATE STREAM s (id INT KEY, v INT, t STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT id, CAST(v + t AS STRING) AS x FROM s;

--@test: errors: a field of what is no struct, in WHERE
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Expected STRUCT type, got: STRING
CREATE STREAM s (id INT KEY, v INT, t STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT id FROM s WHERE t->x = 1;

--@test: errors: a new key is compiled when the query is built
--@expected.error: io.confluent.ksql.util.KsqlStatementException
--@expected.message: Invalid SelectKey: Cast of ARRAY<INTEGER> to DOUBLE is not supported
CREATE STREAM s (id INT KEY, v ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM q AS SELECT * FROM s PARTITION BY CAST(v AS DOUBLE);
