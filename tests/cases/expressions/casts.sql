-- CAST, by the type that goes in.

--@test: casts: from BOOLEAN
CREATE STREAM s (id INT KEY, a BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS STRING) AS t, CAST(a AS BOOLEAN) AS b FROM s;
INSERT INTO s VALUES (1, true);
INSERT INTO s VALUES (2, false);
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, t, b) VALUES (1, 'true', true);
ASSERT VALUES r (id, t, b) VALUES (2, 'false', false);
ASSERT VALUES r (id, t, b) VALUES (3, NULL, NULL);

--@test: casts: from INTEGER and BIGINT
CREATE STREAM s (id INT KEY, i INT, b BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(i AS BIGINT) AS ib, CAST(i AS DOUBLE) AS f1, CAST(i AS DECIMAL(5,2)) AS d1, CAST(i AS STRING) AS t1,
  CAST(b AS INT) AS bi, CAST(b AS DOUBLE) AS f2, CAST(b AS DECIMAL(12,1)) AS d2, CAST(b AS STRING) AS t2 FROM s;
ASSERT STREAM r (id INT KEY, ib BIGINT, f1 DOUBLE, d1 DECIMAL(5,2), t1 STRING, bi INT, f2 DOUBLE, d2 DECIMAL(12,1), t2 STRING) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 7, -7);
INSERT INTO s VALUES (2, 1000, 4294967297);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, ib, f1, d1, t1, bi, f2, d2, t2) VALUES (1, 7, 7.0, 7.00, '7', -7, -7.0, -7.0, '-7');
ASSERT VALUES r (id, ib, f1, d1, t1, bi, f2, d2, t2) VALUES (2, 1000, 1000.0, NULL, '1000', 1, 4294967297.0, 4294967297.0, '4294967297');
ASSERT VALUES r (id, ib, f1, d1, t1, bi, f2, d2, t2) VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: casts: from DOUBLE
CREATE STREAM s (id INT KEY, a DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS INT) AS i, CAST(a AS BIGINT) AS b, CAST(a AS DECIMAL(4,1)) AS d, CAST(a AS STRING) AS t FROM s;
INSERT INTO s VALUES (1, 2.75);
INSERT INTO s VALUES (2, -2.75);
INSERT INTO s VALUES (3, 1E10);
INSERT INTO s VALUES (4, 0.0001);
INSERT INTO s VALUES (5, 100.0);
INSERT INTO s VALUES (6, 0.25);
INSERT INTO s VALUES (7, -1E30);
ASSERT VALUES r (id, i, b, d, t) VALUES (1, 2, 2, 2.8, '2.75');
ASSERT VALUES r (id, i, b, d, t) VALUES (2, -2, -2, -2.8, '-2.75');
ASSERT VALUES r (id, i, b, d, t) VALUES (3, 2147483647, 10000000000, NULL, '1.0E10');
ASSERT VALUES r (id, i, b, d, t) VALUES (4, 0, 0, 0.0, '1.0E-4');
ASSERT VALUES r (id, i, b, d, t) VALUES (5, 100, 100, 100.0, '100.0');
ASSERT VALUES r (id, i, b, d, t) VALUES (6, 0, 0, 0.3, '0.25');
ASSERT VALUES r (id, i, b, d, t) VALUES (7, -2147483648, -9223372036854775808, NULL, '-1.0E30');

--@test: casts: from DECIMAL
CREATE STREAM s (id INT KEY, a DECIMAL(6,3)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS INT) AS i, CAST(a AS BIGINT) AS b, CAST(a AS DOUBLE) AS f, CAST(a AS DECIMAL(3,1)) AS d, CAST(a AS STRING) AS t FROM s;
INSERT INTO s VALUES (1, 12.345);
INSERT INTO s VALUES (2, -12.350);
INSERT INTO s VALUES (3, 120.000);
ASSERT VALUES r (id, i, b, f, d, t) VALUES (1, 12, 12, 12.345, 12.3, '12.345');
ASSERT VALUES r (id, i, b, f, d, t) VALUES (2, -12, -12, -12.35, -12.4, '-12.350');
ASSERT VALUES r (id, i, b, f, d, t) VALUES (3, 120, 120, 120.0, NULL, '120.000');

