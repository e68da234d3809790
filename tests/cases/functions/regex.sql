-- Regular expressions in Java's dialect; the pattern stands first in REGEXP_EXTRACT.

--@test: regex: REGEXP_EXTRACT
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  REGEXP_EXTRACT('[0-9]+', a) AS e1,
  REGEXP_EXTRACT('([0-9]+)-([0-9]+)', a, 2) AS e2,
  REGEXP_EXTRACT('([0-9]+)', a, 5) AS e3
  FROM s;
INSERT INTO s VALUES (1, 'order-12-34');
INSERT INTO s VALUES (2, 'none');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, '12', '34', NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (3, NULL, NULL, NULL);

--@test: regex: REGEXP_EXTRACT_ALL
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  REGEXP_EXTRACT_ALL('[0-9]+', a) AS e1,
  REGEXP_EXTRACT_ALL('([0-9])([0-9])', a, 2) AS e2
  FROM s;
INSERT INTO s VALUES (1, 'order-12-34');
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (1, ARRAY['12', '34'], ARRAY['2', '4']);
ASSERT VALUES r (id, e1, e2) VALUES (2, NULL, NULL);

--@test: regex: REGEXP_REPLACE
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  REGEXP_REPLACE(a, '([0-9])([0-9])', '$2$1') AS e1,
  REGEXP_REPLACE(a, '[', 'x') AS e2
  FROM s;
INSERT INTO s VALUES (1, 'order-12-34');
INSERT INTO s VALUES (2, 'none');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (1, 'order-21-43', NULL);
ASSERT VALUES r (id, e1, e2) VALUES (2, 'none', NULL);
ASSERT VALUES r (id, e1, e2) VALUES (3, NULL, NULL);

--@test: regex: possessive quantifiers and named groups
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  REGEXP_EXTRACT('a++a', a) AS e1,
  REGEXP_EXTRACT('(?<x>a)b', a, 1) AS e2
  FROM s;
INSERT INTO s VALUES (1, 'aaa');
INSERT INTO s VALUES (2, 'aab');
ASSERT VALUES r (id, e1, e2) VALUES (1, NULL, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (2, NULL, 'a');
