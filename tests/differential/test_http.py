"""The engine in the process and the one behind HTTP give the same to every scenario."""

from __future__ import annotations

import os

from hypothesis import given, settings

from minisql.testing.differential import InProcess, Scenario, Served, assert_same
from tests.differential.generated import scenarios

SCENARIOS = int(os.environ.get("MINISQL_SCENARIOS") or (2000 if os.environ.get("CI") else 100))


def test_in_process_and_over_http(process: InProcess, served: Served) -> None:
    @settings(max_examples=SCENARIOS)
    @given(scenarios())
    def same(scenario: Scenario) -> None:
        assert_same(scenario, process, served)

    same()
