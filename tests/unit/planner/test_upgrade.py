"""Which plans may replace which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minisql.errors import KsqlError
from minisql.planner.plan import QueryPlan
from minisql.planner.upgrade import check_upgrade

Plan = Callable[..., QueryPlan]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CREATE STREAM X AS SELECT K, V FROM S;", "CREATE STREAM X AS SELECT K, V, W FROM S WHERE V > 1;"),
        ("CREATE STREAM X AS SELECT K, V FROM S WHERE V > 2;", "CREATE STREAM X AS SELECT K, V FROM S;"),
        (
            "CREATE TABLE X AS SELECT V, COUNT(*) FROM S GROUP BY V;",
            "CREATE TABLE X AS SELECT V, COUNT(*) FROM S WHERE V > 1 GROUP BY V;",
        ),
    ],
)
def test_filters_and_projections_may_change(old: str, new: str, plan: Plan) -> None:
    check_upgrade(plan(old).step, plan(new).step)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "CREATE STREAM X AS SELECT * FROM S PARTITION BY V;",
            "CREATE STREAM X AS SELECT V, W FROM S PARTITION BY W;",
            "Query is not upgradeable. Plan step of type StreamSelectKey must have matching keyExpressions. "
            "Values differ: [V] vs. [W]",
        ),
        (
            "CREATE TABLE X AS SELECT V, COUNT(*) FROM S GROUP BY V;",
            "CREATE TABLE X AS SELECT V, COUNT(*), SUM(V) FROM S GROUP BY V;",
            "Query is not upgradeable. Plan step of type StreamAggregate must have matching aggregate functions. "
            "Values differ: [COUNT(ROWTIME)] vs. [COUNT(ROWTIME), SUM(V)]",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM S JOIN T ON S.K = T.ID;",
            "CREATE STREAM X AS SELECT * FROM S JOIN T ON S.K = T.ID;",
            "Upgrades not yet supported for StreamTableJoin",
        ),
    ],
)
def test_all_else_stays(old: str, new: str, message: str, plan: Plan) -> None:
    with pytest.raises(KsqlError) as caught:
        check_upgrade(plan(old).step, plan(new).step)
    assert caught.value.message == message
