-- Maps.

--@test: maps: keys and values
CREATE STREAM s (id INT KEY, m MAP<STRING, INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  ARRAY_SORT(MAP_KEYS(m)) AS e1,
  ARRAY_SORT(MAP_VALUES(m)) AS e2,
  ENTRIES(m, true) AS e3
  FROM s;
INSERT INTO s VALUES (1, MAP('b':=2, 'a':=1));
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, ARRAY['a', 'b'], ARRAY[1, 2], ARRAY[STRUCT(k:='a', v:=1), STRUCT(k:='b', v:=2)]);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, NULL, NULL, NULL);

--@test: maps: joined, the right one wins
CREATE STREAM s (id INT KEY, m MAP<STRING, INT>, n MAP<STRING, INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  MAP_UNION(m, n) AS e1
  FROM s;
INSERT INTO s VALUES (1, MAP('a':=1, 'b':=2), MAP('b':=3));
INSERT INTO s VALUES (2, MAP('a':=1), NULL);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, e1) VALUES (1, MAP('a':=1, 'b':=3));
ASSERT VALUES r (id, e1) VALUES (2, MAP('a':=1));
ASSERT VALUES r (id, e1) VALUES (3, NULL);

--@test: maps: of two arrays
CREATE STREAM s (id INT KEY, k ARRAY<STRING>, v ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  AS_MAP(k, v) AS e1
  FROM s;
INSERT INTO s VALUES (1, ARRAY['a', 'b'], ARRAY[1, 2]);
INSERT INTO s VALUES (2, ARRAY['a', 'b'], ARRAY[1]);
INSERT INTO s VALUES (3, NULL, ARRAY[1]);
ASSERT VALUES r (id, e1) VALUES (1, MAP('a':=1, 'b':=2));
ASSERT VALUES r (id, e1) VALUES (2, MAP('a':=1, 'b':=CAST(NULL AS INT)));
ASSERT VALUES r (id, e1) VALUES (3, NULL);
