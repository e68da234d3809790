-- Texts: case, length, trimming, joining, replacing, finding.

--@test: strings: case, length, trimming
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  UCASE(a) AS e1,
  LCASE(a) AS e2,
  LEN(a) AS e3,
  TRIM(a) AS e4,
  INITCAP(a) AS e5
  FROM s;
INSERT INTO s VALUES (1, '  Foo BAR ');
INSERT INTO s VALUES (2, '');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (1, '  FOO BAR ', '  foo bar ', 10, 'Foo BAR', 'Foo Bar ');
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (2, '', '', 0, '', '');
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (3, NULL, NULL, NULL, NULL, NULL);

--@test: strings: length counts UTF-16 units
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  LEN(a) AS e1,
  SUBSTRING(a, 2, 2) AS e2
  FROM s;
INSERT INTO s VALUES (1, 'héllo');
INSERT INTO s VALUES (2, 'a😀');
ASSERT VALUES r (id, e1, e2) VALUES (1, 5, 'él');
ASSERT VALUES r (id, e1, e2) VALUES (2, 3, '😀');

--@test: strings: parts
CREATE STREAM s (id INT KEY, a STRING, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  SUBSTRING(a, n) AS e1,
  SUBSTRING(a, n, 2) AS e2
  FROM s;
INSERT INTO s VALUES (1, 'stream', 3);
INSERT INTO s VALUES (2, 'stream', -3);
INSERT INTO s VALUES (3, 'stream', 0);
INSERT INTO s VALUES (4, 'stream', 9);
INSERT INTO s VALUES (5, NULL, 1);
INSERT INTO s VALUES (6, 'stream', NULL);
ASSERT VALUES r (id, e1, e2) VALUES (1, 'ream', 're');
ASSERT VALUES r (id, e1, e2) VALUES (2, 'eam', 'ea');
ASSERT VALUES r (id, e1, e2) VALUES (3, 'stream', 'st');
ASSERT VALUES r (id, e1, e2) VALUES (4, '', '');
ASSERT VALUES r (id, e1, e2) VALUES (5, NULL, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (6, NULL, NULL);

--@test: strings: replacing and finding
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  REPLACE(a, 'an', 'o') AS e1,
  INSTR(a, 'an') AS e2,
  INSTR(a, 'an', 3) AS e3,
  INSTR(a, 'an', -1) AS e4,
  INSTR(a, 'an', 1, 2) AS e5
  FROM s;
INSERT INTO s VALUES (1, 'banana');
INSERT INTO s VALUES (2, '');
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (1, 'booa', 2, 4, 4, 4);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (2, '', 0, 0, 0, 0);
ASSERT VALUES r (id, e1, e2, e3, e4, e5) VALUES (3, NULL, 0, 0, 0, 0);

--@test: strings: joining
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  CONCAT(a, b) AS e1,
  CONCAT_WS('-', a, b) AS e2,
  CONCAT_WS(b, a, a) AS e3
  FROM s;
INSERT INTO s VALUES (1, 'x', 'y');
INSERT INTO s VALUES (2, 'x', NULL);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, 'xy', 'x-y', 'xyx');
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, 'x', 'x', NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (3, '', '', NULL);

--@test: strings: choosing
CREATE STREAM s (id INT KEY, a STRING, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  FIELD(a, 'a', 'b') AS e1,
  ELT(n, 'a', 'b') AS e2
  FROM s;
INSERT INTO s VALUES (1, 'b', 2);
INSERT INTO s VALUES (2, 'z', 9);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (1, 2, 'b');
ASSERT VALUES r (id, e1, e2) VALUES (2, 0, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (3, 0, NULL);

--@test: strings: padding
CREATE STREAM s (id INT KEY, a STRING, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  LPAD(a, n, 'xy') AS e1,
  RPAD(a, n, 'xy') AS e2
  FROM s;
INSERT INTO s VALUES (1, 'abc', 5);
INSERT INTO s VALUES (2, 'abc', 2);
INSERT INTO s VALUES (3, 'abc', 0);
INSERT INTO s VALUES (4, NULL, 5);
INSERT INTO s VALUES (5, 'abc', NULL);
INSERT INTO s VALUES (6, 'abc', -1);
ASSERT VALUES r (id, e1, e2) VALUES (1, 'xyabc', 'abcxy');
ASSERT VALUES r (id, e1, e2) VALUES (2, 'ab', 'ab');
ASSERT VALUES r (id, e1, e2) VALUES (3, '', '');
ASSERT VALUES r (id, e1, e2) VALUES (4, NULL, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (5, NULL, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (6, NULL, NULL);

--@test: strings: characters by their code
CREATE STREAM s (id INT KEY, n INT, u STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  CHR(n) AS e1,
  CHR(u) AS e2
  FROM s;
INSERT INTO s VALUES (1, 65, '\u00e9');
INSERT INTO s VALUES (2, 128512, 'x');
INSERT INTO s VALUES (3, -1, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (1, 'A', 'é');
ASSERT VALUES r (id, e1, e2) VALUES (2, '😀', NULL);
ASSERT VALUES r (id, e1, e2) VALUES (3, NULL, NULL);

--@test: strings: of numbers there is no case
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Function 'ucase' does not accept parameters (INTEGER).
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, UCASE(a) AS v FROM s;
