"""What counts as a difference, and how it is told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import minisql
from minisql.testing.differential import Advance, InProcess, Produce, Query, Row, Scenario, Statement, assert_same, compare
from minisql.testing.differential.compare import difference
from minisql.testing.differential.normalizations import NORMALIZATIONS, normalized
from minisql.testing.differential.observation import Observation

SCENARIO = Scenario((Query("SELECT * FROM S;"), Statement("DROP STREAM S;")))
SOURCE = {"schema": "`K` INTEGER KEY, `V` STRING", "topic": "s", "writeQueries": []}


def observation(**parts: Any) -> Observation:
    """What came of SCENARIO, but for what is given."""
    found: dict[str, Any] = {
        "backend": "one",
        "clock": (1000, 1001),
        "seen": "topics",
        "steps": (
            {"schema": "`A` INTEGER", "rows": [[1], [2]]},
            {"error": "StatementError", "code": 40001, "message": "no"},
        ),
        "sources": {"S": SOURCE},
        "queries": [{"id": "CSAS_A_1", "state": "RUNNING"}, {"id": "CSAS_B_2", "state": "RUNNING"}],
        "changes": {"s": [change(1, "a"), change(2, "b"), change(1, "c")]},
    }
    return Observation(**{**found, **parts})


def change(key: int, value: Any, timestamp: int = 5, partition: int = 0, **more: Any) -> dict[str, Any]:
    return {"key": key, "value": value, "timestamp": timestamp, "partition": partition, **more}


def steps(*changes: tuple[int, dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    found = [dict(step) for step in observation().steps]
    for number, parts in changes:
        found[number].update(parts)
    return tuple(found)


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"steps": steps((0, {"schema": "`A` BIGINT"}))}, "step 1: SELECT * FROM S;"),
        ({"steps": steps((0, {"rows": [[1], [3]]}))}, "step 1: SELECT * FROM S;\nrow 2"),
        ({"steps": steps((0, {"rows": [[1]]}))}, "step 1: SELECT * FROM S;\nrow 2"),
        ({"steps": steps((0, {"rows": [[Decimal("1.0")], [2]]}))}, "step 1: SELECT * FROM S;\nrow 1"),
        ({"steps": steps((0, {"limit": True}))}, "step 1: SELECT * FROM S;"),
        ({"steps": steps((1, {"message": "yes"}))}, "step 2: DROP STREAM S;"),
        ({"steps": steps((1, {"code": 40000}))}, "step 2: DROP STREAM S;"),
        ({"steps": steps((1, {"error": "ParseError"}))}, "step 2: DROP STREAM S;"),
        ({"sources": {}}, "source S"),
        ({"sources": {"S": {**SOURCE, "topic": "t"}}}, "source S"),
        ({"queries": [{"id": "CSAS_A_1", "state": "RUNNING"}, {"id": "CSAS_B_2", "state": "ERROR"}]}, "queries"),
        ({"changes": {}}, "changes of s"),
    ],
)
def test_what_differs(parts: dict[str, Any], where: str, ordered: bool) -> None:
    found = difference(SCENARIO, observation(), observation(**parts, backend="other"), ordered=ordered)
    assert found is not None
    assert found.where == where
    assert (found.left, found.right) == ("one", "other")


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize(
    "other",
    [
        change(1, "d"),
        change(1, None),
        change(1, "c", timestamp=6),
        change(1, "c", partition=1),
        change(1, "c", window=[0, 5]),
        change(1, "c", headers=[["h", None]]),
        change(3, "c"),
    ],
)
def test_changes_differ(other: dict[str, Any], ordered: bool) -> None:
    changes = {"s": [change(1, "a"), change(2, "b"), other]}
    found = difference(SCENARIO, observation(), observation(changes=changes), ordered=ordered)
    assert found is not None
    assert found.where.startswith("changes of s, partition ")
    assert found.step is None


@pytest.mark.parametrize(
    ("parts", "same_in_any_order"),
    [
        ({"steps": steps((0, {"rows": [[2], [1]]}))}, True),
        ({"changes": {"s": [change(2, "b"), change(1, "a"), change(1, "c")]}}, True),
        ({"changes": {"s": [change(1, "c"), change(2, "b"), change(1, "a")]}}, False),
    ],
)
def test_order(parts: dict[str, Any], same_in_any_order: bool) -> None:
    """What Kafka promises is the order of a key's changes; two backends that keep all of it are held to that."""
    assert difference(SCENARIO, observation(), observation(**parts), ordered=True) is not None
    assert (difference(SCENARIO, observation(), observation(**parts), ordered=False) is None) is same_in_any_order


def test_what_means_nothing() -> None:
    other = observation(
        clock=(2000, 2010),
        queries=[{"id": "CSAS_B_17", "state": "RUNNING"}, {"id": "CSAS_A_16", "state": "RUNNING"}],
        changes={"s": [change(1, "a"), change(2, "b"), change(1, "c")]},
        steps=steps((1, {"message": "no"})),
    )
    assert difference(SCENARIO, observation(), other, ordered=True) is None


