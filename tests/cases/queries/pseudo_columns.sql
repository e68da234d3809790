-- ROWTIME, ROWPARTITION, ROWOFFSET.

--@test: pseudo columns: time, partition and offset of a record
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ROWTIME AS t, ROWPARTITION AS p, ROWOFFSET AS o FROM s;
ASSERT STREAM r (id INT KEY, t BIGINT, p INT, o BIGINT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s (id, a, rowtime) VALUES (1, 5, 1000);
INSERT INTO s (id, a, rowtime) VALUES (2, 6, 999);
ASSERT VALUES r (id, t, p, o, rowtime) VALUES (1, 1000, 0, 0, 1000);
ASSERT VALUES r (id, t, p, o, rowtime) VALUES (2, 999, 0, 1, 999);

--@test: pseudo columns: ROWTIME in WHERE, as a number and as a text
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r1 AS SELECT id, a FROM s WHERE ROWTIME >= 1000;
CREATE STREAM r2 AS SELECT id, a FROM s WHERE ROWTIME BETWEEN '2020-01-01' AND '2020-01-01T12:00:00';
INSERT INTO s (id, a, rowtime) VALUES (1, 5, 999);
INSERT INTO s (id, a, rowtime) VALUES (2, 6, 1577880000000);
INSERT INTO s (id, a, rowtime) VALUES (3, 7, 1577880000001);
INSERT INTO s (id, a, rowtime) VALUES (4, 8, 1577836799999);
INSERT INTO s (id, a, rowtime) VALUES (5, 9, 1577836800000);
ASSERT VALUES r1 (id, a) VALUES (2, 6);
ASSERT VALUES r2 (id, a) VALUES (2, 6);
ASSERT VALUES r2 (id, a) VALUES (5, 9);

--@test: pseudo columns: they are not in the star and need an alias
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Reserved column name in select: `ROWTIME`. Please remove or alias the column.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, ROWTIME FROM s;

--@test: pseudo columns: their names are reserved
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: 'ROWTIME' is a reserved column name. You cannot use it as a name for a column.
CREATE STREAM s (id INT KEY, rowtime BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: pseudo columns: an alias may not be one
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: `ROWOFFSET` is a reserved column name. You cannot use it as an alias for a column.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a AS ROWOFFSET FROM s;

--@test: pseudo columns: partition and offset cannot be inserted
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Inserting into column `ROWPARTITION` is not allowed.
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s (id, a, rowpartition) VALUES (1, 2, 0);
