-- Joins of two streams, WITHIN a time.

--@test: stream-stream: INNER gives every pair that is near enough
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id AS id, a, b FROM l JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
ASSERT STREAM j (id INT KEY, a STRING, b STRING) WITH (kafka_topic='J', format='JSON');
INSERT INTO l (id, a, rowtime) VALUES (1, 'l0', 0);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r10', 10);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r11', 11);
INSERT INTO r (id, b, rowtime) VALUES (2, 'other', 5);
INSERT INTO l (id, a, rowtime) VALUES (1, 'l12', 12);
INSERT INTO l (id, a, rowtime) VALUES (1, NULL, 20);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l0', 'r10', 10);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l12', 'r10', 12);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l12', 'r11', 12);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, NULL, 'r10', 20);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, NULL, 'r11', 20);

--@test: stream-stream: WITHIN with two times: how far before and how far after
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id AS id, a, b FROM l JOIN r WITHIN (2 MILLISECONDS, 5 MILLISECONDS) ON l.id = r.id;
INSERT INTO l (id, a, rowtime) VALUES (1, 'l', 10);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r7', 7);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r8', 8);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r15', 15);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r16', 16);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l', 'r8', 10);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l', 'r15', 15);

--@test: stream-stream: LEFT without a grace period gives a row without a partner at once
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id AS id, a, b FROM l LEFT JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
INSERT INTO l (id, a, rowtime) VALUES (1, 'l0', 0);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r5', 5);
INSERT INTO r (id, b, rowtime) VALUES (2, 'alone', 5);
INSERT INTO l (id, a, rowtime) VALUES (1, 'l6', 6);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l0', NULL, 0);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l0', 'r5', 5);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l6', 'r5', 6);

--@test: stream-stream: RIGHT
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT r.id AS id, a, b FROM l RIGHT JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
INSERT INTO l (id, a, rowtime) VALUES (1, 'l0', 0);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r5', 5);
INSERT INTO r (id, b, rowtime) VALUES (2, 'alone', 5);
ASSERT VALUES j (id, a, b, rowtime) VALUES (1, 'l0', 'r5', 5);
ASSERT VALUES j (id, a, b, rowtime) VALUES (2, NULL, 'alone', 5);

--@test: stream-stream: FULL OUTER has a key of its own
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT ROWKEY AS k, a, b FROM l FULL OUTER JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
ASSERT STREAM j (k INT KEY, a STRING, b STRING) WITH (kafka_topic='J', format='JSON');
INSERT INTO l (id, a, rowtime) VALUES (1, 'l0', 0);
INSERT INTO r (id, b, rowtime) VALUES (2, 'r1', 1);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r5', 5);
ASSERT VALUES j (k, a, b) VALUES (1, 'l0', NULL);
ASSERT VALUES j (k, a, b) VALUES (2, NULL, 'r1');
ASSERT VALUES j (k, a, b) VALUES (1, 'l0', 'r5');

--@test: stream-stream: a NULL key joins nothing
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id AS id, a, b FROM l JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
INSERT INTO l (id, a, rowtime) VALUES (NULL, 'l0', 0);
INSERT INTO r (id, b, rowtime) VALUES (NULL, 'r0', 0);
INSERT INTO l (id, a, rowtime) VALUES (1, 'l1', 1);
INSERT INTO r (id, b, rowtime) VALUES (1, 'r1', 1);
ASSERT VALUES j (id, a, b) VALUES (1, 'l1', 'r1');

