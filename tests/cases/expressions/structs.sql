-- struct->field, struct->*, STRUCT().

--@test: structs: fields, and fields of fields
CREATE STREAM s (id INT KEY, t STRUCT<a INT, u STRUCT<b STRING, `c` STRING>>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, t->a, t->u->b AS b, t->u->`c` AS c, t->u FROM s;
ASSERT STREAM r (id INT KEY, a INT, b STRING, c STRING, u STRUCT<b STRING, `c` STRING>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, STRUCT(a:=1, u:=STRUCT(b:='x', `c`:='y')));
INSERT INTO s VALUES (2, STRUCT(a:=2));
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, a, b, c, u) VALUES (1, 1, 'x', 'y', STRUCT(b:='x', `c`:='y'));
ASSERT VALUES r (id, a, b, c, u) VALUES (2, 2, NULL, NULL, NULL);
ASSERT VALUES r (id, a, b, c, u) VALUES (3, NULL, NULL, NULL, NULL);

--@test: structs: the star takes the fields out
CREATE STREAM s (id INT KEY, t STRUCT<a INT, b STRING>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, t->* FROM s;
ASSERT STREAM r (id INT KEY, a INT, b STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, STRUCT(a:=1, b:='x'));
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, a, b) VALUES (1, 1, 'x');
ASSERT VALUES r (id, a, b) VALUES (2, NULL, NULL);

--@test: structs: made from expressions
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, STRUCT(f:=a + 1, g:=b, h:=STRUCT(i:=a)) AS t, STRUCT(f:=a)->f AS f FROM s;
ASSERT STREAM r (id INT KEY, t STRUCT<f INT, g STRING, h STRUCT<i INT>>, f INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1, 'x');
INSERT INTO s VALUES (2, NULL, NULL);
ASSERT VALUES r (id, t, f) VALUES (1, STRUCT(f:=2, g:='x', h:=STRUCT(i:=1)), 1);
ASSERT VALUES r (id, t, f) VALUES (2, STRUCT(f:=CAST(NULL AS INT), g:=CAST(NULL AS STRING), h:=STRUCT(i:=CAST(NULL AS INT))), NULL);

--@test: structs: unnamed fields of the same name are counted
CREATE STREAM s (id INT KEY, t STRUCT<a INT>, u STRUCT<a INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, t->a, u->a FROM s;
ASSERT STREAM r (id INT KEY, a INT, a_1 INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, STRUCT(a:=1), STRUCT(a:=2));
ASSERT VALUES r (id, a, a_1) VALUES (1, 1, 2);

--@test: structs: a field that is not there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Could not find field 'B' in 'T'.
CREATE STREAM s (id INT KEY, t STRUCT<a INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, t->b FROM s;

--@test: structs: the same field twice
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Duplicate field names found in STRUCT
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, STRUCT(f:=a, f:=a) AS t FROM s;
