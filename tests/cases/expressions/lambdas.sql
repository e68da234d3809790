-- x => expression in TRANSFORM, FILTER and REDUCE.

--@test: lambdas: over arrays
CREATE STREAM s (id INT KEY, a ARRAY<INT>, f INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, TRANSFORM(a, x => x * f) AS t, FILTER(a, x => x > 1) AS k, REDUCE(a, 0, (acc, x) => acc + x) AS total FROM s;
ASSERT STREAM r (id INT KEY, t ARRAY<INT>, k ARRAY<INT>, total INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, ARRAY[1, 2, 3], 10);
INSERT INTO s VALUES (2, NULL, 10);
ASSERT VALUES r (id, t, k, total) VALUES (1, ARRAY[10, 20, 30], ARRAY[2, 3], 6);
ASSERT VALUES r (id, t, k, total) VALUES (2, NULL, NULL, 0);

--@test: lambdas: over maps
CREATE STREAM s (id INT KEY, m MAP<STRING, INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, TRANSFORM(m, (k, v) => UCASE(k), (k, v) => v + 1) AS t, FILTER(m, (k, v) => k = 'a' OR v = 2) AS f,
  REDUCE(m, 100, (acc, k, v) => acc + v + LEN(k)) AS total FROM s;
INSERT INTO s VALUES (1, MAP('a':=1, 'b':=2, 'c':=3));
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, t, f, total) VALUES (1, MAP('A':=2, 'B':=3, 'C':=4), MAP('a':=1, 'b':=2), 109);
ASSERT VALUES r (id, t, f, total) VALUES (2, NULL, NULL, 100);

--@test: lambdas: inside one another
CREATE STREAM s (id INT KEY, a ARRAY<ARRAY<INT>>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, TRANSFORM(a, x => TRANSFORM(x, y => y + ARRAY_LENGTH(x))) AS t FROM s;
INSERT INTO s VALUES (1, ARRAY[ARRAY[1, 2], ARRAY[3]]);
ASSERT VALUES r (id, t) VALUES (1, ARRAY[ARRAY[3, 4], ARRAY[4]]);

--@test: lambdas: an error in one element fails the whole call
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, TRANSFORM(a, x => 10 / x) AS t FROM s;
INSERT INTO s VALUES (1, ARRAY[1, 2]);
INSERT INTO s VALUES (2, ARRAY[1, 0]);
ASSERT VALUES r (id, t) VALUES (1, ARRAY[10, 5]);
ASSERT VALUES r (id, t) VALUES (2, NULL);

--@test: lambdas: a parameter may not bear a column's name
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Lambda
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, TRANSFORM(a, (x, x) => x) AS t FROM s;
