-- Arrays.

--@test: arrays: length, members, ends
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  ARRAY_LENGTH(a) AS e1,
  ARRAY_CONTAINS(a, 1) AS e2,
  ARRAY_CONTAINS(a, 9) AS e3,
  ARRAY_MAX(a) AS e4,
  ARRAY_MIN(a) AS e5,
  ARRAY_DISTINCT(a) AS e6,
  ARRAY_REMOVE(a, 3) AS e7
  FROM s;
INSERT INTO s VALUES (1, ARRAY[3, 1, 2, 3]);
INSERT INTO s VALUES (2, ARRAY[1, NULL]);
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7) VALUES (1, 4, true, false, 3, 1, ARRAY[3, 1, 2], ARRAY[1, 2]);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7) VALUES (2, 2, true, false, 1, 1, ARRAY[1, NULL], ARRAY[1, NULL]);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7) VALUES (3, NULL, false, false, NULL, NULL, NULL, NULL);

--@test: arrays: sorted up
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY_SORT(a) AS v FROM s;
INSERT INTO s VALUES (1, ARRAY[3, 1, NULL, 3]);
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, v) VALUES (1, ARRAY[1, 3, 3, NULL]);
ASSERT VALUES r (id, v) VALUES (2, NULL);

--@test: arrays: sorted down
CREATE STREAM s (id INT KEY, a ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ARRAY_SORT(a, 'DESC') AS v FROM s;
INSERT INTO s VALUES (1, ARRAY[3, 1, NULL, 3]);
ASSERT VALUES r (id, v) VALUES (1, ARRAY[3, 3, 1, NULL]);

--@test: arrays: the array that is sorted is the column's
CREATE STREAM s (id INT KEY, a ARRAY<INT>, n STRUCT<b ARRAY<INT>>, c ARRAY<ARRAY<INT>>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a, ARRAY_JOIN(a) AS before, ARRAY_SORT(a) AS up, ARRAY_JOIN(a) AS middle, ARRAY_SORT(a, 'DESC') AS down FROM s;
CREATE STREAM f AS SELECT * FROM s WHERE ARRAY_SORT(a)[1] = 1;
CREATE STREAM i AS SELECT id, n, ARRAY_SORT(n->b) AS up, c, TRANSFORM(c, x => ARRAY_SORT(x)) AS t FROM s;
CREATE STREAM u AS SELECT id, a FROM s;
CREATE TABLE l AS SELECT id, ARRAY_SORT(COLLECT_LIST(a[1])) AS up FROM s GROUP BY id;
CREATE STREAM e AS SELECT id, a, EXPLODE(ARRAY_SORT(a)) AS one FROM s;
INSERT INTO s VALUES (1, ARRAY[3, 1, 2, 3], STRUCT(b := ARRAY[2, 1]), ARRAY[ARRAY[5, 4]]);
INSERT INTO s VALUES (1, ARRAY[2, 1], NULL, NULL);
ASSERT VALUES r (id, a, before, up, middle, down) VALUES (1, ARRAY[3, 3, 2, 1], '3,1,2,3', ARRAY[3, 3, 2, 1], '1,2,3,3', ARRAY[3, 3, 2, 1]);
ASSERT VALUES f (id, a) VALUES (1, ARRAY[1, 2, 3, 3]);
ASSERT VALUES i (id, n, up, c, t) VALUES (1, STRUCT(b := ARRAY[1, 2]), ARRAY[1, 2], ARRAY[ARRAY[4, 5]], ARRAY[ARRAY[4, 5]]);
ASSERT VALUES u (id, a) VALUES (1, ARRAY[3, 1, 2, 3]);
ASSERT VALUES l (id, up) VALUES (1, ARRAY[3]);
ASSERT VALUES l (id, up) VALUES (1, ARRAY[2, 3]);
ASSERT VALUES e (id, a, one) VALUES (1, ARRAY[1, 2, 3, 3], 1);

--@test: arrays: as sets
CREATE STREAM s (id INT KEY, a ARRAY<STRING>, b ARRAY<STRING>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  ARRAY_UNION(a, b) AS e1,
  ARRAY_INTERSECT(a, b) AS e2,
  ARRAY_EXCEPT(a, b) AS e3,
  ARRAY_CONCAT(a, b) AS e4
  FROM s;
INSERT INTO s VALUES (1, ARRAY['x', 'y', 'x'], ARRAY['y', 'z']);
INSERT INTO s VALUES (2, ARRAY['x'], NULL);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, ARRAY['x', 'y', 'z'], ARRAY['y'], ARRAY['x'], ARRAY['x', 'y', 'x', 'y', 'z']);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, NULL, NULL, NULL, ARRAY['x']);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (3, NULL, NULL, NULL, NULL);

--@test: arrays: as text
CREATE STREAM s (id INT KEY, a ARRAY<STRING>, n ARRAY<DOUBLE>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  ARRAY_JOIN(a) AS e1,
  ARRAY_JOIN(a, '-') AS e2,
  ARRAY_JOIN(n, '') AS e3
  FROM s;
INSERT INTO s VALUES (1, ARRAY['x', NULL], ARRAY[1.0, 2.5]);
INSERT INTO s VALUES (2, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, 'x,null', 'x-null', '1.02.5');
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, NULL, NULL, NULL);

--@test: arrays: series
CREATE STREAM s (id INT KEY, a INT, b INT, c INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  GENERATE_SERIES(a, b) AS e1,
  GENERATE_SERIES(a, b, c) AS e2
  FROM s;
INSERT INTO s VALUES (1, 1, 4, 2);
INSERT INTO s VALUES (2, 3, 1, -1);
INSERT INTO s VALUES (3, NULL, 1, 1);
ASSERT VALUES r (id, e1, e2) VALUES (1, ARRAY[1, 2, 3, 4], ARRAY[1, 3]);
ASSERT VALUES r (id, e1, e2) VALUES (2, ARRAY[3, 2, 1], ARRAY[3, 2, 1]);
ASSERT VALUES r (id, e1, e2) VALUES (3, NULL, NULL);
