-- || is CONCAT.

--@test: concat: NULL is left out
CREATE STREAM s (id INT KEY, a STRING, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a || b AS c, a || '-' || b AS d FROM s;
INSERT INTO s VALUES (1, 'foo', 'bar');
INSERT INTO s VALUES (2, 'foo', NULL);
INSERT INTO s VALUES (3, NULL, NULL);
ASSERT VALUES r (id, c, d) VALUES (1, 'foobar', 'foo-bar');
ASSERT VALUES r (id, c, d) VALUES (2, 'foo', 'foo-');
ASSERT VALUES r (id, c, d) VALUES (3, '', '-');

--@test: concat: bytes too
CREATE STREAM s (id INT KEY, a BYTES, b BYTES) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, FROM_BYTES(a || b, 'utf8') AS c FROM s;
INSERT INTO s VALUES (1, TO_BYTES('foo', 'utf8'), TO_BYTES('bar', 'utf8'));
ASSERT VALUES r (id, c) VALUES (1, 'foobar');

--@test: concat: numbers are not texts
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Function 'concat' does not accept parameters (STRING, INTEGER).
CREATE STREAM s (id INT KEY, a STRING, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a || b AS c FROM s;
