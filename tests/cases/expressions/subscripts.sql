-- array[n] from one, from the end with a minus; map['key'].

--@test: subscripts: arrays count from one, and from the end with a minus
CREATE STREAM s (id INT KEY, a ARRAY<STRING>, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a[1] AS first, a[3] AS third, a[-1] AS last, a[-3] AS third_last, a[0] AS zero, a[n] AS nth, a[n + 1] AS next FROM s;
ASSERT STREAM r (id INT KEY, first STRING, third STRING, last STRING, third_last STRING, zero STRING, nth STRING, next STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, ARRAY['x', 'y', 'z'], 2);
INSERT INTO s VALUES (2, ARRAY['x'], 1);
INSERT INTO s VALUES (3, ARRAY['x', NULL], NULL);
INSERT INTO s VALUES (4, NULL, 1);
ASSERT VALUES r (id, first, third, last, third_last, zero, nth, next) VALUES (1, 'x', 'z', 'z', 'x', NULL, 'y', 'z');
ASSERT VALUES r (id, first, third, last, third_last, zero, nth, next) VALUES (2, 'x', NULL, 'x', NULL, NULL, 'x', NULL);
ASSERT VALUES r (id, first, third, last, third_last, zero, nth, next) VALUES (3, 'x', NULL, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, first, third, last, third_last, zero, nth, next) VALUES (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: subscripts: maps by key
CREATE STREAM s (id INT KEY, m MAP<STRING, INT>, k STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, m['a'] AS a, m['A'] AS upper, m[k] AS by_column FROM s;
ASSERT STREAM r (id INT KEY, a INT, upper INT, by_column INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, MAP('a':=1, 'b':=2), 'b');
INSERT INTO s VALUES (2, MAP('a':=1), NULL);
INSERT INTO s VALUES (3, NULL, 'a');
ASSERT VALUES r (id, a, upper, by_column) VALUES (1, 1, NULL, 2);
ASSERT VALUES r (id, a, upper, by_column) VALUES (2, 1, NULL, NULL);
ASSERT VALUES r (id, a, upper, by_column) VALUES (3, NULL, NULL, NULL);

--@test: subscripts: nested, and on what a function gives
CREATE STREAM s (id INT KEY, a ARRAY<ARRAY<INT>>, m MAP<STRING, ARRAY<STRUCT<f INT>>>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a[2][1] AS v, m['x'][-1]->f AS f, SPLIT('p,q', ',')[2] AS q FROM s;
INSERT INTO s VALUES (1, ARRAY[ARRAY[1, 2], ARRAY[3]], MAP('x':=ARRAY[STRUCT(f:=7)]));
INSERT INTO s VALUES (2, ARRAY[ARRAY[1, 2]], MAP('y':=ARRAY[STRUCT(f:=7)]));
ASSERT VALUES r (id, v, f, q) VALUES (1, 3, 7, 'q');
ASSERT VALUES r (id, v, f, q) VALUES (2, NULL, NULL, 'q');
