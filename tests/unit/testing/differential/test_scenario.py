"""Scenarios print themselves as SQL and as JSON, and are read back from either."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

import minisql
from minisql.rest.text import text_of
from minisql.schema import Column
from minisql.testing.differential import (
    Advance,
    Produce,
    Query,
    Row,
    Scenario,
    Statement,
    parse_scenarios,
    read_scenarios,
    sql_value,
)
from minisql.types import BIGINT, DOUBLE, INTEGER, STRING, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct

CREATE = "CREATE STREAM S (ID INT KEY, V INT) WITH (KAFKA_TOPIC='s', FORMAT='JSON', PARTITIONS=1);"
WHOLE = Scenario(
    (
        Statement(CREATE),
        Row("S", {"ID": "1", "V": "ABS(-(2), 'a,(')"}, 5),
        Row("S", {"ID": "1", "v": "ARRAY[1, 2]"}),
        Produce("s", 1, {"V": 3}, 7, (("h", b"\0"), ("g", None)), 0),
        Produce("s", b"\1\2", None),
        Advance(1000),
        Statement("INSERT INTO S VALUES (1, 2);"),
        Query("SELECT * FROM S EMIT CHANGES LIMIT 1;"),
    ),
    name="all of it",
)


def test_sql_and_back() -> None:
    assert parse_scenarios(str(WHOLE)) == [WHOLE]


def test_json_and_back() -> None:
    assert Scenario.from_json(json.loads(text_of(WHOLE.to_json()))) == WHOLE


def test_settings_become_statements() -> None:
    scenario = WHOLE.with_(properties={"auto.offset.reset": "latest"})
    assert str(scenario).splitlines()[:2] == ["--@test: all of it", "SET 'auto.offset.reset' = 'latest';"]


def test_several_tests_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "some.sql"
    text = f"--  x\n--@test: one\n{CREATE}\n--@test: two\n--@expected.error: x\nSELECT 1;ASSERT NULL VALUES s (id) KEY (1);"
    path.write_text(text)
    assert read_scenarios(path) == [
        Scenario((Statement(CREATE),), name="one"),
        Scenario((Query("SELECT 1;"),), name="two"),
    ]


def test_a_plain_script_is_called_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "some.sql"
    path.write_text(CREATE)
    assert read_scenarios(path) == [Scenario((Statement(CREATE),), name="some")]


def test_json_file(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text(text_of(WHOLE.to_json()))
    assert read_scenarios(path) == [WHOLE]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO s SELECT * FROM t;",
        "INSERT INTO s VALUES (1);",
        "INSERT INTO s (a) VALUES (1, 2);",
        "INSERT INTO s (a, ROWTIME) VALUES (1, 2 + 3);",
        "INSERT INTO s (a) VALUES (1;",
        "INSERT INTO",
        "INSERT",
        ";",
    ],
)
def test_statements_that_are_no_rows(text: str) -> None:
    assert parse_scenarios(text)[0].steps == (Statement(text),)


def test_no_step() -> None:
    with pytest.raises(ValueError, match="a step is a statement"):
        Scenario.from_json({"steps": [{"sql": "SELECT 1;"}]})


COLUMNS = [
    Column("I", INTEGER),
    Column("D", DOUBLE),
    Column("DD", SqlDecimal(4, 2)),
    Column("A", SqlArray(SqlArray(BIGINT))),
    Column("M", SqlMap(STRING, DOUBLE)),
    Column("S", SqlStruct((("x", INTEGER), ("Y", SqlArray(STRING))))),
    Column("T", TIMESTAMP),
]
VALUES = [
    {},
    {"I": -(2**31), "D": 1e300, "DD": Decimal("-1.50"), "T": datetime(2020, 1, 2, 3, 4, 5, tzinfo=timezone.utc)},
    {"A": [], "M": {}, "S": {"x": None, "Y": []}},
    {"A": [None, [], [None, 2**63 - 1]], "M": {"it's": None, "": -0.5}, "S": {"x": 1, "Y": ["a", None]}},
]


@pytest.mark.parametrize("values", VALUES)
def test_rows_come_as_they_were_given(values: dict[str, object]) -> None:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    declared = ", ".join(map(str, COLUMNS))
    conn.execute(f"CREATE STREAM S ({declared}) WITH (KAFKA_TOPIC='s', VALUE_FORMAT='JSON', PARTITIONS=1);")
    conn.execute(Row.of("S", COLUMNS, {column.name: values.get(column.name) for column in COLUMNS}, 5).sql())
    row = conn.execute("SELECT * FROM S;").fetchone()
    assert row is not None
    assert {name: value for name, value in row.asdict().items() if value is not None} == values


def test_columns_that_are_not_given_are_left_out() -> None:
    assert Row.of("S", COLUMNS, {"I": 1}).values == {"I": "1"}


def test_no_literal() -> None:
    with pytest.raises(minisql.ProgrammingError):
        sql_value(float("nan"), DOUBLE)
