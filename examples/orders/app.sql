-- Orders, the customers who placed them, and what each country and each customer spends.
SET 'auto.offset.reset' = 'earliest';

CREATE STREAM orders (id STRING KEY, customer STRING, amount DECIMAL(10, 2), placed TIMESTAMP)
  WITH (kafka_topic='orders', value_format='AVRO', timestamp='placed', partitions=1);

CREATE TABLE customers (id STRING PRIMARY KEY, name STRING, country STRING)
  WITH (kafka_topic='customers', value_format='AVRO', partitions=1);

CREATE STREAM named_orders WITH (value_format='AVRO') AS
  SELECT o.customer, o.id AS order_id, c.name, COALESCE(c.country, 'unknown') AS country, o.amount
  FROM orders o LEFT JOIN customers c ON o.customer = c.id
  EMIT CHANGES;

CREATE TABLE hourly_revenue WITH (value_format='AVRO') AS
  SELECT country, COUNT(*) AS orders, SUM(amount) AS revenue
  FROM named_orders WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 10 MINUTES)
  GROUP BY country
  EMIT CHANGES;

CREATE TABLE big_spenders WITH (value_format='AVRO') AS
  SELECT customer, SUM(amount) AS spent
  FROM named_orders
  GROUP BY customer
  HAVING SUM(amount) >= 100
  EMIT CHANGES;
