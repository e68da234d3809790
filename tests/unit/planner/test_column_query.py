"""ksqlDB's other planner: columns of one stream, and refusals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minisql.errors import KsqlError
from minisql.planner.plan import QueryPlan

Plan = Callable[..., QueryPlan]

NEW = {"ksql_new_query_planner_enabled": "true"}


def test_keys_keep_their_order_and_the_schema_that_of_the_select_clause(plan: Plan) -> None:
    planned = plan("CREATE STREAM X AS SELECT W, V AS OTHER, K FROM S;", **NEW)
    assert str(planned.schema) == "`W` STRING, `V` INTEGER, `K` INTEGER KEY"
    assert [(type(step).__name__, str(step.schema)) for step in (planned.step, planned.step.sources[0])] == [
        ("StreamSink", "`W` STRING, `V` INTEGER, `K` INTEGER KEY"),
        ("StreamSelect", "`K` INTEGER KEY, `V` INTEGER, `W` STRING"),
    ]


def test_a_key_that_is_not_selected_is_gone(plan: Plan) -> None:
    planned = plan("CREATE STREAM X WITH (KAFKA_TOPIC='nobody reads it') AS SELECT V FROM S;", **NEW)
    assert planned.sink is not None
    assert (planned.sink.topic, str(planned.sink.schema)) == ("X", "`V` INTEGER")
    assert [type(step).__name__ for step in planned.step.sources[0].sources] == ["StreamSelectKey"]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "CREATE STREAM X AS SELECT * FROM S WHERE V > 0 PARTITION BY V;",
            "New query planner does not support WHERE. Set ksql.new.query.planner.enabled=false.",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM S JOIN R WITHIN 1 DAY ON S.K = R.K;",
            "New query planner does not support joins. Set ksql.new.query.planner.enabled=false.",
        ),
        ("CREATE TABLE X AS SELECT * FROM T;", "Input TABLES are not supported by the new planner"),
        (
            "CREATE STREAM X AS SELECT V + 1 FROM S;",
            "New query planner only support column references, no expressions or aliases.",
        ),
        ("CREATE STREAM X AS SELECT NOPE FROM S;", "Line: 1, Col: 27: SELECT column 'NOPE' cannot be resolved."),
        ("CREATE STREAM X AS SELECT *, V FROM S;", "Duplicate value columns found in schema: `V` INTEGER"),
        ("CREATE STREAM X WITH (FORMAT='FOO') AS SELECT * FROM S;", "Unknown format: FOO"),
        ("SELECT * FROM S EMIT CHANGES;", "No value present"),
        ("INSERT INTO SINK SELECT * FROM S;", "Cannot add stream 'SINK': A stream with the same name already exists"),
    ],
)
def test_refusals(sql: str, message: str, plan: Plan) -> None:
    with pytest.raises(KsqlError) as caught:
        plan(sql, **NEW)
    assert caught.value.message == message
