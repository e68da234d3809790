-- LIKE: % is any text, _ any character, the whole text counts, and so does case.

--@test: like: wildcards
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a LIKE 'a%' AS s1, a LIKE '%c' AS e1, a LIKE '%b%' AS m1, a LIKE '_b_' AS u1, a LIKE 'abc' AS w1, a LIKE '' AS n1 FROM s;
INSERT INTO s VALUES (1, 'abc');
INSERT INTO s VALUES (2, 'ABC');
INSERT INTO s VALUES (3, 'a');
INSERT INTO s VALUES (4, '');
INSERT INTO s VALUES (5, 'xabcx');
ASSERT VALUES r (id, s1, e1, m1, u1, w1, n1) VALUES (1, true, true, true, true, true, false);
ASSERT VALUES r (id, s1, e1, m1, u1, w1, n1) VALUES (2, false, false, false, false, false, false);
ASSERT VALUES r (id, s1, e1, m1, u1, w1, n1) VALUES (3, true, false, false, false, false, false);
ASSERT VALUES r (id, s1, e1, m1, u1, w1, n1) VALUES (4, false, false, false, false, false, true);
ASSERT VALUES r (id, s1, e1, m1, u1, w1, n1) VALUES (5, false, false, true, false, false, false);

--@test: like: ESCAPE makes a wildcard an ordinary character
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a LIKE '50!%' ESCAPE '!' AS p, a LIKE '5!_%' ESCAPE '!' AS u, a LIKE '50%' AS any FROM s;
INSERT INTO s VALUES (1, '50%');
INSERT INTO s VALUES (2, '500');
INSERT INTO s VALUES (3, '5_0');
ASSERT VALUES r (id, p, u, any) VALUES (1, true, false, true);
ASSERT VALUES r (id, p, u, any) VALUES (2, false, false, true);
ASSERT VALUES r (id, p, u, any) VALUES (3, false, true, false);

--@test: like: signs of regular expressions are ordinary characters
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a LIKE 'a.c' AS dot, a LIKE '[ab]%' AS bracket, a LIKE 'a+%' AS plus FROM s;
INSERT INTO s VALUES (1, 'abc');
INSERT INTO s VALUES (2, 'a.c');
INSERT INTO s VALUES (3, '[ab]c');
INSERT INTO s VALUES (4, 'a+');
ASSERT VALUES r (id, dot, bracket, plus) VALUES (1, false, false, false);
ASSERT VALUES r (id, dot, bracket, plus) VALUES (2, true, false, false);
ASSERT VALUES r (id, dot, bracket, plus) VALUES (3, false, true, false);
ASSERT VALUES r (id, dot, bracket, plus) VALUES (4, false, false, true);

--@test: like: NOT LIKE, and a pattern from a column
CREATE STREAM s (id INT KEY, a STRING, p STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a NOT LIKE 'a%' AS n, a LIKE p AS m FROM s;
INSERT INTO s VALUES (1, 'abc', '%bc');
INSERT INTO s VALUES (2, 'xyz', 'x');
ASSERT VALUES r (id, n, m) VALUES (1, false, true);
ASSERT VALUES r (id, n, m) VALUES (2, true, false);

--@test: like: NULL fails: the column is NULL, and WHERE drops the row whether it says NOT or not
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a LIKE 'a%' AS v FROM s;
CREATE STREAM kept AS SELECT id, a FROM s WHERE a NOT LIKE 'a%';
INSERT INTO s VALUES (1, NULL);
INSERT INTO s VALUES (2, 'b');
ASSERT VALUES r (id, v) VALUES (1, NULL);
ASSERT VALUES r (id, v) VALUES (2, false);
ASSERT VALUES kept (id, a) VALUES (2, 'b');
