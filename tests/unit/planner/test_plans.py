"""Plans as text: each file of plans/ is a statement, an empty line, and the plan that it gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minisql.planner.explain import explain
from minisql.planner.plan import QueryPlan

Plan = Callable[..., QueryPlan]

PLANS = sorted((Path(__file__).parent / "plans").glob("*.txt"))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plan(path: Path, plan: Plan) -> None:
    sql, wanted = path.read_text().split("\n\n", 1)
    assert f"{plan(sql)}\n" == wanted


def test_explain_names_step_schema_and_logger(plan: Plan) -> None:
    text = explain(plan("CREATE STREAM X AS SELECT K, V AS `low` FROM R WHERE V > 1;").step, "CSAS_X_3")
    assert text == (
        " > [ SINK ] | Schema: K INTEGER KEY, `low` INTEGER | Logger: CSAS_X_3.X\n"
        "\t\t > [ PROJECT ] | Schema: K INTEGER KEY, `low` INTEGER | Logger: CSAS_X_3.Project\n"
        "\t\t\t\t > [ FILTER ] | Schema: K INTEGER KEY, V INTEGER, X STRING, ROWTIME BIGINT, ROWPARTITION INTEGER, "
        "ROWOFFSET BIGINT, K INTEGER | Logger: CSAS_X_3.WhereFilter\n"
        "\t\t\t\t\t\t > [ SOURCE ] | Schema: K INTEGER KEY, V INTEGER, X STRING, ROWTIME BIGINT, ROWPARTITION INTEGER, "
        "ROWOFFSET BIGINT, K INTEGER | Logger: CSAS_X_3.KsqlTopic.Source\n"
    )
