-- Numbers.

--@test: math: signs and bounds
CREATE STREAM s (id INT KEY, i INT, f DOUBLE, d DECIMAL(5,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  ABS(i) AS e1,
  ABS(f) AS e2,
  ABS(d) AS e3,
  SIGN(i) AS e4,
  SIGN(f) AS e5,
  CEIL(f) AS e6,
  FLOOR(f) AS e7,
  CEIL(d) AS e8,
  FLOOR(d) AS e9,
  CEIL(i) AS e10
  FROM s;
INSERT INTO s VALUES (1, -5, -2.5, -2.55);
INSERT INTO s VALUES (2, 0, 0.0, 0.00);
INSERT INTO s VALUES (3, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10) VALUES (1, 5, 2.5, 2.55, -1, -1, -2.0, -3.0, -2.00, -3.00, -5);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10) VALUES (2, 0, 0.0, 0.00, 0, 0, 0.0, 0.0, 0.00, 0.00, 0);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10) VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: math: rounding, a half goes up
CREATE STREAM s (id INT KEY, f DOUBLE, d DECIMAL(6,3)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  ROUND(f) AS e1,
  ROUND(f, 1) AS e2,
  TRUNC(f) AS e3,
  TRUNC(f, 2) AS e4
  FROM s;
INSERT INTO s VALUES (1, 2.5, 2.555);
INSERT INTO s VALUES (2, -2.5, -2.555);
INSERT INTO s VALUES (3, 1234.5678, 123.456);
INSERT INTO s VALUES (4, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, 3, 2.5, 2, 2.5);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, -2, -2.5, -2, -2.5);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (3, 1235, 1234.6, 1234, 1234.56);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (4, NULL, NULL, NULL, NULL);

--@test: math: powers and logarithms
CREATE STREAM s (id INT KEY, f DOUBLE, i INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  POWER(i, 10) AS e1,
  EXP(i - i) AS e2,
  LN(EXP(0)) AS e3
  FROM s;
INSERT INTO s VALUES (1, 4.0, 2);
INSERT INTO s VALUES (2, 0.0, 0);
INSERT INTO s VALUES (3, -1.0, 1);
INSERT INTO s VALUES (4, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, 1024.0, 1.0, 0.0);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, 0.0, 1.0, 0.0);
ASSERT VALUES r (id, e1, e2, e3) VALUES (3, 1.0, 1.0, 0.0);
ASSERT VALUES r (id, e1, e2, e3) VALUES (4, NULL, NULL, 0.0);

--@test: math: what is no number is NaN or infinite
CREATE STREAM s (id INT KEY, f DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  CAST(LN(f) AS STRING) AS e1,
  CAST(SQRT(f) AS STRING) AS e2
  FROM s;
INSERT INTO s VALUES (1, 0.0);
INSERT INTO s VALUES (2, -1.0);
ASSERT VALUES r (id, e1, e2) VALUES (1, '-Infinity', '0.0');
ASSERT VALUES r (id, e1, e2) VALUES (2, 'NaN', 'NaN');

--@test: math: angles are in radians
CREATE STREAM s (id INT KEY, f DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  SIN(f) AS e1,
  COS(f) AS e2,
  TAN(f) AS e3,
  ASIN(f) AS e4,
  ATAN(f) AS e5,
  SINH(f) AS e6,
  COSH(f) AS e7,
  TANH(f) AS e8,
  RADIANS(f) AS e9,
  DEGREES(f) AS e10,
  ROUND(DEGREES(PI()), 6) AS e11,
  ATAN2(f, 1.0) AS e12
  FROM s;
INSERT INTO s VALUES (1, 0.0);
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12) VALUES (1, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 180.0, 0.0);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12) VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 180.0, NULL);

--@test: math: the greatest and the least, without NULL
CREATE STREAM s (id INT KEY, a INT, b INT, t STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  GREATEST(a, b) AS e1,
  LEAST(a, b) AS e2,
  GREATEST(t, 'm') AS e3,
  LEAST(b, 2) AS e4
  FROM s;
INSERT INTO s VALUES (1, 1, 2, 'x');
INSERT INTO s VALUES (2, NULL, 2, 'a');
INSERT INTO s VALUES (3, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, 2, 1, 'x', 2);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, 2, 2, 'm', 2);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (3, NULL, NULL, 'm', 2);

--@test: math: decimals know no negative zero
CREATE STREAM s (id INT KEY, d DECIMAL(4, 2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(ROUND(d, 1) AS STRING) AS v1, CAST(CEIL(d) AS STRING) AS v2, CAST(TRUNC(d, 0) AS STRING) AS v3 FROM s;
INSERT INTO s VALUES (1, -0.05);
ASSERT VALUES r VALUES (1, '0.00', '0.00', '0.00');

--@test: math: TRUNC gives no negative zero
CREATE STREAM s (id INT KEY, v DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, CAST(TRUNC(v, 0) AS STRING) AS a, CAST(TRUNC(v, -1) AS STRING) AS b FROM s;
INSERT INTO s VALUES (1, -0.5);
INSERT INTO s VALUES (2, -1.5);
ASSERT VALUES r (id, a, b) VALUES (1, '0.0', '0.0');
ASSERT VALUES r (id, a, b) VALUES (2, '-1.0', '0.0');
