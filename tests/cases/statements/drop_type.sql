-- DROP TYPE: what was declared with a type keeps its columns.

--@test: drop type: in use
CREATE TYPE address AS STRUCT<street STRING, number INT>;
CREATE STREAM s (id INT KEY, home address) WITH (kafka_topic='s', format='JSON', partitions=1);
DROP TYPE address;
CREATE STREAM r AS SELECT id, home->number AS n FROM s;
INSERT INTO s VALUES (1, STRUCT(street := 'x', number := 2));
ASSERT VALUES r (id, n) VALUES (1, 2);

--@test: drop type: it is gone
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot resolve unknown type: ADDRESS
CREATE TYPE address AS STRUCT<street STRING, number INT>;
DROP TYPE address;
CREATE STREAM s (id INT KEY, home address) WITH (kafka_topic='s', format='JSON', partitions=1);
