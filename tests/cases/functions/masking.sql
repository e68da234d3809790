-- MASK and its relatives: X for capitals, x for small letters, n for digits, - for the rest.

--@test: masking: the whole text or a part
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  MASK(a) AS e1,
  MASK_LEFT(a, 4) AS e2,
  MASK_RIGHT(a, 4) AS e3,
  MASK_KEEP_LEFT(a, 4) AS e4,
  MASK_KEEP_RIGHT(a, 4) AS e5
  FROM s;
INSERT INTO s VALUES (1, 'My Card 42!');
INSERT INTO s VALUES (2, '');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (1, 'Xx-Xxxx-nn-', 'Xx-Xard 42!', 'My Card-nn-', 'My Cxxx-nn-', 'Xx-Xxxx 42!');
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (2, '', '', '', '', '');
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (3, NULL, NULL, NULL, NULL, NULL);

--@test: masking: other signs, and NULL to leave a class alone
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  MASK(a, 'U', 'l', 'd', 'o') AS e1,
  MASK(a, 'U', 'l', 'd', CAST(NULL AS STRING)) AS e2
  FROM s;
INSERT INTO s VALUES (1, 'Ab1-');
ASSERT VALUES r (id, e1, e2) VALUES (1, 'Uldo', 'Uld-');

--@test: masking: a negative number fails
CREATE STREAM s (id INT KEY, a STRING, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  MASK_LEFT(a, n) AS e1
  FROM s;
INSERT INTO s VALUES (1, 'abc', -1);
INSERT INTO s VALUES (2, 'abc', NULL);
INSERT INTO s VALUES (3, 'abc', 2);
ASSERT VALUES r (id, e1) VALUES (1, NULL);
ASSERT VALUES r (id, e1) VALUES (2, NULL);
ASSERT VALUES r (id, e1) VALUES (3, 'xxc');