--@test: casts: from STRING to numbers
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS INT) AS i, CAST(a AS BIGINT) AS b, CAST(a AS DOUBLE) AS f, CAST(a AS DECIMAL(5,2)) AS d FROM s;
INSERT INTO s VALUES (1, '12');
INSERT INTO s VALUES (2, ' -7 ');
INSERT INTO s VALUES (3, '1.125');
INSERT INTO s VALUES (4, '4294967296');
INSERT INTO s VALUES (5, 'twelve');
INSERT INTO s VALUES (6, '');
INSERT INTO s VALUES (7, NULL);
INSERT INTO s VALUES (8, '1e2');
ASSERT VALUES r (id, i, b, f, d) VALUES (1, 12, 12, 12.0, 12.00);
ASSERT VALUES r (id, i, b, f, d) VALUES (2, -7, -7, -7.0, -7.00);
ASSERT VALUES r (id, i, b, f, d) VALUES (3, NULL, NULL, 1.125, 1.13);
ASSERT VALUES r (id, i, b, f, d) VALUES (4, NULL, 4294967296, 4294967296.0, NULL);
ASSERT VALUES r (id, i, b, f, d) VALUES (5, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, i, b, f, d) VALUES (6, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, i, b, f, d) VALUES (7, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, i, b, f, d) VALUES (8, NULL, NULL, 100.0, 100.00);

--@test: casts: from STRING to BOOLEAN any beginning of true or yes is true
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS BOOLEAN) AS b FROM s;
INSERT INTO s VALUES (1, 'TRUE');
INSERT INTO s VALUES (2, 't');
INSERT INTO s VALUES (3, 'ye');
INSERT INTO s VALUES (4, 'truth');
INSERT INTO s VALUES (5, '1');
INSERT INTO s VALUES (6, '');
INSERT INTO s VALUES (7, ' yes ');
INSERT INTO s VALUES (8, NULL);
ASSERT VALUES r (id, b) VALUES (1, true);
ASSERT VALUES r (id, b) VALUES (2, true);
ASSERT VALUES r (id, b) VALUES (3, true);
ASSERT VALUES r (id, b) VALUES (4, false);
ASSERT VALUES r (id, b) VALUES (5, false);
ASSERT VALUES r (id, b) VALUES (6, false);
ASSERT VALUES r (id, b) VALUES (7, true);
ASSERT VALUES r (id, b) VALUES (8, NULL);

