"""What lies on the topics is the same to every query, in whichever format it lies there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minisql.testing.differential import InProcess, Scenario, Statement, assert_same
from minisql.testing.differential.observation import Observation
from tests.differential.generated import SCENARIOS, scenarios_of

LIBRARIES = {"AVRO": "fastavro", "PROTOBUF": "google.protobuf", "PROTOBUF_NOSR": "google.protobuf"}
OF_KEYS = ("AVRO", "JSON_SR")
"""Formats whose keys are written as those of JSON are, for records that delete one."""
STATEMENTS = st.sampled_from(
    [
        "CREATE STREAM Q AS SELECT ID, UCASE(G) AS G, V * 2 AS V, V > 0 AS B FROM S;",
        "CREATE STREAM Q AS SELECT V, ID AS I, G FROM S PARTITION BY V;",
        "CREATE TABLE Q AS SELECT ID, V FROM T WHERE V > 0;",
        "CREATE TABLE Q AS SELECT G, COUNT(*) AS N, SUM(V) AS S FROM T GROUP BY G;",
        "CREATE TABLE Q AS SELECT G, MIN(V) AS N FROM S WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY G;",
        "CREATE TABLE Q AS SELECT G, COUNT(*) AS N FROM S WINDOW SESSION (5 MILLISECONDS) GROUP BY G;",
        "CREATE STREAM Q AS SELECT S.ID AS ID, S.V AS V, T.V AS W FROM S JOIN T ON S.ID = T.ID;",
        "CREATE TABLE Q AS SELECT T.ID AS ID, T.G AS G, U.W AS W FROM T JOIN U ON T.G = U.G;",
    ]
)
"""Queries that give no NULL, for Protobuf has none: it is tested with the formats."""


class InFormat(InProcess):
    """An engine whose topics are in another format, seen by queries alone: they are not to tell them apart but by name."""

    sees_topics = False

    def __init__(self, format: str) -> None:
        super().__init__()
        self.name = format

    def run(self, scenario: Scenario, seen: str) -> Observation:
        which = "FORMAT" if self.name in OF_KEYS else "VALUE_FORMAT"
        old, new = f"{which}='JSON'", f"{which}='{self.name}'"
        steps = [Statement(step.text.replace(old, new)) if isinstance(step, Statement) else step for step in scenario.steps]
        found = super().run(scenario.with_(steps=tuple(steps)), seen)
        parts = {name: self._renamed(getattr(found, name)) for name in ("steps", "sources", "changes")}
        return found.with_(backend=self.name, **{**parts, "steps": tuple(parts["steps"])})

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._renamed(name): self._renamed(each) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._renamed(each) for each in value]
        return value.replace(self.name, "JSON") if isinstance(value, str) else value


@pytest.mark.parametrize("format", ["AVRO", "DELIMITED", "JSON_SR", "PROTOBUF", "PROTOBUF_NOSR"])
def test_like_json(format: str, process: InProcess) -> None:
    pytest.importorskip(LIBRARIES.get(format, "minisql"))
    other = InFormat(format)

    @settings(max_examples=SCENARIOS // 20)
    @given(STATEMENTS.flatmap(scenarios_of))
    def same(scenario: Scenario) -> None:
        assert_same(scenario, process, other)

    same()
