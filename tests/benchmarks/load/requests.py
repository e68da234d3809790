"""How many requests a second are answered, and how long each takes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import Any

from tests.benchmarks.load.client import Client
from tests.benchmarks.load.served import Served
from tests.benchmarks.throughput import WrongResultError


@dataclass(frozen=True)
class Requests:
    """Figures of one kind of request: how many a second, and the 50th, 95th and 99th of 100 latencies, in seconds."""

    kind: str
    http: str
    connections: int
    per_second: float
    p50: float
    p95: float
    p99: float


KINDS: dict[str, tuple[str, dict[str, str], bytes]] = {
    "insert": ("/ksql", {"ksql": "INSERT INTO s VALUES (1, 2, 'text');"}, b"[]"),
    "list": ("/ksql", {"ksql": "LIST STREAMS;"}, b"MANY"),
    "pull by key": ("/query-stream", {"sql": "SELECT * FROM t WHERE id = 1;"}, b"\n[1,"),
    "pull several": ("/query-stream", {"sql": "SELECT * FROM t WHERE id IN (1, 2, 3) AND n > 0;"}, b"\n[1,"),
}
"""Path, body, and what has to be in the answer."""


async def measure(server: Served, kind: str, http: str, connections: int, count: int) -> Requests:
    """Send so many requests over connections that are kept, one after the other on each.

    Raises:
        WrongResultError: an answer is not right.
    """
    async with Client(server) as client:
        await client.ksql("INSERT INTO s VALUES (1, 1, 'text');")
    start = perf_counter()
    share = max(1, count // connections)
    parts = await asyncio.gather(*(_send(server, kind, http, share) for _ in range(connections)))
    seconds = perf_counter() - start
    taken = [each for part in parts for each in part]
    cuts = quantiles(taken, n=100, method="inclusive")
    return Requests(kind, http, connections, len(taken) / seconds, cuts[49], cuts[94], cuts[98])


def _client(server: Served, http: str) -> Any:
    if http == "1.1":
        return Client(server)
    from tests.benchmarks.load.http2 import Http2Client  # needs h2

    return Http2Client(server)


async def _send(server: Served, kind: str, http: str, count: int) -> list[float]:
    path, body, wanted = KINDS[kind]
    taken = []
    async with _client(server, http) as client:
        for _ in range(count):
            start = perf_counter()
            answer = await client.post(path, body)
            taken.append(perf_counter() - start)
            if wanted not in answer:
                raise WrongResultError(f"load: {body} was answered {answer!r}")
    return taken
