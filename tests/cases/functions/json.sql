-- JSON in texts.

--@test: json: fields by path
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  EXTRACTJSONFIELD(a, '$.x.y[0]') AS e1,
  EXTRACTJSONFIELD(a, '$.x.y[1]') AS e2,
  EXTRACTJSONFIELD(a, '$.x') AS e3,
  EXTRACTJSONFIELD(a, '$.nothing') AS e4,
  IS_JSON_STRING(a) AS e5
  FROM s;
INSERT INTO s VALUES (1, '{"x": {"y": [1, "two", null]}, "z": 1.50}');
INSERT INTO s VALUES (2, '[1]');
INSERT INTO s VALUES (3, 'no');
INSERT INTO s VALUES (4, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (1, '1', 'two', '{"y":[1,"two",null]}', NULL, true);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (2, NULL, NULL, NULL, NULL, true);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (3, NULL, NULL, NULL, NULL, false);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (4, NULL, NULL, NULL, NULL, false);

--@test: json: arrays and objects
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  JSON_ARRAY_LENGTH(a) AS e1,
  JSON_ARRAY_CONTAINS(a, 2) AS e2,
  JSON_ARRAY_CONTAINS(a, 'x') AS e3,
  JSON_KEYS(a) AS e4,
  JSON_RECORDS(a) AS e5,
  JSON_ITEMS(a) AS e6
  FROM s;
INSERT INTO s VALUES (1, '[1, 2, "x"]');
INSERT INTO s VALUES (2, '{"b": 1, "a": "t"}');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (1, 3, true, true, NULL, NULL, ARRAY['1', '2', '"x"']);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (2, NULL, false, false, ARRAY['b', 'a'], MAP('b':='1', 'a':='t'), NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: json: written
CREATE STREAM s (id INT KEY, a INT, t STRING, d DECIMAL(4,2), u ARRAY<INT>, m STRUCT<f INT, g STRING>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  TO_JSON_STRING(a) AS e1,
  TO_JSON_STRING(t) AS e2,
  TO_JSON_STRING(d) AS e3,
  TO_JSON_STRING(u) AS e4,
  TO_JSON_STRING(m) AS e5
  FROM s;
INSERT INTO s VALUES (1, 1, 'x"', 1.50, ARRAY[1, NULL], STRUCT(f:=1, g:='y'));
INSERT INTO s VALUES (2, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (1, '1', '"x\""', '1.50', '[1,null]', '{"F":1,"G":"y"}');
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (2, 'null', 'null', 'null', 'null', 'null');

--@test: json: joined
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  JSON_CONCAT(a, b) AS e1
  FROM s;
INSERT INTO s VALUES (1, '{"x": 1, "y": 2}', '{"y": 3}');
INSERT INTO s VALUES (2, '[1]', '[2, 3]');
INSERT INTO s VALUES (3, '{"x": 1}', '2');
INSERT INTO s VALUES (4, '[]', NULL);
ASSERT VALUES r (id, e1) VALUES (1, '{"x":1,"y":3}');
ASSERT VALUES r (id, e1) VALUES (2, '[1,2,3]');
ASSERT VALUES r (id, e1) VALUES (3, '[{"x":1},2]');
ASSERT VALUES r (id, e1) VALUES (4, NULL);

--@test: json: JSON_CONCAT of nothing is NULL
CREATE STREAM s (id INT KEY) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, JSON_CONCAT() AS a FROM s;
INSERT INTO s VALUES (1);
ASSERT VALUES r (id, a) VALUES (1, NULL);
