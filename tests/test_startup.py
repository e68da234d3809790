"""The first row of a push query comes soon after the start of a process: what it does without is not imported."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.benchmarks.latency import FIRST_ROW

OF_OTHERS = {"asyncio", "http", "sortedcontainers", "urllib.request", "zoneinfo"}
OF_OURS = {
    *("cli", "client", "java", "parameters", "rows", "tables", "testing", "topics", "wire"),
    *("analyzer.aggregates", "analyzer.duration", "analyzer.pull"),
    *("broker.placement", "broker.transcode", "broker.view"),
    *("codegen.arithmetic", "codegen.common_type", "codegen.decimals", "codegen.logic", "codegen.matching", "codegen.times"),
    *("dialect.diagnosis", "dialect.formatting", "dialect.ksql", "dialect.variables"),
    *("formats.delimited", "formats.json.reader", "formats.json.writer", "formats.kafka", "formats.text"),
    *("functions.aggregate", "functions.datetime", "functions.generics", "functions.refusals"),
    *("planner.aggregate", "planner.flat_map", "planner.joins", "planner.partition", "planner.pull", "planner.sink"),
    *("runtime.ingest", "runtime.joiners", "runtime.pull", "runtime.view"),
    *("runtime.operators.aggregate", "runtime.operators.join", "runtime.operators.session", "runtime.operators.window"),
    *("statements.drop", "statements.insert_into", "statements.show"),
}


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules that a process has imported once it has its first row."""
    program = f"{FIRST_ROW}\nimport sys\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split())


def test_what_the_first_row_does_without(imported: set[str]) -> None:
    assert "minisql.runtime.operators.filter" in imported
    assert imported & (OF_OTHERS | {f"minisql.{name}" for name in OF_OURS}) == set()


def test_these_are_modules() -> None:
    assert [name for name in OF_OURS if find_spec(f"minisql.{name}") is None] == []
