-- Literals and their types.

--@test: literals: the types of numbers
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, 1 AS i, 2147483648 AS b, 12.50 AS d1, 0.005 AS d2, 1e1 AS f1, 1.5E-3 AS f2, -5 AS neg FROM s;
ASSERT STREAM r (id INT KEY, i INT, b BIGINT, d1 DECIMAL(4,2), d2 DECIMAL(4,3), f1 DOUBLE, f2 DOUBLE, neg INT) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1);
ASSERT VALUES r (id, i, b, d1, d2, f1, f2, neg) VALUES (1, 1, 2147483648, 12.50, 0.005, 10.0, 0.0015, -5);

--@test: literals: texts and booleans
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, 'it''s' AS t, '' AS e, '-- no comment' AS c, TRUE AS y, false AS n FROM s;
ASSERT STREAM r (id INT KEY, t STRING, e STRING, c STRING, y BOOLEAN, n BOOLEAN) WITH (kafka_topic='R', format='JSON');
INSERT INTO s VALUES (1, 1);
ASSERT VALUES r (id, t, e, c, y, n) VALUES (1, 'it''s', '', '-- no comment', true, false);

--@test: literals: NULL alone has no type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR).
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, NULL AS n FROM s;
