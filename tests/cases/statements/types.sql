-- CREATE TYPE and DROP TYPE.

--@test: types: a name for a structure, in schemas and casts
CREATE TYPE address AS STRUCT<street STRING, number INT>;
CREATE TYPE addresses AS ARRAY<address>;
CREATE STREAM s (id INT KEY, home address, others addresses) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, home->street, others[1]->number AS number, CAST(home AS address) AS home FROM s;
ASSERT STREAM s (id INT KEY, home STRUCT<street STRING, number INT>, others ARRAY<STRUCT<street STRING, number INT>>) WITH (kafka_topic='s', format='JSON');
ASSERT STREAM r (id INT KEY, street STRING, number INT, home STRUCT<street STRING, number INT>) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, STRUCT(street:='High', number:=1), ARRAY[STRUCT(street:='Low', number:=2)]);
ASSERT VALUES r (id, street, number) VALUES (1, 'High', 2);

--@test: types: a dropped type is gone, what used it stays
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot resolve unknown type: MONEY
CREATE TYPE money AS DECIMAL(8,2);
CREATE STREAM s (id INT KEY, v money) WITH (kafka_topic='s', format='JSON', partitions=1);
DROP TYPE money;
INSERT INTO s VALUES (1, 2.5);
ASSERT VALUES s (id, v) VALUES (1, 2.50);
CREATE STREAM t (id INT KEY, v money) WITH (kafka_topic='t', format='JSON', partitions=1);

--@test: types: IF EXISTS and IF NOT EXISTS
DROP TYPE IF EXISTS nothing;
CREATE TYPE money AS DECIMAL(8,2);
CREATE TYPE IF NOT EXISTS money AS STRING;
CREATE STREAM s (id INT KEY, v money) WITH (kafka_topic='s', format='JSON', partitions=1);
ASSERT STREAM s (id INT KEY, v DECIMAL(8,2)) WITH (kafka_topic='s', format='JSON');

--@test: types: the same name twice
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot register custom type 'MONEY' since it is already registered with type: DECIMAL(8, 2)
CREATE TYPE money AS DECIMAL(8,2);
CREATE TYPE money AS STRING;

--@test: types: nothing to drop
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Type NOTHING does not exist.
DROP TYPE nothing;
