"""All of the load, and its tables."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks.load import crowd, requests, slow, subscribers
from tests.benchmarks.load.served import served


@dataclass(frozen=True)
class Size:
    """How much: readers and writers at once, with so many rows each; subscribers, with as many rows; requests; slow readers."""

    crowd: tuple[int, int, int]
    subscribers: tuple[tuple[int, int], ...]
    requests: int
    connections: tuple[int, ...]
    slow: tuple[int, int, float]


FULL = Size(
    crowd=(200, 20, 20),
    subscribers=((1, 200_000), (50, 4000), (200, 1000)),
    requests=2000,
    connections=(1, 8),
    slow=(20, 200_000, 60.0),
)


def measure(size: Size) -> dict[str, Any]:
    """The figures, by part; each part has a server of its own.

    Raises:
        WrongResultError: the server was wrong somewhere.
    """
    return asyncio.run(_measure(size))


async def _measure(size: Size) -> dict[str, Any]:
    with served() as server:
        crowded = asdict(await crowd.measure(server, *size.crowd))
    with served() as server:
        subscribed = [asdict(await subscribers.measure(server, *each)) for each in size.subscribers]
    with served() as server:
        requested = [
            asdict(await requests.measure(server, kind, http, connections, size.requests))
            for kind in requests.KINDS
            for http in ("1.1", "2")
            for connections in size.connections
        ]
    with served() as server:
        slowed = asdict(await slow.measure(server, *size.slow))
    return {"crowd": crowded, "subscribers": subscribed, "requests": requested, "slow": slowed}


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The figures as text."""
    yield (
        "load: {readers} push queries and {writers} writers at once, nothing lost, nothing twice, in order: "
        "{written_per_second:,.0f} rows/s written, {delivered_per_second:,.0f} rows/s delivered"
    ).format(**figures["crowd"])
    for each in figures["subscribers"]:
        yield "{rows:9,} rows to {subscribers:3} subscribers {per_second:11,.0f} rows/s".format(**each)
    yield f"{'request':14} {'HTTP':>4} {'connections':>11} {'requests/s':>11} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}"
    for each in figures["requests"]:
        latencies = " ".join(f"{each[name] * 1000:8.2f}" for name in ("p50", "p95", "p99"))
        yield f"{each['kind']:14} {each['http']:>4} {each['connections']:11} {each['per_second']:11,.0f} {latencies}"
    each = figures["slow"]
    memory = ", ".join(f"{each[name] / 2**20:.0f}" for name in ("start", "middle", "end"))
    yield f"{each['readers']} slow readers of {each['rows']:,} rows for {each['seconds']:.0f} s: {memory} MB"
