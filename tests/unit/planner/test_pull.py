"""Pull queries: which keys they look up, and which are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minisql.dialect import text
from minisql.errors import KsqlError
from minisql.planner.lookup import Bounds, Lookup
from minisql.planner.pull import PullPlan

Pull = Callable[[str], PullPlan]

HELP = " See https://cnfl.io/queries for more info.\nAdd EMIT CHANGES if you intended to issue a push query."


@pytest.mark.parametrize(
    ("sql", "lookups"),
    [
        ("SELECT * FROM T;", []),
        ("SELECT * FROM T WHERE F = 1;", []),
        ("SELECT * FROM T WHERE ID = 1;", [Lookup("=", 1)]),
        ("SELECT * FROM T WHERE 1 = ID AND F > 2;", [Lookup("=", 1)]),
        ("SELECT * FROM T WHERE ID IN (3, 1);", [Lookup("=", 3), Lookup("=", 1)]),
        ("SELECT * FROM T WHERE ID = 1 OR F = 2;", []),
        ("SELECT * FROM T WHERE ID = F;", []),
        ("SELECT * FROM T WHERE ID + 1 = 2;", []),
        ("SELECT * FROM T WHERE ID > 1;", []),
        ("SELECT * FROM NAMED WHERE N > 'a';", [Lookup(">", "a")]),
        ("SELECT * FROM NAMED WHERE N > 'a' AND N = 'b';", [Lookup("=", "b")]),
        ("SELECT * FROM NAMED WHERE N > 'a' OR N = 'b';", []),
        ("SELECT * FROM NAMED WHERE N LIKE 'a%';", []),
        ("SELECT * FROM TWO WHERE A = 1 AND B = 'x';", [Lookup("=", (1, "x"))]),
        ("SELECT * FROM TWO WHERE A = 1;", []),
        ("SELECT * FROM TWO WHERE A = 1 AND B > 'x';", []),
        ("SELECT * FROM WT WHERE K = 'a';", [Lookup("=", "a")]),
        ("SELECT * FROM WT WHERE K > 'a';", []),
        ("SELECT * FROM WT WHERE K = 'a' AND WINDOWSTART = 10;", [Lookup("=", "a", Bounds((10, True), (10, True)))]),
        (
            "SELECT * FROM WT WHERE K = 'a' AND 10 < WINDOWSTART AND WINDOWEND <= '1970-01-01T00:00:01';",
            [Lookup("=", "a", Bounds((10, False)), Bounds(None, (1000, True)))],
        ),
    ],
)
def test_lookups(sql: str, lookups: list[Lookup], pull: Pull) -> None:
    assert list(pull(sql).lookups) == lookups


def test_bounds_know_their_ends() -> None:
    bounds = Bounds((10, False), (20, True))
    assert [time in bounds for time in (10, 11, 20, 21)] == [False, True, True, False]


def test_star_shows_keys_and_window_first(pull: Pull) -> None:
    plan = pull("SELECT * FROM WT;")
    assert str(plan.schema) == "`K` STRING KEY, `WINDOWSTART` BIGINT KEY, `WINDOWEND` BIGINT KEY, `V` INTEGER"
    assert [select.name for select in plan.selects] == ["K", "WINDOWSTART", "WINDOWEND", "V"]


def test_selected_columns_keep_their_order_and_their_name(pull: Pull) -> None:
    plan = pull("SELECT F + 1, ID, C AS D FROM T WHERE F <> 1 LIMIT 2;")
    assert str(plan.schema) == "`KSQL_COL_0` INTEGER, `ID` INTEGER KEY, `D` STRING"
    assert plan.predicate is not None
    assert (text(plan.predicate), plan.limit) == ("(F <> 1)", 2)


def test_a_stream_is_read_through_its_steps(pull: Pull) -> None:
    plan = pull("SELECT V, K FROM S WHERE V > 1;")
    assert not plan.is_table
    assert str(plan.schema) == "`V` INTEGER, `K` INTEGER"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT COUNT(*) FROM T;", f"Pull queries don't support GROUP BY clauses.{HELP}"),
        ("SELECT * FROM S PARTITION BY V;", f"Pull queries don't support PARTITION BY clauses.{HELP}"),
        ("SELECT ROWOFFSET FROM T;", f"Pull queries don't support the following columns in SELECT clauses: `ROWOFFSET`\n{HELP}"),
        ("SELECT *, C FROM T;", "Pull queries only support wildcards in the projects if they are the only expression"),
        ("SELECT * FROM T WHERE ID = NULL;", None),
        (
            "SELECT * FROM T WHERE ID = 10000000000;",
            "'10000000000' can not be converted to the type of the key column: ID INTEGER KEY",
        ),
    ],
)
def test_refusals(sql: str, message: str | None, pull: Pull) -> None:
    with pytest.raises(KsqlError) as caught:
        pull(sql)
    assert message is None or caught.value.message == message


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("F IS NULL", "Unsupported expression in WHERE clause: (F IS NULL)"),
        ("K = 'a' AND WINDOWSTART > 1 AND WINDOWSTART >= 2", "Duplicate `WINDOWSTART` bounds on: GREATER_THAN"),
        (
            "K = 'a' AND WINDOWSTART = 1 AND WINDOWSTART > 0",
            "`(WINDOWSTART > 0)` cannot be combined with other `WINDOWSTART` bounds",
        ),
        ("K = 'a' AND WINDOWEND <> 1", "Unsupported `WINDOWEND` bounds: NOT_EQUAL"),
    ],
)
def test_where_refusals(where: str, fault: str, pull: Pull) -> None:
    table = "T" if where.startswith("F") else "WT"
    with pytest.raises(KsqlError) as caught:
        pull(f"SELECT * FROM {table} WHERE {where};")
    assert caught.value.message.startswith(f"{fault}. {HELP}\nPull queries require a WHERE clause that:\n")
