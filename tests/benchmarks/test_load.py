"""The load does its work: small runs of it, and wrong results that are told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.benchmarks.load import crowd, measuring, requests, slow, subscribers
from tests.benchmarks.load.served import Served, served
from tests.benchmarks.throughput import WrongResultError


@pytest.fixture(scope="module", autouse=True)
def libraries() -> None:
    for library in ("h11", "h2", "wsproto"):
        pytest.importorskip(library)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as server:
        yield server


def test_a_crowd() -> None:
    with served() as server:
        figures = asyncio.run(crowd.measure(server, readers=40, writers=8, rows=5))
    assert figures.written == 40
    assert figures.delivered_per_second > figures.written_per_second


def test_subscribers(server: Served) -> None:
    for count in (1, 5):
        assert asyncio.run(subscribers.measure(server, count, 300)).per_second > 0


@pytest.mark.parametrize("kind", requests.KINDS)
@pytest.mark.parametrize("http", ["1.1", "2"])
def test_requests(server: Served, kind: str, http: str) -> None:
    figures = asyncio.run(requests.measure(server, kind, http, connections=2, count=20))
    assert figures.p50 <= figures.p95 <= figures.p99


def test_slow_readers() -> None:
    with served() as server:
        figures = asyncio.run(slow.measure(server, readers=3, rows=30_000, seconds=0.2))
    assert figures.rows == 30_000


LOST, LATE, TWICE = [(0, 0), (0, 1), (1, 0)], [(0, 1), (0, 0), (1, 0), (1, 1)], [(0, 0), (0, 0), (1, 0), (1, 1)]


@pytest.mark.parametrize("found", [[], LOST, LATE, TWICE])
def test_a_row_that_is_lost_or_late_or_comes_twice(found: list[tuple[int, int]]) -> None:
    crowd.check([(0, 0), (1, 0), (0, 1), (1, 1)], writers=2, rows=2)
    with pytest.raises(WrongResultError, match="a reader has seen"):
        crowd.check(found, writers=2, rows=2)


def test_memory_that_grows() -> None:
    slow.check(10, 100 * 2**20, 101 * 2**20, 110 * 2**20, 105 * 2**20)
    with pytest.raises(WrongResultError, match="grows with 10 slow readers, in MB: 100, 101, 110, 150"):
        slow.check(10, 100 * 2**20, 101 * 2**20, 110 * 2**20, 150 * 2**20)


def test_tables() -> None:
    figures = {
        "crowd": {"readers": 2, "writers": 1, "written": 3, "written_per_second": 10.0, "delivered_per_second": 20.0},
        "subscribers": [{"subscribers": 2, "rows": 100, "per_second": 1234.5}],
        "requests": [
            {"kind": "list", "http": "2", "connections": 8, "per_second": 99.9, "p50": 0.001, "p95": 0.002, "p99": 0.0035}
        ],
        "slow": {"readers": 2, "rows": 1000, "seconds": 60.0, "start": 50 * 2**20, "middle": 51 * 2**20, "end": 52 * 2**20},
    }
    first, second, heading, row, last = measuring.lines(figures)
    assert first.endswith("10 rows/s written, 20 rows/s delivered")
    assert second.split() == ["100", "rows", "to", "2", "subscribers", "1,234", "rows/s"]
    assert len(heading) == len(row)
    assert row.split() == ["list", "2", "8", "100", "1.00", "2.00", "3.50"]
    assert last == "2 slow readers of 1,000 rows for 60 s: 50, 51, 52 MB"
