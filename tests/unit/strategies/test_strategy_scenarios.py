"""Scenarios: all their steps run, they have all kinds of steps, and a fault is shown by a few of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from minisql.errors import InterfaceError
from minisql.strategies import scenarios
from minisql.testing.differential import Produce, Query, Row, Scenario, Statement
from tests.unit.strategies.model import played, shrunk


@given(scenarios(tombstones=True))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_every_step_is_accepted(scenario: Scenario) -> None:
    assert played(scenario)[1] == []
    assert Scenario.from_json(scenario.to_json()) == scenario


@given(scenarios(formats=["AVRO", "JSON_SR", "PROTOBUF", "PROTOBUF_NOSR"]))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_formats_with_schemas_are_accepted_too(scenario: Scenario) -> None:
    assert played(scenario)[1] == []


def test_they_have_steps_of_all_kinds() -> None:
    kinds: set[type] = set()
    words: set[str] = set()

    @seed(0)
    @given(scenarios(tombstones=True))
    @settings(max_examples=100, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def draw(scenario: Scenario) -> None:
        kinds.update(map(type, scenario.steps))
        text = scenario.sql()
        words.update(word for word in ("CREATE TABLE Q", "CREATE STREAM Q", "JOIN", "GROUP BY", "INSERT INTO Q") if word in text)

    draw()
    assert kinds == {Statement, Query, Row, Produce}
    assert words >= {"CREATE TABLE Q", "CREATE STREAM Q", "JOIN", "GROUP BY"}


def test_errors_are_there_where_they_are_asked_for() -> None:
    found = shrunk(scenarios(errors=True), lambda scenario: len(played(scenario)[1]) > 0)
    assert len(found.steps) <= 3


def test_what_they_are_made_of_can_be_said() -> None:
    @given(scenarios(formats=["DELIMITED"], queries=["filter"]))
    @settings(max_examples=20)
    def draw(scenario: Scenario) -> None:
        assert "JSON'" not in scenario.sql()
        assert " GROUP BY " not in scenario.sql()

    draw()
    with pytest.raises(InterfaceError, match="no queries of the kind windows, only filter, group"):
        shrunk(scenarios(queries=["windows"]), lambda scenario: True)


def test_they_shrink_to_what_shows_a_fault() -> None:
    """As if what comes of GROUP BY were wrong."""
    found = shrunk(scenarios(queries=["group"], formats=["JSON"], most=4), lambda scenario: "GROUP BY" in scenario.sql(), 500)
    assert [type(step) for step in found.steps] == [Statement, Statement, Query, Query]
    assert "CREATE TABLE Q1 AS SELECT V1 AS G1, COUNT(*) AS A1 FROM S1 GROUP BY V1 EMIT CHANGES;" in found.sql()
