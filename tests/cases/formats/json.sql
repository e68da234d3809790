-- JSON: objects, or bare values where there is one column.

--@test: json: one column without an object round it
CREATE STREAM s (id INT KEY, v ARRAY<INT>) WITH (kafka_topic='s', format='JSON', partitions=1, wrap_single_value=false);
CREATE STREAM r WITH (wrap_single_value=true) AS SELECT * FROM s;
ASSERT STREAM s (id INT KEY, v ARRAY<INT>) WITH (kafka_topic='s', format='JSON', wrap_single_value=false);
INSERT INTO s VALUES (1, ARRAY[1, 2]);
ASSERT VALUES r (id, v) VALUES (1, ARRAY[1, 2]);

--@test: json: structured keys
CREATE STREAM s (k STRUCT<a INT, b STRING> KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, SUM(v) AS total FROM s GROUP BY k;
INSERT INTO s VALUES (STRUCT(a:=1, b:='x'), 2);
INSERT INTO s VALUES (STRUCT(a:=1, b:='x'), 3);
ASSERT VALUES r (k, total) VALUES (STRUCT(a:=1, b:='x'), 2);
ASSERT VALUES r (k, total) VALUES (STRUCT(a:=1, b:='x'), 5);

--@test: json: no maps in keys
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Map keys, including types that contain maps, are not supported as they may lead to unexpected behavior
CREATE STREAM s (k MAP<STRING, INT> KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: json: WRAP_SINGLE_VALUE is for one column
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: 'WRAP_SINGLE_VALUE' is only valid for single-field value schemas
CREATE STREAM s (id INT KEY, v INT, w INT) WITH (kafka_topic='s', format='JSON', partitions=1, wrap_single_value=false);
