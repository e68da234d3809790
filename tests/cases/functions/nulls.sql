-- COALESCE, IFNULL, NULLIF, AS_VALUE.

--@test: nulls: the first that is there
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  COALESCE(a, b, 0) AS e1,
  IFNULL(a, b) AS e2,
  NULLIF(a, 1) AS e3,
  NULLIF(b, 1) AS e4
  FROM s;
INSERT INTO s VALUES (1, 1, 2);
INSERT INTO s VALUES (2, NULL, 2);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, 1, 1, NULL, 2);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, 2, 2, NULL, 2);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (3, 0, NULL, NULL, NULL);

--@test: nulls: of one type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Function 'COALESCE' does not accept parameters (INTEGER, STRING).
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, COALESCE(a, b) AS v FROM s;
