"""The engine in the process next to a ksqlDB, where MINISQL_KSQLDB_URL says where one is."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from minisql.strategies import scenarios
from minisql.testing.differential import InProcess, Scenario, assert_same, backend_at
from tests.test_recordings import RECORDINGS, Recording

URL = os.environ.get("MINISQL_KSQLDB_URL", "")
SCENARIOS = int(os.environ.get("MINISQL_SCENARIOS") or 10)
"""A scenario takes a server some ten seconds."""

pytestmark = pytest.mark.skipif(not URL, reason="MINISQL_KSQLDB_URL is not set")


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording.scenario.name)
def test_recorded_scenarios(recording: Recording) -> None:
    assert_same(recording.scenario, InProcess(), backend_at(URL))


def test_generated_scenarios() -> None:
    backend = backend_at(URL)

    @settings(max_examples=SCENARIOS, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
    @given(scenarios())
    def same(scenario: Scenario) -> None:
        assert_same(scenario, InProcess(), backend)

    same()
