-- DATE, TIME and TIMESTAMP.

--@test: dates: written and read by a pattern
CREATE STREAM s (id INT KEY, d DATE, t TIME, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  FORMAT_DATE(d, 'dd.MM.yyyy') AS e1,
  FORMAT_TIME(t, 'HH:mm') AS e2,
  FORMAT_TIMESTAMP(ts, 'yyyy-MM-dd HH:mm:ss.SSS') AS e3,
  FORMAT_TIMESTAMP(ts, 'HH:mm', 'Asia/Tokyo') AS e4,
  PARSE_DATE(FORMAT_DATE(d, 'dd.MM.yyyy'), 'dd.MM.yyyy') AS e5,
  PARSE_TIME('01.02', 'HH.mm') AS e6,
  PARSE_TIMESTAMP('2024-02-29 01', 'yyyy-MM-dd HH') AS e7,
  PARSE_TIMESTAMP('2024-02-29 01', 'yyyy-MM-dd HH', 'Asia/Tokyo') AS e8
  FROM s;
INSERT INTO s VALUES (1, '2024-02-29', '13:05:09', '2024-02-29T13:05:09.007');
INSERT INTO s VALUES (2, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8) VALUES (1, '29.02.2024', '13:05', '2024-02-29 13:05:09.007', '22:05', '2024-02-29', '01:02', '2024-02-29T01:00:00.000', '2024-02-28T16:00:00.000');
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8) VALUES (2, NULL, NULL, NULL, NULL, NULL, '01:02', '2024-02-29T01:00:00.000', '2024-02-28T16:00:00.000');

--@test: dates: what does not fit the pattern fails
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  PARSE_DATE(a, 'yyyy-MM-dd') AS e1
  FROM s;
INSERT INTO s VALUES (1, '29/02/2024');
ASSERT VALUES r (id, e1) VALUES (1, NULL);

--@test: dates: added and taken off
CREATE STREAM s (id INT KEY, d DATE, t TIME, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  DATEADD(DAYS, 1, d) AS e1,
  DATESUB(DAYS, 29, d) AS e2,
  TIMEADD(HOURS, 1, t) AS e3,
  TIMESUB(MINUTES, 40, t) AS e4,
  TIMESTAMPADD(SECONDS, 1800, ts) AS e5,
  TIMESTAMPSUB(MILLISECONDS, 1, ts) AS e6
  FROM s;
INSERT INTO s VALUES (1, '2024-02-29', '23:30', '2024-02-29T23:30:00.000');
INSERT INTO s VALUES (2, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (1, '2024-03-01', '2024-01-31', '00:30', '22:50', '2024-03-01T00:00:00.000', '2024-02-29T23:29:59.999');
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6) VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: dates: and numbers
CREATE STREAM s (id INT KEY, n INT, l BIGINT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  FROM_DAYS(n) AS e1,
  FROM_UNIXTIME(l) AS e2,
  UNIX_DATE(FROM_DAYS(n)) AS e3,
  UNIX_TIMESTAMP(FROM_UNIXTIME(l)) AS e4
  FROM s;
INSERT INTO s VALUES (1, 19782, 1709164800000);
INSERT INTO s VALUES (2, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, '2024-02-29', '2024-02-29T00:00:00.000', 19782, 1709164800000);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, NULL, NULL, NULL, NULL);

--@test: dates: from zone to zone
CREATE STREAM s (id INT KEY, ts TIMESTAMP) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  CONVERT_TZ(ts, 'UTC', 'Europe/Berlin') AS e1,
  CONVERT_TZ(ts, 'America/New_York', 'UTC') AS e2,
  CONVERT_TZ(ts, 'Nowhere', 'UTC') AS e3
  FROM s;
INSERT INTO s VALUES (1, '2024-07-01T12:00:00.000');
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, '2024-07-01T14:00:00.000', '2024-07-01T16:00:00.000', NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, NULL, NULL, NULL);

--@test: dates: the older functions over numbers and texts
CREATE STREAM s (id INT KEY, l BIGINT, n INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  TIMESTAMPTOSTRING(l, 'yyyy-MM-dd HH:mm:ss.SSS', 'UTC') AS e1,
  STRINGTOTIMESTAMP('2024-02-29', 'yyyy-MM-dd', 'UTC') AS e2,
  DATETOSTRING(n, 'yyyy-MM-dd') AS e3,
  STRINGTODATE('2024-02-29', 'yyyy-MM-dd') AS e4
  FROM s;
INSERT INTO s VALUES (1, 1709211909007, 19782);
INSERT INTO s VALUES (2, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (1, '2024-02-29 13:05:09.007', 1709164800000, '2024-02-29', 19782);
ASSERT VALUES r (id, e1, e2, e3, e4) VALUES (2, NULL, 1709164800000, NULL, 19782);
