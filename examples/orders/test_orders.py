"""The application in app.sql, tested in each style that Python offers; test_orders.sql and hourly_revenue/ are SQL alone."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minisql.testing import connect

APP = Path(__file__).parent / "app.sql"
NOON = 1714564800000  # 2024-05-01T12:00:00Z
HOUR = 3_600_000


def test_with_a_fixture_alone(ksql):
    """``ksql`` is a connection to an engine that nothing else uses."""
    ksql.run(APP)
    ksql.insert("customers", [("ann", "Ann", "NO")])
    ksql.insert("orders", [("o1", "ann", Decimal("60"), NOON)])
    ksql.assert_topic("NAMED_ORDERS", [("ann", "o1", "Ann", "NO", Decimal("60.00"))])


@pytest.mark.ksql("app.sql")
class TestWithTheMarker:
    """The marker has run the script before each test."""

    def test_a_text_table_says_what_is_there(self, ksql):
        ksql.insert("customers", [("ann", "Ann", "NO"), ("bob", "Bob", "SE")])
        ksql.insert("orders", [("o1", "ann", Decimal("60"), NOON), ("o2", "bob", Decimal("9.5"), NOON + 1)])
        ksql.insert("orders", [("o3", "ann", Decimal("40"), NOON + HOUR), ("o4", "eve", Decimal("1"), NOON + HOUR)])
        ksql.assert_topic(
            "HOURLY_REVENUE",
            """
            COUNTRY | WINDOWSTART   | ORDERS | REVENUE
            NO      | 1714564800000 | 1      | 60.00
            SE      | 1714564800000 | 1      | 9.50
            NO      | 1714568400000 | 1      | 40.00
            unknown | 1714568400000 | 1      | 1.00
            """,
        )

    def test_a_table_has_a_row_for_each_key(self, ksql):
        ksql.insert("orders", [("o1", "ann", Decimal("60"), NOON), ("o2", "ann", Decimal("60"), NOON)])
        ksql.insert("orders", [("o3", "bob", Decimal("99.99"), NOON)])
        ksql.assert_table("BIG_SPENDERS", {"ann": {"SPENT": Decimal("120.00")}})

    def test_a_pull_query_answers_from_the_table(self, ksql):
        ksql.insert("customers", [("ann", "Ann", "NO")])
        ksql.insert("orders", [("o1", "ann", Decimal("60"), NOON)])
        found = ksql.execute("SELECT orders, revenue FROM hourly_revenue WHERE country = 'NO';")
        ksql.assert_rows(found, [(1, Decimal("60.00"))])

    def test_an_order_that_is_too_late_does_not_count(self, ksql):
        late, in_time = NOON + HOUR - 1, NOON + HOUR
        ksql.insert("orders", [("o1", "ann", Decimal("1"), in_time + 11 * 60_000)])
        ksql.insert("orders", [("o2", "ann", Decimal("1"), late), ("o3", "ann", Decimal("1"), in_time)])
        assert [record.window[0] for record in ksql.topic("HOURLY_REVENUE").records()] == [NOON + HOUR, NOON + HOUR]

    def test_a_program_of_any_language_asks_the_server(self, ksql_server):
        def post(path: str, **body: object) -> list[dict]:
            request = Request(f"{ksql_server}{path}", json.dumps(body).encode(), {"content-type": "application/json"})
            with urlopen(request) as answer:
                return json.load(answer)

        post("/ksql", ksql="INSERT INTO orders VALUES ('o1', 'ann', 150.00, '2024-05-01T12:00:00');")
        _, row = post("/query", ksql="SELECT * FROM big_spenders WHERE customer = 'ann';")
        assert row == {"row": {"columns": ["ann", 150.00]}}


AMOUNTS = st.decimals(min_value=0, max_value=100, places=2)
ORDERS = st.lists(st.tuples(st.sampled_from(["ann", "bob"]), AMOUNTS, st.integers(0, 3 * HOUR)), max_size=20)


@settings(max_examples=10, deadline=None)
@given(ORDERS)
def test_what_is_spent_is_the_sum_of_all_orders(orders):
    """Hypothesis looks for orders, out of order in time, for which a plain sum and the application differ."""
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for customer, amount, _ in orders:
        spent[customer] += amount
    with connect() as ksql:
        ksql.run(APP)
        ksql.insert("orders", [(f"o{i}", who, amount, NOON + after) for i, (who, amount, after) in enumerate(orders)])
        ksql.assert_table("BIG_SPENDERS", {who: {"SPENT": total} for who, total in spent.items() if total >= 100})
