-- What a ksqlDB made of these is in schemas.json: `minisql record schemas.sql --url URL -o schemas.json`.

--@test: Avro, declared and out of the registry
CREATE TYPE point AS STRUCT<x INT, y DOUBLE>;
CREATE STREAM s (id INT KEY, name STRING, spot point, tags ARRAY<STRING>, m MAP<STRING, BIGINT>, d DECIMAL(6, 2), day DATE, b BYTES)
  WITH (kafka_topic='s', key_format='KAFKA', value_format='AVRO', partitions=1);
CREATE STREAM inferred WITH (kafka_topic='s', value_format='AVRO', key_format='KAFKA');
CREATE STREAM c AS SELECT id, spot->x AS x, m['k'] AS k, tags, d + 1 AS d, day, b FROM s;
CREATE STREAM from_c WITH (kafka_topic='C', value_format='AVRO');
INSERT INTO s (id, name, spot, tags, m, d, day, b, rowtime)
  VALUES (1, 'ann', STRUCT(x := 1, y := 0.5), ARRAY['a', NULL], MAP('k' := 5), -1.50, '2020-02-29', 'AQI=', 1);
INSERT INTO s (id, rowtime) VALUES (2, 2);
DESCRIBE inferred;
SELECT * FROM c;

--@test: Protobuf has no nulls but by wrappers
CREATE STREAM s (id INT KEY, name STRING, n INT, o BOOLEAN, inner STRUCT<a INT, t ARRAY<STRING>>, ts TIMESTAMP)
  WITH (kafka_topic='s', key_format='KAFKA', value_format='PROTOBUF', partitions=1);
CREATE STREAM c WITH (value_format='JSON') AS SELECT id, name, n, o, inner, ts FROM s;
CREATE STREAM nullable WITH (value_format='PROTOBUF_NOSR') AS SELECT id, name, n FROM c;
CREATE STREAM wrapped WITH (value_format='PROTOBUF', value_protobuf_nullable_representation='WRAPPER') AS SELECT id, name, n FROM c;
INSERT INTO s (id, name, n, o, inner, ts, rowtime)
  VALUES (1, 'é', -7, TRUE, STRUCT(a := 1, t := ARRAY['x']), '2020-01-02T03:04:05.678', 1);
INSERT INTO s (id, rowtime) VALUES (2, 2);
SELECT * FROM c;

--@test: JSON with a schema, keys too, and other names of fields
CREATE STREAM s (k STRUCT<a INT, b STRING> KEY, `lower` INT, `Two Words` STRING) WITH (kafka_topic='s', format='JSON_SR', partitions=1);
CREATE STREAM c AS SELECT k->b AS b, k->a AS a, `lower` + 1 AS `up`, `Two Words` FROM s PARTITION BY k->b;
INSERT INTO s (k, `lower`, `Two Words`, rowtime) VALUES (STRUCT(a := 1, b := 'x'), 1, 'y', 1);
INSERT INTO s (k, `lower`, rowtime) VALUES (STRUCT(a := 2, b := CAST(NULL AS STRING)), 2, 2);
DESCRIBE c;
SELECT * FROM c;

--@test: keys of formats
CREATE STREAM s (a INT KEY, b STRING KEY, v DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM d WITH (key_format='DELIMITED', value_format='DELIMITED') AS SELECT * FROM s;
CREATE TABLE counted WITH (key_format='AVRO') AS SELECT a, b, COUNT(*) AS n FROM s GROUP BY a, b;
CREATE STREAM no_key AS SELECT a, b, v FROM s PARTITION BY NULL;
INSERT INTO s (a, b, v, rowtime) VALUES (1, 'x,"y"', 1e-7, 1);
INSERT INTO s (a, b, v, rowtime) VALUES (1, 'x,"y"', 1e21, 2);
INSERT INTO s (a, v, rowtime) VALUES (2, 0, 3);
SELECT * FROM counted;

--@test: times are texts in answers, and numbers within structs
CREATE STREAM s (k INT KEY, a ARRAY<STRUCT<t TIMESTAMP, m MAP<STRING, TIME>>>, p STRUCT<f TIMESTAMP, d DATE, t TIME, n DECIMAL(4, 2), l ARRAY<DATE>>,
  ts TIMESTAMP, ds MAP<STRING, DATE>) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s (k, a, p, ts, ds, rowtime) VALUES (0,
  ARRAY[STRUCT(t := CAST('2100-12-31T00:00:00.000' AS TIMESTAMP), m := MAP('x' := CAST('10:00:01' AS TIME)))],
  STRUCT(f := CAST('2024-12-31T00:00:00.000' AS TIMESTAMP), d := CAST('2020-01-02' AS DATE), t := CAST('10:00:01.500' AS TIME), n := -0.50, l := ARRAY[CAST('1969-12-31' AS DATE)]),
  '2100-12-31T00:00:00.000', MAP('d' := CAST('2020-01-02' AS DATE)), 1);
SELECT p->d AS d, p->t AS t, p FROM s EMIT CHANGES LIMIT 1;
SELECT * FROM s;
