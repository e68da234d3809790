-- URLs.

--@test: urls: their parts
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  URL_EXTRACT_PROTOCOL(a) AS e1,
  URL_EXTRACT_HOST(a) AS e2,
  URL_EXTRACT_PORT(a) AS e3,
  URL_EXTRACT_PATH(a) AS e4,
  URL_EXTRACT_QUERY(a) AS e5,
  URL_EXTRACT_FRAGMENT(a) AS e6,
  URL_EXTRACT_PARAMETER(a, 'q') AS e7,
  URL_EXTRACT_PARAMETER(a, 'flag') AS e8,
  URL_EXTRACT_PARAMETER(a, 'no') AS e9
  FROM s;
INSERT INTO s VALUES (1, 'https://user@host.org:8080/a/b%20c?q=1%202&flag#frag');
INSERT INTO s VALUES (2, 'mailto:x@y');
INSERT INTO s VALUES (3, 'http://[');
INSERT INTO s VALUES (4, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9) VALUES (1, 'https', 'host.org', 8080, '/a/b c', 'q=1 2&flag', 'frag', '1 2', '', NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9) VALUES (2, 'mailto', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9) VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
ASSERT VALUES r (id, e1, e2, e3, e4, e5, e6, e7, e8, e9) VALUES (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

--@test: urls: encoded and decoded
CREATE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id,
  URL_ENCODE_PARAM(a) AS e1,
  URL_DECODE_PARAM(URL_ENCODE_PARAM(a)) AS e2
  FROM s;
INSERT INTO s VALUES (1, 'a b&c=ü');
INSERT INTO s VALUES (2, NULL);
ASSERT VALUES r (id, e1, e2) VALUES (1, 'a+b%26c%3D%C3%BC', 'a b&c=ü');
ASSERT VALUES r (id, e1, e2) VALUES (2, NULL, NULL);
