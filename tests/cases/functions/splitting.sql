-- Texts taken apart.

--@test: splitting: SPLIT
CREATE STREAM s (id INT KEY, a STRING, d STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  SPLIT(a, d) AS e1
  FROM s;
INSERT INTO s VALUES (1, 'a,b,,c', ',');
INSERT INTO s VALUES (2, 'abc', '');
INSERT INTO s VALUES (3, '', ',');
INSERT INTO s VALUES (4, 'abc', ';');
INSERT INTO s VALUES (5, NULL, ',');
INSERT INTO s VALUES (6, 'a', NULL);
ASSERT VALUES r (id, e1) VALUES (1, ARRAY['a', 'b', '', 'c']);
ASSERT VALUES r (id, e1) VALUES (2, ARRAY['a', 'b', 'c']);
ASSERT VALUES r (id, e1) VALUES (3, ARRAY['']);
ASSERT VALUES r (id, e1) VALUES (4, ARRAY['abc']);
ASSERT VALUES r (id, e1) VALUES (5, NULL);
ASSERT VALUES r (id, e1) VALUES (6, NULL);

--@test: splitting: SPLIT_TO_MAP
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  SPLIT_TO_MAP(a, ';', '=') AS e1
  FROM s;
INSERT INTO s VALUES (1, 'k=v;l=w;nothing;k=x');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1) VALUES (1, MAP('k':='x', 'l':='w'));
ASSERT VALUES r (id, e1) VALUES (3, NULL);

--@test: splitting: REGEXP_SPLIT_TO_ARRAY
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  REGEXP_SPLIT_TO_ARRAY(a, '[0-9]+') AS e1
  FROM s;
INSERT INTO s VALUES (1, 'a1b22c');
INSERT INTO s VALUES (2, '1a');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1) VALUES (1, ARRAY['a', 'b', 'c']);
ASSERT VALUES r (id, e1) VALUES (2, ARRAY['', 'a']);
ASSERT VALUES r (id, e1) VALUES (3, NULL);
