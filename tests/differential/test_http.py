"""The engine in the process and the one behind HTTP give the same to every scenario."""

from __future__ import annotations

from hypothesis import given, settings

from minisql.strategies import scenarios
from minisql.testing.differential import InProcess, Scenario, Served, assert_same
from tests.differential.generated import SCENARIOS


def test_in_process_and_over_http(process: InProcess, served: Served) -> None:
    @settings(max_examples=SCENARIOS)
    @given(scenarios(tombstones=True, errors=True))
    def same(scenario: Scenario) -> None:
        assert_same(scenario, process, served)

    same()