def test_now_is_the_same_on_both() -> None:
    one = observation(changes={"s": [change(1, "a", timestamp=1001)]})
    other = observation(clock=(2000, 2010), changes={"s": [change(1, "a", timestamp=2003)]})
    past = observation(clock=(2000, 2010), changes={"s": [change(1, "a", timestamp=1500)]})
    assert difference(SCENARIO, one, other, ordered=True) is None
    assert difference(SCENARIO, one, past, ordered=True) is not None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("INSERTQUERY_3 and CTAS_A_1_22", "INSERTQUERY_# and CTAS_A_1_#"),
        ("transient_S_1234567890", "transient_S_#"),
        ("io.confluent.Some$Thing@1a2b3c", "io.confluent.Some$Thing@#"),
        ({"commandSequenceNumber": 3, "statistics": "x", "topology": "y", "kept": None}, {"kept": None}),
        ({"readQueries": [{"id": "CSAS_B_1"}, {"id": "CSAS_A_2"}]}, {"readQueries": [{"id": "CSAS_A_#"}, {"id": "CSAS_B_#"}]}),
        ([4, 5, 6, True], [4, "<now>", 6, True]),
        ("CSAS_A", "CSAS_A"),
    ],
)
def test_normalizations(value: Any, expected: Any) -> None:
    assert normalized(value, [(5, 5)]) == expected


def test_every_normalization_has_its_reason() -> None:
    assert all(each.what and each.why for each in NORMALIZATIONS)
    assert all(each.left_out or each.sorted or each.pattern or each.now for each in NORMALIZATIONS)


CREATE = Statement("CREATE STREAM S (K INT KEY, V STRING) WITH (KAFKA_TOPIC='s', FORMAT='JSON', PARTITIONS=1);")


class Louder(InProcess):
    """An engine that says something else."""

    name = "louder"

    def run(self, scenario: Scenario, seen: str) -> Observation:
        shouted = [
            Statement(step.sql().replace("LCASE", "UCASE")) if isinstance(step, Statement) else step for step in scenario.steps
        ]
        return super().run(scenario.with_(steps=tuple(shouted)), seen).with_(backend=self.name)


COPY = Statement("CREATE STREAM C AS SELECT K, LCASE(V) AS V FROM S;")


def test_a_difference_is_told_as_a_test() -> None:
    query = Query("SELECT V FROM C EMIT CHANGES LIMIT 1;")
    scenario = Scenario((CREATE, COPY, Row("S", {"K": "1", "V": "'Ab'"}, 7), query, Statement("DROP TABLE C;")))
    with pytest.raises(AssertionError) as caught:
        assert_same(scenario, InProcess(), Louder())
    text = str(caught.value)
    assert "minisql in the process: " in text
    assert "                louder: " in text
    test = text[text.index("--@test: scenario") :].splitlines()
    assert test == [
        "--@test: scenario",
        "--@expected.error: io.confluent.ksql.util.KsqlException",
        "--@expected.message: Incompatible data source type is stream, but statement was DROP table",
        CREATE.text,
        COPY.text,
        "INSERT INTO S (K, V, ROWTIME) VALUES (1, 'Ab', 7);",
        query.text,
        '--   ["ab"]',
        "ASSERT VALUES C (K, V, ROWTIME) VALUES (1, 'ab', 7);",
        "DROP TABLE C;",
    ]


def test_steps_of_all_kinds() -> None:
    steps = (
        CREATE,
        COPY,
        Produce("s", 1, {"V": "B"}, 3, (("h", b"x"),)),
        Advance(50),
        Row("S", {"K": "2"}),
        Produce("s", "x", {}),
    )
    seen = InProcess(now=100).run(Scenario(steps).timed(100), "topics")
    assert seen.clock == (100, 150)
    assert [answer.get("message") for answer in seen.steps[2:]] == [
        None, None, None, "Can't coerce string to type. targetType: INTEGER, path: $",
    ]  # fmt: skip
    assert seen.changes["C"] == [
        {"key": 1, "value": {"V": "b"}, "timestamp": 3, "partition": 0, "headers": [["h", {"base64": "eA=="}]]},
        {"key": 2, "value": {"V": None}, "timestamp": 150, "partition": 0},
    ]


def test_changes_by_queries() -> None:
    """As a ksqlDB shows them: a deletion has its key and nothing else."""
    table = Statement("CREATE TABLE T (K INT PRIMARY KEY, V STRING) WITH (KAFKA_TOPIC='t', FORMAT='JSON', PARTITIONS=1);")
    window = "CREATE TABLE W AS SELECT V, COUNT(*) AS N FROM S WINDOW TUMBLING (SIZE 5 MILLISECONDS) GROUP BY V;"
    rows = (Row("S", {"K": "1", "V": "'a'"}, 7), Produce("t", 1, {"V": "x"}, 3), Produce("t", 1, None, 4))
    seen = InProcess(now=0).run(Scenario((CREATE, table, Statement(window), *rows)), "queries")
    assert seen.changes == {
        "S": [{"key": {"K": 1}, "value": {"V": "a"}, "timestamp": 7, "partition": 0}],
        "T": [
            {"key": {"K": 1}, "value": {"V": "x"}, "timestamp": 3, "partition": 0},
            {"key": {"K": 1}, "value": None, "timestamp": None, "partition": None},
        ],
        "W": [{"key": {"V": "a"}, "value": {"N": 1}, "timestamp": 7, "partition": 0, "window": [5, 10]}],
    }


def test_two_backends_at_least() -> None:
    with pytest.raises(minisql.InterfaceError):
        assert_same(SCENARIO, InProcess())


def test_what_minisql_lacks_is_an_answer() -> None:
    lacking = Scenario((Statement("CREATE SINK CONNECTOR c WITH ('connector.class'='x');"),))
    assert InProcess().run(lacking, "topics").steps[0]["error"] == "UnsupportedError"
    assert compare(lacking, InProcess(), InProcess()) is None