--@test: casts: between STRING and the types of time
CREATE STREAM s (id INT KEY, d STRING, t STRING, ts STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM typed AS SELECT id, CAST(d AS DATE) AS d, CAST(t AS TIME) AS t, CAST(ts AS TIMESTAMP) AS ts FROM s;
CREATE STREAM texts AS SELECT id, CAST(d AS STRING) AS d, CAST(t AS STRING) AS t, CAST(ts AS STRING) AS ts FROM typed;
ASSERT STREAM typed (id INT KEY, d DATE, t TIME, ts TIMESTAMP) WITH (kafka_topic='TYPED', format='JSON');
INSERT INTO s VALUES (1, '2024-02-29', '23:59:58', '2024-02-29T01:02:03.004');
INSERT INTO s VALUES (2, '2024', '10:00', '2024');
INSERT INTO s VALUES (3, 'today', '25:00', '2024-13-01T00:00:00');
INSERT INTO s VALUES (4, '2024-05', '10:00:00.5', '2024-02-29T10:00:00.000+0200');
ASSERT VALUES typed (id, d, t, ts) VALUES (1, '2024-02-29', '23:59:58', '2024-02-29T01:02:03.004');
ASSERT VALUES typed (id, d, t, ts) VALUES (2, '2024-01-01', '10:00:00', '2024-01-01T00:00:00.000');
ASSERT VALUES typed (id, d, t, ts) VALUES (3, NULL, NULL, NULL);
ASSERT VALUES typed (id, d, t, ts) VALUES (4, '2024-05-01', '10:00:00.5', '2024-02-29T08:00:00.000');
ASSERT VALUES texts (id, d, t, ts) VALUES (1, '2024-02-29', '23:59:58', '2024-02-29T01:02:03.004');
ASSERT VALUES texts (id, d, t, ts) VALUES (2, '2024-01-01', '10:00', '2024-01-01T00:00:00.000');
ASSERT VALUES texts (id, d, t, ts) VALUES (3, NULL, NULL, NULL);
ASSERT VALUES texts (id, d, t, ts) VALUES (4, '2024-05-01', '10:00', '2024-02-29T08:00:00.000');

--@test: casts: between the types of time
CREATE STREAM s (id INT KEY, d DATE, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(ts AS DATE) AS d, CAST(ts AS TIME) AS t, CAST(d AS TIMESTAMP) AS ts FROM s;
INSERT INTO s VALUES (1, '2024-02-29', '2024-03-01T10:20:30.400');
ASSERT VALUES r (id, d, t, ts) VALUES (1, '2024-03-01', '10:20:30.4', '2024-02-29T00:00:00.000');

--@test: casts: arrays, maps and structs element by element
CREATE STREAM s (id INT KEY, a ARRAY<STRING>, m MAP<STRING, INT>, t STRUCT<x STRING, y INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS ARRAY<INT>) AS a, CAST(m AS MAP<STRING, STRING>) AS m, CAST(t AS STRUCT<x INT, z INT>) AS t FROM s;
ASSERT STREAM r (id INT KEY, a ARRAY<INT>, m MAP<STRING, STRING>, t STRUCT<x INT, z INT>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, ARRAY['1', NULL, '3'], MAP('k':=5), STRUCT(x:='7', y:=8));
INSERT INTO s VALUES (2, NULL, NULL, NULL);
ASSERT VALUES r (id, a, m, t) VALUES (1, ARRAY[1, NULL, 3], MAP('k':='5'), STRUCT(x:=7, z:=CAST(NULL AS INT)));
ASSERT VALUES r (id, a, m, t) VALUES (2, NULL, NULL, NULL);

--@test: casts: arrays, maps and structs as Java writes them
CREATE STREAM s (id INT KEY, a ARRAY<DOUBLE>, m MAP<STRING, BOOLEAN>, t STRUCT<x STRING, y INT>) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS STRING) AS a, CAST(m AS STRING) AS m, CAST(t AS STRING) AS t FROM s;
INSERT INTO s VALUES (1, ARRAY[1.0, NULL], MAP('k':=true), STRUCT(x:='v', y:=8));
ASSERT VALUES r (id, a, m, t) VALUES (1, '[1.0, null]', '{k=true}', 'Struct{X=v,Y=8}');

--@test: casts: a failing cast is NULL for the function around it
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, COALESCE(CAST(a AS INT), 0) AS v, CAST(a AS INT) + 1 AS w FROM s;
INSERT INTO s VALUES (1, '5');
INSERT INTO s VALUES (2, 'five');
ASSERT VALUES r (id, v, w) VALUES (1, 5, 6);
ASSERT VALUES r (id, v, w) VALUES (2, 0, NULL);

--@test: casts: what cannot be cast
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cast of BOOLEAN to INTEGER is not supported
CREATE STREAM s (id INT KEY, a BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS INT) AS v FROM s;

--@test: casts: a type that nobody has made
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot resolve unknown type: NOWHERE
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(a AS NOWHERE) AS v FROM s;
