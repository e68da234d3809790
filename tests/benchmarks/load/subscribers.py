"""How many rows a second reach one subscriber, and many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from time import perf_counter

from tests.benchmarks.load.client import Client
from tests.benchmarks.load.served import Served
from tests.benchmarks.throughput import WrongResultError

QUERY = "SELECT number FROM many EMIT CHANGES LIMIT {};"


@dataclass(frozen=True)
class Subscribers:
    """Figures: rows that were made at once, and how many a second all subscribers together have read."""

    subscribers: int
    rows: int
    per_second: float


async def measure(server: Served, subscribers: int, rows: int) -> Subscribers:
    """Let subscribers wait for new rows, make the rows by one INSERT, and wait until all have read them.

    Raises:
        WrongResultError: a subscriber has not got them.
    """
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(Client(server)) for _ in range(subscribers)]
        answers = [client.stream("/query-stream", {"sql": QUERY.format(rows)}) for client in clients]
        for answer in answers:
            await anext(answer)  # the header: the query runs
        start = perf_counter()
        async with Client(server) as client:
            await client.ksql(f"INSERT INTO seed VALUES (1, {rows});")
        counts = await asyncio.gather(*map(_count, answers))
        seconds = perf_counter() - start
    if set(counts) != {rows}:
        raise WrongResultError(f"load: of {rows} rows subscribers have read {sorted(set(counts))}")
    return Subscribers(subscribers, rows, subscribers * rows / seconds)


async def _count(answer: AsyncIterator[bytes]) -> int:
    """The rows of an answer, which have to be numbered in their order."""
    count = 0
    async for chunk in answer:
        if int(chunk[1:-2]) != count:
            raise WrongResultError(f"load: instead of row {count} a subscriber has read {chunk!r}")
        count += 1
    return count
