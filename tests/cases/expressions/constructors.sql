-- ARRAY[] and MAP().

--@test: constructors: arrays and maps of columns and literals
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY[a, a + 1, NULL] AS x, MAP('k':=a, b:=2) AS m, ARRAY[ARRAY[1], ARRAY[2, 3]] AS n FROM s;
ASSERT STREAM r (id INT KEY, x ARRAY<INT>, m MAP<STRING, INT>, n ARRAY<ARRAY<INT>>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 5, 'j');
INSERT INTO s VALUES (2, NULL, 'k');
ASSERT VALUES r (id, x, m, n) VALUES (1, ARRAY[5, 6, NULL], MAP('k':=5, 'j':=2), ARRAY[ARRAY[1], ARRAY[2, 3]]);
ASSERT VALUES r (id, x, m, n) VALUES (2, ARRAY[CAST(NULL AS INT), NULL, NULL], MAP('k':=2), ARRAY[ARRAY[1], ARRAY[2, 3]]);

--@test: constructors: elements take a common type
CREATE STREAM s (id INT KEY, a INT, b BIGINT, f DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY[a, b] AS l, ARRAY[a, f] AS d, ARRAY[a, 1.5] AS n, ARRAY[1, '2'] AS t, MAP('x':=a, 'y':=b) AS m FROM s;
ASSERT STREAM r (id INT KEY, l ARRAY<BIGINT>, d ARRAY<DOUBLE>, n ARRAY<DECIMAL(11,1)>, t ARRAY<INT>, m MAP<STRING, BIGINT>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1, 2, 0.5);
ASSERT VALUES r (id, l, d, n, t, m) VALUES (1, ARRAY[1, 2], ARRAY[1.0, 0.5], ARRAY[1.0, 1.5], ARRAY[1, 2], MAP('x':=1, 'y':=2));

--@test: constructors: an element that fails is NULL, the others stay
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY[CAST(a AS INT), 1] AS x, MAP('k':=CAST(a AS INT)) AS m, STRUCT(f:=CAST(a AS INT), g:=1) AS t FROM s;
INSERT INTO s VALUES (1, '7');
INSERT INTO s VALUES (2, 'seven');
ASSERT VALUES r (id, x, m, t) VALUES (1, ARRAY[7, 1], MAP('k':=7), STRUCT(f:=7, g:=1));
ASSERT VALUES r (id, x, m, t) VALUES (2, ARRAY[NULL, 1], MAP('k':=CAST(NULL AS INT)), STRUCT(f:=CAST(NULL AS INT), g:=1));

--@test: constructors: an empty array has no type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Array constructor cannot be empty. Please supply at least one element (see https://github.com/confluentinc/ksql/issues/4239).
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY[] AS x FROM s;

--@test: constructors: an empty map has no type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Map constructor cannot be empty. Please supply at least one key value pair (see https://github.com/confluentinc/ksql/issues/4239).
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, MAP() AS x FROM s;

--@test: constructors: only NULL has no type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot construct an array with all NULL elements (see https://github.com/confluentinc/ksql/issues/4239).
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY[NULL, NULL] AS x FROM s;

--@test: constructors: elements without a common type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: invalid input syntax for type INTEGER: "x"
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY[a, 'x'] AS x FROM s;
