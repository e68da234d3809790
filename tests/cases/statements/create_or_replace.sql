-- CREATE OR REPLACE.

--@test: create or replace: a source gets more columns
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE OR REPLACE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
INSERT INTO s VALUES (1, 2, 'x');
ASSERT VALUES s (id, a, b) VALUES (1, 2, 'x');

--@test: create or replace: a query gets another filter and one more column
CREATE STREAM s (id INT KEY, a INT, b STRING) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM r AS SELECT id, a FROM s;
INSERT INTO s VALUES (1, 1, 'x');
CREATE OR REPLACE STREAM r AS SELECT id, a, b FROM s WHERE a > 1;
INSERT INTO s VALUES (2, 1, 'y');
INSERT INTO s VALUES (3, 2, 'z');
ASSERT VALUES r (id, a, b) VALUES (1, 1, NULL);
ASSERT VALUES r (id, a, b) VALUES (3, 2, 'z');

--@test: create or replace: an aggregate keeps its state behind another filter
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT id, SUM(a) AS total FROM s GROUP BY id;
INSERT INTO s VALUES (1, 10);
CREATE OR REPLACE TABLE r AS SELECT id, SUM(a) AS total FROM s WHERE a > 1 GROUP BY id;
INSERT INTO s VALUES (1, 1);
INSERT INTO s VALUES (1, 5);
ASSERT VALUES r (id, total) VALUES (1, 10);
ASSERT VALUES r (id, total) VALUES (1, 15);

--@test: create or replace: a column of a source cannot change its type
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot upgrade data source
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE OR REPLACE STREAM s (id INT KEY, a STRING) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: create or replace: a stream does not become a table
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot upgrade data source: DataSource '`S`' has type = KSTREAM which is not upgradeable to KTABLE
CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE OR REPLACE TABLE s (id INT PRIMARY KEY, a INT) WITH (kafka_topic='s', format='JSON', partitions=1);

--@test: create or replace: another grouping
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Cannot upgrade data source
CREATE STREAM s (id INT KEY, a INT, b INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE r AS SELECT a, COUNT(*) AS n FROM s GROUP BY a;
CREATE OR REPLACE TABLE r AS SELECT b, COUNT(*) AS n FROM s GROUP BY b;
