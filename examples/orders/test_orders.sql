-- Tests of app.sql in SQL: `pytest` and `minisql test` run them.

--@test: each hour counts for itself
RUN SCRIPT 'app.sql';
INSERT INTO customers VALUES ('ann', 'Ann', 'NO');
INSERT INTO orders VALUES ('o1', 'ann', 60.00, '2024-05-01T12:15:00');
INSERT INTO orders VALUES ('o2', 'ann', 40.00, '2024-05-01T12:45:00');
INSERT INTO orders VALUES ('o3', 'ann', 30.00, '2024-05-01T13:15:00');
ASSERT VALUES hourly_revenue (country, orders, revenue, WINDOWSTART) VALUES ('NO', 1, 60.00, 1714564800000);
ASSERT VALUES hourly_revenue (country, orders, revenue, WINDOWSTART) VALUES ('NO', 2, 100.00, 1714564800000);
ASSERT VALUES hourly_revenue (country, orders, revenue, WINDOWSTART) VALUES ('NO', 1, 30.00, 1714568400000);
ASSERT NO VALUES hourly_revenue;

--@test: who has spent enough
RUN SCRIPT 'app.sql';
INSERT INTO orders VALUES ('o1', 'ann', 60.00, '2024-05-01T12:15:00');
INSERT INTO orders VALUES ('o2', 'bob', 99.99, '2024-05-01T12:15:00');
ASSERT NO ROWS big_spenders;
INSERT INTO orders VALUES ('o3', 'ann', 40.00, '2024-05-01T12:15:00');
ASSERT ROWS big_spenders VALUES ('ann', 100.00);

--@test: an order needs an amount that fits
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: Failed to insert values into 'ORDERS'.
RUN SCRIPT 'app.sql';
INSERT INTO orders VALUES ('o1', 'ann', 'a lot', '2024-05-01T12:15:00');
