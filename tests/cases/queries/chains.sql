-- Queries that read what queries write.

--@test: chains: stream, table, table
CREATE STREAM s (id INT KEY, g STRING, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM big AS SELECT * FROM s WHERE v > 1;
CREATE TABLE latest AS SELECT id, LATEST_BY_OFFSET(g) AS g, LATEST_BY_OFFSET(v) AS v FROM big GROUP BY id;
CREATE TABLE totals AS SELECT g, SUM(v) AS total FROM latest GROUP BY g;
INSERT INTO s VALUES (1, 'x', 5);
INSERT INTO s VALUES (2, 'x', 7);
INSERT INTO s VALUES (2, 'x', 1);
INSERT INTO s VALUES (1, 'y', 6);
ASSERT VALUES totals (g, total) VALUES ('x', 5);
ASSERT VALUES totals (g, total) VALUES ('x', 12);
ASSERT VALUES totals (g, total) VALUES ('x', 7);
ASSERT VALUES totals (g, total) VALUES ('y', 6);

--@test: chains: a filter over an aggregate deletes what no longer fits
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE sums AS SELECT id, SUM(v) AS total FROM s GROUP BY id;
CREATE TABLE positive AS SELECT id, total FROM sums WHERE total > 0;
INSERT INTO s VALUES (1, 5);
INSERT INTO s VALUES (1, -6);
INSERT INTO s VALUES (1, 3);
ASSERT VALUES positive (id, total) VALUES (1, 5);
ASSERT NULL VALUES positive (id) KEY (1);
ASSERT VALUES positive (id, total) VALUES (1, 2);

--@test: chains: one source, several queries
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM even AS SELECT * FROM s WHERE v % 2 = 0;
CREATE STREAM odd AS SELECT * FROM s WHERE v % 2 <> 0;
INSERT INTO s VALUES (1, 2);
INSERT INTO s VALUES (2, 3);
ASSERT VALUES even (id, v) VALUES (1, 2);
ASSERT VALUES odd (id, v) VALUES (2, 3);