--@test: stream-stream: by values and by expressions
CREATE STREAM l (id INT KEY, x STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, y STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT x, l.id AS lid, r.id AS rid FROM l JOIN r WITHIN 10 MILLISECONDS ON l.x = UCASE(r.y);
ASSERT STREAM j (x STRING KEY, lid INT, rid INT) WITH (kafka_topic='J', format='JSON');
INSERT INTO l (id, x, rowtime) VALUES (1, 'A', 0);
INSERT INTO r (id, y, rowtime) VALUES (2, 'a', 0);
ASSERT VALUES j (x, lid, rid) VALUES ('A', 1, 2);

--@test: stream-stream: the star names columns by their source
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, a STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT * FROM l JOIN r WITHIN 10 MILLISECONDS ON l.id = r.id;
ASSERT STREAM j (l_id INT KEY, l_a STRING, r_id INT, r_a STRING) WITH (kafka_topic='J', format='JSON');
INSERT INTO l (id, a, rowtime) VALUES (1, 'x', 0);
INSERT INTO r (id, a, rowtime) VALUES (1, 'y', 0);
ASSERT VALUES j (l_id, l_a, r_id, r_a) VALUES (1, 'x', 1, 'y');

--@test: stream-stream: needs WITHIN
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Stream-Stream joins must have a WITHIN clause specified. None was provided.
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id, a, b FROM l JOIN r ON l.id = r.id;

--@test: stream-stream: a stream cannot meet itself
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Can not join 'S' to 'S': self joins are not yet supported.
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM j AS SELECT x.id, x.a FROM s x JOIN s y WITHIN 1 SECOND ON x.id = y.id;

--@test: stream-stream: types have to be the same
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Invalid join. Key types differ: INTEGER vs BIGINT
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id BIGINT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id, a, b FROM l JOIN r WITHIN 1 SECOND ON l.id = r.id;

--@test: stream-stream: one equality, no more
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: joins on multiple conditions are not yet supported
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.id, a, b FROM l JOIN r WITHIN 1 SECOND ON l.id = r.id AND l.a = r.b;

--@test: stream-stream: as many partitions on both sides
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Can't join `L` with `R` since the number of partitions don't match.
CREATE STREAM l (id INT KEY, a STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (id INT KEY, b STRING) WITH (kafka_topic='r', format='JSON', partitions=2);
CREATE STREAM j AS SELECT l.id, a, b FROM l JOIN r WITHIN 1 SECOND ON l.id = r.id;

--@test: stream-stream: the rows of a LEFT join that find no partner leave in groups
CREATE STREAM l (k INT KEY, v STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (k INT KEY, w STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.k, v, w FROM l LEFT JOIN r WITHIN 10 MILLISECONDS GRACE PERIOD 0 MILLISECONDS ON l.k = r.k;
INSERT INTO l (k, v, rowtime) VALUES (1, 'a', 0);
INSERT INTO l (k, v, rowtime) VALUES (2, 'b', 2);
INSERT INTO l (k, v, rowtime) VALUES (3, 'c', 8);
INSERT INTO l (k, v, rowtime) VALUES (4, 'd', 11);
INSERT INTO r (k, w, rowtime) VALUES (3, 'x', 13);
INSERT INTO l (k, v, rowtime) VALUES (5, 'e', 16);
INSERT INTO l (k, v, rowtime) VALUES (6, 'f', 20);
INSERT INTO l (k, v, rowtime) VALUES (7, 'g', 22);
INSERT INTO l (k, v, rowtime) VALUES (8, 'h', 33);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (1, 'a', NULL, 0);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (3, 'c', 'x', 13);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (2, 'b', NULL, 2);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (4, 'd', NULL, 11);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (5, 'e', NULL, 16);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (6, 'f', NULL, 20);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (7, 'g', NULL, 22);

--@test: stream-stream: rows without partner of one time: the right ones first, by the bytes of their keys
CREATE STREAM l (k INT KEY, v STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (k INT KEY, w STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT ROWKEY, v, w FROM l FULL JOIN r WITHIN (10 MILLISECONDS, 5 MILLISECONDS) GRACE PERIOD 0 MILLISECONDS ON l.k = r.k;
INSERT INTO l (k, v, rowtime) VALUES (3, 'c', 0);
INSERT INTO l (k, v, rowtime) VALUES (10, 'd', 0);
INSERT INTO l (k, v, rowtime) VALUES (2, 'b', 0);
INSERT INTO r (k, w, rowtime) VALUES (5, 'y', 0);
INSERT INTO r (k, w, rowtime) VALUES (4, 'x', 0);
INSERT INTO r (k, w, rowtime) VALUES (9, 'z', 8);
INSERT INTO l (k, v, rowtime) VALUES (9, 'e', 8);
INSERT INTO l (k, v, rowtime) VALUES (8, 'f', 30);
ASSERT VALUES j (rowkey, v, w, rowtime) VALUES (10, 'd', NULL, 0);
ASSERT VALUES j (rowkey, v, w, rowtime) VALUES (2, 'b', NULL, 0);
ASSERT VALUES j (rowkey, v, w, rowtime) VALUES (3, 'c', NULL, 0);
ASSERT VALUES j (rowkey, v, w, rowtime) VALUES (9, 'e', 'z', 8);
ASSERT VALUES j (rowkey, v, w, rowtime) VALUES (4, NULL, 'x', 0);
ASSERT VALUES j (rowkey, v, w, rowtime) VALUES (5, NULL, 'y', 0);

--@test: stream-stream: a row without a key or a value moves the time on
CREATE STREAM l (k INT KEY, v STRING) WITH (kafka_topic='l', format='JSON', partitions=1);
CREATE STREAM r (k INT KEY, w STRING) WITH (kafka_topic='r', format='JSON', partitions=1);
CREATE STREAM j AS SELECT l.k, v, w FROM l LEFT JOIN r WITHIN 10 MILLISECONDS GRACE PERIOD 0 MILLISECONDS ON l.k = r.k;
INSERT INTO l (k, v, rowtime) VALUES (1, 'a', 0);
INSERT INTO l (v, rowtime) VALUES ('b', 50);
INSERT INTO l (k, v, rowtime) VALUES (2, 'c', 20);
INSERT INTO l (k, v, rowtime) VALUES (3, 'd', 50);
INSERT INTO r (w, rowtime) VALUES ('x', 100);
INSERT INTO l (k, v, rowtime) VALUES (4, 'e', 60);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (NULL, 'b', NULL, 50);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (2, 'c', NULL, 20);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (1, 'a', NULL, 0);
ASSERT VALUES j (l_k, v, w, rowtime) VALUES (4, 'e', NULL, 60);
