-- Bytes and encodings.

--@test: bytes: to and from text
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  FROM_BYTES(TO_BYTES(a, 'utf8'), 'utf8') AS e1,
  FROM_BYTES(TO_BYTES(a, 'utf8'), 'hex') AS e2,
  FROM_BYTES(TO_BYTES(a, 'utf8'), 'base64') AS e3,
  FROM_BYTES(TO_BYTES(a, 'utf8'), 'ascii') AS e4,
  ENCODE(a, 'utf8', 'hex') AS e5,
  LEN(TO_BYTES(a, 'utf8')) AS e6,
  MD5(a) AS e7
  FROM s;
INSERT INTO s VALUES (1, 'Hi');
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7) VALUES (1, 'Hi', '4869', 'SGk=', 'Hi', '4869', 2, 'c1a5298f939e87e8f962a5edfc206918');
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7) VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: bytes: numbers in them
CREATE STREAM s (id INT KEY, a BYTES) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  INT_FROM_BYTES(a) AS e1,
  INT_FROM_BYTES(a, 'LITTLE_ENDIAN') AS e2,
  BIGINT_FROM_BYTES(a) AS e3
  FROM s;
INSERT INTO s VALUES (1, TO_BYTES('00000001', 'hex'));
INSERT INTO s VALUES (2, TO_BYTES('0001', 'hex'));
INSERT INTO s VALUES (3, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, 1, 16777216, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (3, NULL, NULL, NULL);

--@test: bytes: parts
CREATE STREAM s (id INT KEY, a BYTES) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  FROM_BYTES(SUBSTRING(a, 2), 'hex') AS e1,
  FROM_BYTES(LPAD(a, 4, TO_BYTES('ff', 'hex')), 'hex') AS e2,
  ARRAY_LENGTH(SPLIT(a, TO_BYTES('02', 'hex'))) AS e3
  FROM s;
INSERT INTO s VALUES (1, TO_BYTES('010203', 'hex'));
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2, e3) VALUES (1, '0203', 'FF010203', 2);
ASSERT VALUES r (id, e1, e2, e3) VALUES (2, NULL, NULL, NULL);

--@test: bytes: an unknown encoding fails
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  TO_BYTES(a, 'rot13') AS e1
  FROM s;
INSERT INTO s VALUES (1, 'x');
ASSERT VALUES r (id, e1) VALUES (1, NULL);
