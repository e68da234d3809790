"""Each workload does its work: a small run gives what the hand-written loop gives."""

from __future__ import annotations

import pytest

import minisql
from tests.benchmarks.__main__ import main
from tests.benchmarks.floors import by_distance
from tests.benchmarks.throughput import WrongResultError, check, measure
from tests.benchmarks.workloads import WORKLOADS


@pytest.mark.parametrize("name", WORKLOADS)
def test_engine_agrees_with_floor(name: str) -> None:
    try:
        figures = measure(name, count=400, keys=20, rounds=1)
    except minisql.UnsupportedError as error:
        pytest.skip(f"unsupported: {error.feature}")
    assert figures.rows == 400
    assert figures.ratio > 0


def test_a_move_is_two_changes_unless_the_ring_is_the_same() -> None:
    here, near, away = (37.4133, -122.1162), (37.4233, -122.1162), (37.7133, -122.1162)
    rows = [{"profileId": "a", "latitude": latitude, "longitude": longitude} for latitude, longitude in (here, near, away)]
    changes = [(0.0, ["a"], 1), (0.0, ["a"], 1), (0.0, [], 0), (30.0, ["a"], 1)]
    assert by_distance(rows) == changes
    workload = WORKLOADS["W3"]
    conn = workload.open(1)
    workload.feed(conn, rows)
    assert workload.changes(conn) == changes


def test_a_result_that_differs_is_named() -> None:
    with pytest.raises(WrongResultError, match="at 1: 2 wanted, 3 given"):
        check("W1", [1, 2], [1, 3])


def test_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["W1", "--rows", "200", "--keys", "10", "--rounds", "1", "--no-memory"]) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split()[:3] == ["rows", "changes", "rows/s"]
    assert row.split(maxsplit=1)[1].startswith("filter by distance")
