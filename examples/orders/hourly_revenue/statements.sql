CREATE STREAM named_orders (customer STRING KEY, order_id STRING, name STRING, country STRING, amount DECIMAL(10, 2))
  WITH (kafka_topic='NAMED_ORDERS', value_format='AVRO', partitions=1);

CREATE TABLE hourly_revenue WITH (value_format='AVRO') AS
  SELECT country, COUNT(*) AS orders, SUM(amount) AS revenue
  FROM named_orders WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 10 MINUTES)
  GROUP BY country
  EMIT CHANGES;
