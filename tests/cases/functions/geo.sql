-- GEO_DISTANCE.

--@test: geo: kilometres and miles, half NULL is NULL
CREATE STREAM s (id INT KEY, a DOUBLE, b DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  GEO_DISTANCE(a, b, a, b) AS e1,
  GEO_DISTANCE(0.0, 0.0, 0.0, 180.0) > 20000 AS e2,
  GEO_DISTANCE(0.0, 0.0, 0.0, 180.0, 'MILES') < 12500 AS e3
  FROM s;
INSERT INTO s VALUES (1, 37.7749, -122.4194);
INSERT INTO s VALUES (2, 0.0, 0.0);
INSERT INTO s VALUES (3, NULL, 0.0);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, 0.0, true, true);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, 0.0, true, true);
ASSERT VALUES r (id, e1, e2, e3) VALUES (3, NULL, true, true);

--@test: geo: a latitude that there is not
CREATE STREAM s (id INT KEY, a DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  GEO_DISTANCE(a, 0.0, 0.0, 0.0) AS e1
  FROM s;
INSERT INTO s VALUES (1, 91.0);
ASSERT VALUES r (id, e1) VALUES (1, NULL);
