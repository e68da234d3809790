-- INSERT INTO ... SELECT.

--@test: insert into: several queries write one stream
CREATE STREAM a (id INT KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE STREAM b (id INT KEY, v INT) WITH (kafka_topic='b', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, v FROM a;
INSERT INTO r SELECT id, v * 10 AS v FROM b WHERE v > 1;
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (2, 2);
INSERT INTO b VALUES (3, 1);
INSERT INTO a VALUES (4, 4);
ASSERT VALUES r (id, v) VALUES (1, 1);
ASSERT VALUES r (id, v) VALUES (2, 20);
ASSERT VALUES r (id, v) VALUES (4, 4);

--@test: insert into: a stream that was declared, in another format
CREATE STREAM a (id INT KEY, v INT, t STRING) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, v INT, t STRING) WITH (kafka_topic='r', key_format='KAFKA', value_format='DELIMITED', partitions=1);
INSERT INTO r SELECT * FROM a;
INSERT INTO a VALUES (1, 2, 'x, "y"');
ASSERT VALUES r (id, v, t) VALUES (1, 2, 'x, "y"');

--@test: insert into: a literal takes the decimal type of its column
CREATE STREAM a (id INT KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, d DECIMAL(5,2)) WITH (kafka_topic='r', format='JSON', partitions=1);
INSERT INTO r SELECT id, 1.5 AS d FROM a;
INSERT INTO a VALUES (1, 2);
ASSERT VALUES r (id, d) VALUES (1, 1.50);

--@test: insert into: names have to be equal
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Incompatible schema between results and sink.
CREATE STREAM a (id INT KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, w INT) WITH (kafka_topic='r', format='JSON', partitions=1);
INSERT INTO r SELECT id, v FROM a;

--@test: insert into: types have to be equal
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Incompatible schema between results and sink.
CREATE STREAM a (id INT KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, v BIGINT) WITH (kafka_topic='r', format='JSON', partitions=1);
INSERT INTO r SELECT id, v FROM a;

--@test: insert into: not into tables
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: INSERT INTO can only be used to insert into a stream. R is a table.
CREATE STREAM a (id INT KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
CREATE TABLE r (id INT PRIMARY KEY, v INT) WITH (kafka_topic='r', format='JSON', partitions=1);
INSERT INTO r SELECT id, v FROM a;

--@test: insert into: not into what is not there
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Source `NOWHERE` does not exist.
CREATE STREAM a (id INT KEY, v INT) WITH (kafka_topic='a', format='JSON', partitions=1);
INSERT INTO nowhere SELECT id, v FROM a;
