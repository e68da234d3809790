"""Laws of the engine over whatever the strategies come up with."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import expressions as exp

import minisql
from minisql.dialect import nodes, parse, sql
from minisql.strategies import column_types, expressions, produce, records, rows, scenarios, statements
from minisql.strategies.literals import literal_of
from minisql.strategies.selects import never_null
from minisql.strategies.sources import source_of
from minisql.testing.differential import Scenario
from minisql.types import SqlType
from tests.properties.stage import engine, source, table
from tests.unit.strategies.model import played

COLUMNS = (
    "k INT, i INT, b BIGINT, d DOUBLE, n DECIMAL(4, 2), s STRING, f BOOLEAN, bs BYTES, dt DATE, tm TIME, ts TIMESTAMP,"
    " a ARRAY<INT>, m MAP<STRING, DOUBLE>, st STRUCT<f INT, g STRING>"
)
SCHEMA = source_of(COLUMNS).schema
SLOW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
ROWS = st.lists(rows(COLUMNS), min_size=1, max_size=3)


def values(connection: minisql.Connection) -> list[Any]:
    """The column E of the topic E."""
    return [record.value["E"] for record in connection.topic("E").records()]


@given(st.data(), column_types(1), ROWS)
@SLOW
def test_row_by_row_or_all_at_once(data: st.DataObject, kind: SqlType, some: list[dict[str, Any]]) -> None:
    """A batch of rows gives what each of them gives, be it that some of them fail."""
    text = data.draw(expressions(COLUMNS, kind))
    script = f"{source('STREAM', 's', COLUMNS)} CREATE STREAM e AS SELECT {text} AS e, 1 AS one FROM s;"
    once, each = engine(script), engine(script)
    once.insert("s", some)
    for row in some:
        each.insert("s", [row])
    assert repr(values(once)) == repr(values(each))


@given(st.data(), column_types(1), rows(COLUMNS))
@SLOW
def test_a_column_or_its_value(data: st.DataObject, kind: SqlType, row: dict[str, Any]) -> None:
    """What is known when the query is planned gives what is known when the row comes."""
    text = data.draw(expressions(COLUMNS, kind))
    given_values = ", ".join(f"{literal_of(row[each.name], each.type)} AS {each.name}" for each in SCHEMA.value)
    columns = f"{source('STREAM', 's', COLUMNS)} CREATE STREAM e AS SELECT {text} AS e, 1 AS one FROM s;"
    written = f"{source('STREAM', 's', 'one INT')} CREATE STREAM t AS SELECT {given_values} FROM s;"
    one, other = engine(columns), engine(f"{written} CREATE STREAM e AS SELECT {text} AS e, 1 AS one FROM t;")
    one.insert("s", [row])
    other.insert("s", [{"ONE": 1}])
    assert repr(values(one)) == repr(values(other))


@given(expressions(COLUMNS, "BOOLEAN"), ROWS)
@SLOW
def test_no_row_meets_a_condition_and_its_negation(text: str, some: list[dict[str, Any]]) -> None:
    connection = engine(source("STREAM", "s", COLUMNS))
    connection.insert("s", [{**row, "K": number} for number, row in enumerate(some)])
    kept = [
        {row.k for row in connection.execute(f"SELECT k FROM s WHERE {condition} EMIT CHANGES;").fetchall()}
        for condition in (never_null(text), f"NOT {text}")
    ]
    assert not kept[0] & kept[1]
    if not connection.processing_log:
        assert kept[0] | kept[1] == set(range(len(some)))


@given(st.data())
@SLOW
def test_a_statement_is_read_as_it_is_written(data: st.DataObject) -> None:
    """The tree's text gives the tree again, and the same answers."""
    connection = engine(source("STREAM", "S1", COLUMNS) + source("TABLE", "T1", "k INT PRIMARY KEY, v INT"))
    text = data.draw(statements(connection))
    tree = parse(text)
    written = sql(tree)
    assert unquoted(parse(written)) == unquoted(tree)
    assert sql(parse(written)) == written
    connection.execute(written)


def unquoted(tree: exp.Expr) -> exp.Expr:
    """The tree without a word on which names were quoted though they need not be."""
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", False)
    return tree


@given(st.data())
@SLOW
def test_every_query_can_be_explained(data: st.DataObject) -> None:
    connection = engine(source("STREAM", "S1", COLUMNS) + source("TABLE", "T1", "k INT PRIMARY KEY, v INT"))
    text = data.draw(statements(connection))
    if isinstance(parse(text), (nodes.CreateAsSelect, nodes.Query)) and " EMIT " in text:
        [entity] = connection.ksql(f"EXPLAIN {text}")
        assert entity["queryDescription"]["executionPlan"]


@given(scenarios(errors=True, tombstones=True))
@SLOW
def test_nothing_but_ksqldbs_errors_is_raised(scenario: Scenario) -> None:
    played(scenario)


@given(scenarios())
@SLOW
def test_the_same_scenario_gives_the_same(scenario: Scenario) -> None:
    one, other = played(scenario)[0], played(scenario)[0]
    for name in one.engine.broker.topics:
        assert repr(one.topic(name).raw()) == repr(other.topic(name).raw())


CHANGES = records("k INT PRIMARY KEY, v INT, w DOUBLE", out_of_order=10, v=st.integers(0, 2), w=st.sampled_from([None, 0.5]))


@pytest.mark.parametrize(
    "query", ["SELECT k, v FROM t WHERE v > 0", "SELECT v, COUNT(*) AS n, SUM(w) AS total FROM t GROUP BY v"]
)
@given(some=CHANGES)
@SLOW
def test_a_table_may_be_asked_before_or_after_its_rows(query: str, some: list[Any]) -> None:
    create, query = source("TABLE", "t", "k INT PRIMARY KEY, v INT, w DOUBLE"), f"CREATE TABLE q AS {query};"
    before, after = engine(create + query), engine(create)
    produce(before, "t", some)
    produce(after, "t", some)
    after.execute(query)
    assert table(before, "Q") == table(after, "Q")
