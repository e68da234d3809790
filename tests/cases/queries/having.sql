-- HAVING.

--@test: having: a group that no longer fits is deleted, one that never did is not
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, SUM(v) AS total FROM s GROUP BY id HAVING SUM(v) > 5;
INSERT INTO s VALUES (1, 4);
INSERT INTO s VALUES (1, 5);
INSERT INTO s VALUES (1, -8);
INSERT INTO s VALUES (1, 10);
ASSERT VALUES r (id, total) VALUES (1, 9);
ASSERT NULL VALUES r (id) KEY (1);
ASSERT VALUES r (id, total) VALUES (1, 11);

--@test: having: with an aggregate that is not selected, and with the group
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, MAX(v) AS most FROM s GROUP BY id HAVING COUNT(*) = 2 AND id < 5;
INSERT INTO s VALUES (1, 9);
INSERT INTO s VALUES (1, 8);
INSERT INTO s VALUES (1, 7);
ASSERT VALUES r (id, most) VALUES (1, 9);
ASSERT NULL VALUES r (id) KEY (1);

--@test: having: columns have to be grouped
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Non-aggregate HAVING expression not part of GROUP BY: V
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT(*) AS n FROM s GROUP BY id HAVING v > 1;

--@test: having: has to be a condition
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Type error in HAVING expression: Should evaluate to boolean but is
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, COUNT(*) AS n FROM s GROUP BY id HAVING COUNT(*);

--@test: having: without GROUP BY it says nothing
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, v FROM s HAVING v > 1;
INSERT INTO s VALUES (1, 1);
ASSERT VALUES r (id, v) VALUES (1, 1);
