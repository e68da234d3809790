-- What aggregates become when a row joins two sessions: the earlier session's state, then the later one's, then the row.

--@test: session merge: counts, sums, extremes and averages
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COUNT(*) AS n, SUM(v) AS total, MIN(v) AS least, MAX(v) AS most, AVG(v) AS mean FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 4, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 8, 16);
INSERT INTO s (k, v, rowtime) VALUES ('a', 3, 8);
ASSERT VALUES r (k, n, total, least, most, mean) VALUES ('a', 1, 4, 4, 4, 4.0);
ASSERT VALUES r (k, n, total, least, most, mean) VALUES ('a', 1, 8, 8, 8, 8.0);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, n, total, least, most, mean) VALUES ('a', 3, 15, 3, 8, 5.0);

--@test: session merge: lists, sets and histograms
CREATE STREAM s (k STRING KEY, v STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, COLLECT_LIST(v) AS l, COLLECT_SET(v) AS s, HISTOGRAM(v) AS h, COUNT_DISTINCT(v) AS d FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 'x', 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 'y', 16);
INSERT INTO s (k, v, rowtime) VALUES ('a', 'x', 8);
ASSERT VALUES r (k, l, s, h, d) VALUES ('a', ARRAY['x'], ARRAY['x'], MAP('x':=1), 1);
ASSERT VALUES r (k, l, s, h, d) VALUES ('a', ARRAY['y'], ARRAY['y'], MAP('y':=1), 1);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, l, s, h, d) VALUES ('a', ARRAY['x', 'y', 'x'], ARRAY['x', 'y'], MAP('x':=2, 'y':=1), 2);

--@test: session merge: the greatest and the first by offset
CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT k, TOPK(v, 2) AS t, TOPKDISTINCT(v, 2) AS td, EARLIEST_BY_OFFSET(v) AS e, LATEST_BY_OFFSET(v) AS l FROM s WINDOW SESSION (10 MILLISECONDS) GROUP BY k;
INSERT INTO s (k, v, rowtime) VALUES ('a', 7, 16);
INSERT INTO s (k, v, rowtime) VALUES ('a', 5, 0);
INSERT INTO s (k, v, rowtime) VALUES ('a', 7, 8);
ASSERT VALUES r (k, t, td, e, l) VALUES ('a', ARRAY[7], ARRAY[7], 7, 7);
ASSERT VALUES r (k, t, td, e, l) VALUES ('a', ARRAY[5], ARRAY[5], 5, 5);
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT NULL VALUES r (k) KEY ('a');
ASSERT VALUES r (k, t, td, e, l) VALUES ('a', ARRAY[7, 7], ARRAY[7, 5], 7, 7);
