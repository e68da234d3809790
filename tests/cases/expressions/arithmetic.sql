-- + - * / % and the signs.

--@test: arithmetic: INTEGER stays INTEGER, division truncates toward zero, a remainder has the dividend's sign
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + b AS p, a - b AS m, a * b AS t, a / b AS d, a % b AS rest FROM s;
ASSERT STREAM r (id INT KEY, p INT, m INT, t INT, d INT, rest INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 7, 2);
INSERT INTO s VALUES (2, -7, 2);
INSERT INTO s VALUES (3, 7, -2);
ASSERT VALUES r (id, p, m, t, d, rest) VALUES (1, 9, 5, 14, 3, 1);
ASSERT VALUES r (id, p, m, t, d, rest) VALUES (2, -5, -9, -14, -3, -1);
ASSERT VALUES r (id, p, m, t, d, rest) VALUES (3, 5, 9, -14, -3, 1);

--@test: arithmetic: NULL on either side gives NULL
CREATE STREAM s (id INT KEY, a INT, b BIGINT, c DOUBLE, d DECIMAL(4,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + 1 AS e1, 1 - b AS e2, c * c AS e3, d / 2.0 AS e4, a % b AS e5, -a AS e6 FROM s;
INSERT INTO s (id) VALUES (1);
INSERT INTO s (id, a) VALUES (2, 4);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (2, 5, NULL, NULL, NULL, NULL, -4);

--@test: arithmetic: whole numbers wrap around
CREATE STREAM s (id INT KEY, a INT, b BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + 1 AS a1, a * 2 AS a2, -(-a - 1) AS a3, b + 1 AS b1, b * 2 AS b2 FROM s;
INSERT INTO s VALUES (1, 2147483647, 9223372036854775807);
ASSERT VALUES r (id, a1, a2, a3, b1, b2) VALUES (1, -2147483648, -2, -2147483648, -9223372036854775808, -2);

--@test: arithmetic: dividing by zero is NULL, except for DOUBLE
CREATE STREAM s (id INT KEY, a INT, b BIGINT, c DECIMAL(4,2), z INT, dz DECIMAL(2,1), fz DOUBLE) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a / z AS e1, a % z AS e2, b / z AS e3, b % z AS e4, c / dz AS e5,
  CAST(a / fz AS STRING) AS e6, CAST(fz / fz AS STRING) AS e7, CAST(-a / fz AS STRING) AS e8 FROM s;
INSERT INTO s VALUES (1, 1, 1, 1.0, 0, 0.0, 0.0);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8) VALUES (1, NULL, NULL, NULL, NULL, NULL, 'Infinity', 'NaN', '-Infinity');

--@test: arithmetic: the wider type wins
CREATE STREAM s (id INT KEY, i INT, b BIGINT, f DOUBLE, d DECIMAL(4,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, i + b AS ib, i + f AS f1, b + f AS f2, d + f AS f3, i + d AS d1, b + d AS d2 FROM s;
ASSERT STREAM r (id INT KEY, ib BIGINT, f1 DOUBLE, f2 DOUBLE, f3 DOUBLE, d1 DECIMAL(13,2), d2 DECIMAL(22,2)) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1, 2, 0.5, 3.25);
ASSERT VALUES r (id, ib, f1, f2, f3, d1, d2) VALUES (1, 3, 1.5, 2.5, 3.75, 4.25, 5.25);

--@test: arithmetic: precision and scale of DECIMAL results
CREATE STREAM s (id INT KEY, a DECIMAL(4,2), b DECIMAL(5,1)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + b AS p, a - b AS m, a * b AS t, a / b AS d, a % b AS rest FROM s;
ASSERT STREAM r (id INT KEY, p DECIMAL(7,2), m DECIMAL(7,2), t DECIMAL(10,3), d DECIMAL(11,8), rest DECIMAL(4,2)) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 7.50, 2.5);
INSERT INTO s VALUES (2, -7.25, 2.0);
ASSERT VALUES r (id, p, m, t, d, rest) VALUES (1, 10.00, 5.00, 18.750, 3.00000000, 0.00);
ASSERT VALUES r (id, p, m, t, d, rest) VALUES (2, -5.25, -9.25, -14.500, -3.62500000, -1.25);

--@test: arithmetic: a DECIMAL quotient without end is NULL
CREATE STREAM s (id INT KEY, a DECIMAL(4,2), b DECIMAL(4,2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a / b AS d FROM s;
INSERT INTO s VALUES (1, 1.00, 3.00);
INSERT INTO s VALUES (2, 1.00, 4.00);
ASSERT VALUES r (id, d) VALUES (1, NULL);
ASSERT VALUES r (id, d) VALUES (2, 0.2500000);

--@test: arithmetic: order of the operators
CREATE STREAM s (id INT KEY) WITH (kafka_topic='s', key_format='JSON', value_format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, 2 + 3 * 4 AS e1, (2 + 3) * 4 AS e2, 7 - 2 - 1 AS e3, 2 * 7 % 4 AS e4, 20 / 2 / 5 AS e5, -2 - -2 AS e6, - 2 * 3 AS e7 FROM s;
INSERT INTO s VALUES (1);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7) VALUES (1, 14, 20, 4, 2, 2, 0, -6);

--@test: arithmetic: + joins texts, and NULL is written out
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + b AS joined FROM s;
INSERT INTO s VALUES (1, 'foo', 'bar');
INSERT INTO s VALUES (2, 'foo', NULL);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, joined) VALUES (1, 'foobar');
ASSERT VALUES r (id, joined) VALUES (2, 'foonull');
ASSERT VALUES r (id, joined) VALUES (3, 'nullnull');

--@test: arithmetic: numbers and texts do not mix
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Unsupported arithmetic types. INTEGER STRING
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + b FROM s;

--@test: arithmetic: booleans have none
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Unsupported arithmetic types. BOOLEAN BOOLEAN
CREATE STREAM s (id INT KEY, a BOOLEAN) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + a FROM s;

--@test: arithmetic: a literal beyond BIGINT is refused
--@expected.error: io.confluent.ksql.parser.exception.ParseFailedException
--@expected.message: Invalid numeric literal: 9223372036854775808
CREATE STREAM s (id INT KEY, a BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a + 9223372036854775808 FROM s;
