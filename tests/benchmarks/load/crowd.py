"""Many push queries and many writers at once: nothing is lost, nothing comes twice, and the order of each key is kept."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from time import perf_counter

from tests.benchmarks.load.client import Client, push
from tests.benchmarks.load.served import Served
from tests.benchmarks.throughput import WrongResultError


@dataclass(frozen=True)
class Crowd:
    """Figures: how many there were, and what came of them in a second."""

    readers: int
    writers: int
    written: int
    written_per_second: float
    delivered_per_second: float


async def measure(server: Served, readers: int, writers: int, rows: int) -> Crowd:
    """Let ``writers`` write ``rows`` rows each, with a key of their own, while ``readers`` read all of them.

    Raises:
        WrongResultError: a reader has seen something else than what was written.
    """
    start = perf_counter()
    reading = [asyncio.ensure_future(_read(server, writers * rows)) for _ in range(readers)]
    await asyncio.gather(*(_write(server, key, rows) for key in range(writers)))
    written = perf_counter() - start
    for found in await asyncio.gather(*reading):
        check(found, writers, rows)
    seconds = perf_counter() - start
    count = writers * rows
    return Crowd(readers, writers, count, count / written, count * readers / seconds)


async def _read(server: Served, count: int) -> list[tuple[int, int]]:
    async with Client(server) as client:
        query = push(f"SELECT id, number FROM s EMIT CHANGES LIMIT {count};")
        _, *found = [json.loads(chunk) async for chunk in client.stream("/query-stream", query)]
        return found


async def _write(server: Served, key: int, rows: int) -> None:
    async with Client(server) as client:
        for number in range(rows):
            await client.ksql(f"INSERT INTO s VALUES ({key}, {number}, 'text');")


def check(found: list[tuple[int, int]], writers: int, rows: int) -> None:
    """See that a reader has read the rows 0, 1, ... of each key in their order, and nothing else.

    Raises:
        WrongResultError: it has not.
    """
    for key in range(writers):
        numbers = [number for each, number in found if each == key]
        if numbers != list(range(rows)):
            raise WrongResultError(f"load: a reader has seen of key {key}: {numbers}")
    if len(found) != writers * rows:
        raise WrongResultError(f"load: a reader has seen {len(found)} rows of {writers * rows}")
