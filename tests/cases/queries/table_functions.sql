-- Table functions in SELECT.

--@test: table functions: a row for each element, the other columns repeated
CREATE STREAM s (id INT KEY, a ARRAY<STRING>, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, EXPLODE(a) AS x, b + 1 AS c FROM s;
ASSERT STREAM r (id INT KEY, x STRING, c INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s (id, a, b, rowtime) VALUES (1, ARRAY['p', NULL, 'q'], 5, 1000);
INSERT INTO s (id, a, b, rowtime) VALUES (2, NULL, 6, 1001);
INSERT INTO s (id, a, b, rowtime) VALUES (3, ARRAY['z'], 7, 1002);
ASSERT VALUES r (id, x, c, rowtime) VALUES (1, 'p', 6, 1000);
ASSERT VALUES r (id, x, c, rowtime) VALUES (1, NULL, 6, 1000);
ASSERT VALUES r (id, x, c, rowtime) VALUES (1, 'q', 6, 1000);
ASSERT VALUES r (id, x, c, rowtime) VALUES (3, 'z', 8, 1002);

--@test: table functions: several go side by side, the shorter filled with NULL
CREATE STREAM s (id INT KEY, a ARRAY<INT>, b ARRAY<STRING>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, EXPLODE(a) AS x, EXPLODE(b) AS y FROM s;
INSERT INTO s VALUES (1, ARRAY[1, 2, 3], ARRAY['p']);
INSERT INTO s VALUES (2, NULL, ARRAY['q', 'r']);
ASSERT VALUES r (id, x, y) VALUES (1, 1, 'p');
ASSERT VALUES r (id, x, y) VALUES (1, 2, NULL);
ASSERT VALUES r (id, x, y) VALUES (1, 3, NULL);
ASSERT VALUES r (id, x, y) VALUES (2, NULL, 'q');
ASSERT VALUES r (id, x, y) VALUES (2, NULL, 'r');

--@test: table functions: inside and around expressions, behind WHERE
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, EXPLODE(TRANSFORM(a, x => x * 2)) + 1 AS x, UCASE(EXPLODE(SPLIT('u,v', ','))) AS y FROM s WHERE ARRAY_LENGTH(a) > 1;
INSERT INTO s VALUES (1, ARRAY[1]);
INSERT INTO s VALUES (2, ARRAY[1, 2]);
ASSERT VALUES r (id, x, y) VALUES (2, 3, 'U');
ASSERT VALUES r (id, x, y) VALUES (2, 5, 'V');

--@test: table functions: CUBE_EXPLODE gives every combination with NULL
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CUBE_EXPLODE(ARRAY[a, b]) AS c FROM s;
INSERT INTO s VALUES (1, 1, 2);
INSERT INTO s VALUES (2, NULL, 2);
ASSERT VALUES r (id, c) VALUES (1, ARRAY[CAST(NULL AS INT), CAST(NULL AS INT)]);
ASSERT VALUES r (id, c) VALUES (1, ARRAY[CAST(NULL AS INT), 2]);
ASSERT VALUES r (id, c) VALUES (1, ARRAY[1, NULL]);
ASSERT VALUES r (id, c) VALUES (1, ARRAY[1, 2]);
ASSERT VALUES r (id, c) VALUES (2, ARRAY[CAST(NULL AS INT), CAST(NULL AS INT)]);
ASSERT VALUES r (id, c) VALUES (2, ARRAY[CAST(NULL AS INT), 2]);

--@test: table functions: not on tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Table source is not supported with table functions
CREATE TABLE t (id INT PRIMARY KEY, a ARRAY<INT>) WITH (kafka_topic='t', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, EXPLODE(a) AS x FROM t;

--@test: table functions: not with aggregates
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Table functions cannot be used with aggregations.
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, EXPLODE(a) AS x, COUNT(*) AS n FROM s GROUP BY id;

--@test: table functions: not inside one another
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Table functions cannot be nested: `EXPLODE`(`EXPLODE`())
CREATE STREAM s (id INT KEY, a ARRAY<ARRAY<INT>>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, EXPLODE(EXPLODE(a)) AS x FROM s;

--@test: table functions: not in CASE
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Table functions cannot be used in CASE: (CASE WHEN
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CASE WHEN id = 1 THEN EXPLODE(a) END AS x FROM s;
