"""Where records come from: by doing queries again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minisql
from minisql.testing import connect
from minisql.testing.assertions.journal import Journal
from minisql.testing.assertions.lineage import Tracer, Untold
from minisql.testing.assertions.replay import Budget, Ref

EARLIEST = {"auto.offset.reset": "earliest"}
SOURCES = """
    CREATE TABLE users (id VARCHAR PRIMARY KEY, region VARCHAR) WITH (kafka_topic='users', value_format='json', partitions=1);
    CREATE STREAM orders (id VARCHAR KEY, amount INT) WITH (kafka_topic='orders', value_format='json', partitions=1);
"""
ENRICHED = "CREATE STREAM enriched AS SELECT o.id AS id, amount, region FROM orders o JOIN users u ON o.id = u.id;"
TOTALS = "CREATE TABLE totals AS SELECT region, SUM(amount) AS total, COUNT(*) AS n FROM enriched GROUP BY region;"


def engine(*statements):
    connection = connect(clock=minisql.ManualClock(0), properties=EARLIEST)
    connection.execute(SOURCES + "\n".join(statements))
    return connection


def write(connection, records):
    """(topic, key, value, timestamp) of each, one call each."""
    for topic, key, value, timestamp in records:
        column = "region" if topic == "users" else "amount"
        connection.insert(topic, [{"id": key, column: value, "ROWTIME": timestamp}])


def lineage(connection, topic, number, **options):
    found = Tracer(connection.engine, **options).lineage(Ref(topic, number))
    return [tuple(ref) for ref in found.roots], [tuple(ref) for ref in found.by_way_of]


IDS, REGIONS, TIMES = st.sampled_from("ab"), st.sampled_from(["EU", "US", None]), st.integers(0, 5)
RECORDS = st.lists(
    st.tuples(st.just("users"), IDS, REGIONS, TIMES) | st.tuples(st.just("orders"), IDS, st.integers(0, 3), TIMES), max_size=12
)


@settings(max_examples=30)
@given(RECORDS)
def test_the_records_that_are_found_suffice(records):
    """Of nothing but these, in their order, the same record comes out."""
    connection = engine(ENRICHED, TOTALS)
    write(connection, records)
    numbers = {"users": 0, "orders": 0}
    places = []
    for record in records:
        places.append((record[0], numbers[record[0]]))
        numbers[record[0]] += 1
    for number, target in enumerate(connection.topic("TOTALS").records()):
        roots, _ = lineage(connection, "TOTALS", number)
        again = engine(ENRICHED, TOTALS)
        write(again, [record for record, place in zip(records, places, strict=True) if place in roots])
        assert (target.key, target.value) in [(each.key, each.value) for each in again.topic("TOTALS").records()]
        assert roots[0] in places


JOINS = [
    "CREATE TABLE j AS SELECT region, COUNT(*) AS n FROM users GROUP BY region;",
    "CREATE STREAM j AS SELECT a.id AS id, a.amount AS x, b.amount AS y"
    " FROM orders a JOIN other b WITHIN 3 MILLISECONDS ON a.id = b.id;",
    "CREATE STREAM j AS SELECT o.id AS id, amount, region FROM orders o LEFT JOIN users u ON o.id = u.id;",
    "CREATE TABLE j AS SELECT ROWKEY AS id, region, n FROM users u FULL OUTER JOIN counts c ON u.id = c.id;",
    "CREATE TABLE j AS SELECT id, COUNT(*) AS n FROM orders WINDOW SESSION (2 MILLISECONDS) GROUP BY id;",
    "CREATE TABLE j AS SELECT id, COUNT(*) AS n FROM orders WINDOW TUMBLING (SIZE 2 MILLISECONDS, GRACE PERIOD 1 MILLISECOND)"
    " GROUP BY id EMIT FINAL;",
    "CREATE STREAM j AS SELECT id, EXPLODE(ARRAY[amount, amount + 1]) AS amount FROM orders;",
]


@pytest.mark.parametrize("join", JOINS)
@settings(max_examples=15)
@given(records=RECORDS, batch=st.booleans())
def test_every_record_is_accounted_for(join, records, batch):
    """Whatever the order in which a query has read its inputs, doing it again gives what it gave."""
    connection = engine(
        "CREATE STREAM other AS SELECT * FROM orders WHERE amount > 0;",
        "CREATE TABLE counts AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id;",
        join,
    )
    if batch:
        with connection.engine.lock:  # all of it waits when the queries get their turn
            drain, connection.engine.drain = connection.engine.drain, lambda: None
            write(connection, records)
            connection.engine.drain = drain
        connection.engine.drain()
    else:
        write(connection, records)
    for number in range(len(connection.topic("J").records())):
        roots, _ = lineage(connection, "J", number)
        assert roots
        assert {topic for topic, _ in roots} <= {"users", "orders"}


def test_what_a_record_depends_on():
    connection = engine(ENRICHED, TOTALS)
    write(
        connection,
        [
            ("users", "a", "EU", 0),
            ("orders", "a", 1, 0),
            ("orders", "b", 2, 0),
            ("users", "b", "US", 0),
            ("orders", "b", 3, 0),
            ("orders", "a", 4, 0),
        ],
    )
    assert lineage(connection, "ENRICHED", 1) == ([("orders", 2), ("users", 1)], [])
    roots = [("orders", 3), ("users", 0), ("orders", 0)]
    assert lineage(connection, "TOTALS", 2) == (roots, [("ENRICHED", 2), ("ENRICHED", 0)])
    assert lineage(connection, "orders", 1) == ([("orders", 1)], [])


def test_records_that_can_stand_in_for_each_other():
    """Neither user record alone is needed; the later one is named."""
    connection = engine(ENRICHED)
    write(connection, [("users", "a", "EU", 0), ("users", "a", "EU", 0), ("orders", "a", 1, 0)])
    assert lineage(connection, "ENRICHED", 0) == ([("orders", 0), ("users", 1)], [])


def test_contributions_that_cancel_out_are_named():
    connection = engine("CREATE TABLE sums AS SELECT id, SUM(amount) AS total FROM orders GROUP BY id;")
    write(connection, [("orders", "a", 5, 0), ("orders", "a", -5, 0), ("orders", "a", 1, 0)])
    assert lineage(connection, "SUMS", 2) == ([("orders", 2), ("orders", 0), ("orders", 1)], [])


def test_several_writers_and_other_records():
    connection = engine(
        "CREATE STREAM big AS SELECT * FROM orders WHERE amount > 5;",
        "INSERT INTO big SELECT id, amount * 10 AS amount FROM orders WHERE amount < 3;",
    )
    write(connection, [("orders", "a", 7, 0), ("orders", "a", 2, 0), ("orders", "a", 4, 0)])
    connection.insert("big", [("a", 99)])
    write(connection, [("orders", "a", 8, 0)])
    assert [lineage(connection, "BIG", number)[0] for number in range(4)] == [
        [("orders", 0)],
        [("orders", 1)],
        [("BIG", 2)],
        [("orders", 3)],
    ]


def test_values_that_differ_each_time():
    connection = engine("CREATE STREAM u AS SELECT id, UUID() AS u FROM orders WHERE amount > 1;")
    write(connection, [("orders", "a", 1, 0), ("orders", "a", 2, 0)])
    found = Tracer(connection.engine).lineage(Ref("U", 0))
    assert (found.roots, found.doubts) == ([Ref("orders", 1)], ["CSAS_U_0 gives other values each time"])


def test_a_query_that_went_on_with_the_state_of_another():
    query = "CREATE OR REPLACE TABLE n AS SELECT id, COUNT(*) AS n FROM orders WHERE amount > {} GROUP BY id;"
    connection = engine(query.format(-1))
    write(connection, [("orders", "a", 1, 0)])
    connection.execute(query.format(0))
    write(connection, [("orders", "a", 1, 0)])
    assert connection.topic("N").records()[1].value == {"N": 2}
    with pytest.raises(Untold, match="CTAS_N_0 went on with the state of the query that it replaced"):
        lineage(connection, "N", 1)


def test_the_way_ends_where_it_cannot_be_told():
    query = "CREATE OR REPLACE TABLE n AS SELECT id, COUNT(*) AS n FROM orders WHERE amount > {} GROUP BY id;"
    connection = engine(query.format(-1), "CREATE TABLE big AS SELECT id, n FROM n WHERE n > 1;")
    write(connection, [("orders", "a", 1, 0)])
    connection.execute(query.format(0))
    write(connection, [("orders", "a", 1, 0)])
    found = Tracer(connection.engine).lineage(Ref("BIG", 0))
    assert found.roots == [Ref("N", 1)]
    assert found.doubts == ["CTAS_N_0 went on with the state of the query that it replaced"]


def test_a_budget_that_does_not_suffice():
    connection = engine("CREATE TABLE n AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id;")
    write(connection, [("orders", "a", 1, 0)] * 20)
    found = Tracer(connection.engine, Budget(1500)).lineage(Ref("N", 19))
    assert found.roots[0] == Ref("orders", 19)
    assert found.doubts == ["not all of the 19 records that CTAS_N_0 read before could be left out"]
    assert found.roots[1:] == [Ref("orders", number) for number in range(20 - len(found.roots), 19)]
    with pytest.raises(Untold, match="doing CTAS_N_0 again takes too long"):
        lineage(connection, "N", 19, budget=Budget(100))


def test_many_records_are_left_out_in_parts():
    connection = engine("CREATE TABLE n AS SELECT id, SUM(amount) AS n FROM orders GROUP BY id;")
    connection.insert("orders", [("b" if number % 100 else "a", 1) for number in range(400)] + [("a", 1)])
    assert lineage(connection, "N", 400)[0] == [("orders", 400), *[("orders", number) for number in (0, 100, 200, 300)]]


def test_an_engine_with_queries_from_before_has_no_journal():
    shared = minisql.Engine(minisql.ManualClock(0))
    minisql.connect(shared, properties=EARLIEST).execute(SOURCES + ENRICHED)
    connection = connect(shared)
    assert Journal.of(shared) is None
    write(connection, [("orders", "a", 1, 5), ("users", "a", "EU", 0), ("orders", "a", 2, 6)])
    with pytest.raises(Untold, match="does not give the same records"):  # by time, users come first
        lineage(connection, "ENRICHED", 0)
