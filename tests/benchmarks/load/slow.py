"""Readers that read slowly: the server holds their queries, and its memory stays."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from tests.benchmarks.load.client import Client, push
from tests.benchmarks.load.served import Served
from tests.benchmarks.throughput import WrongResultError

SETTLED = 1.0
"""Seconds in which the server's buffers fill."""

ALLOWED = 2 * 2**20
"""Bytes by which each reader may let the server grow: what waits in its query and in its socket is bounded."""


@dataclass(frozen=True)
class Slow:
    """Figures: the server's memory in bytes when the readers have begun, in the middle and at the end."""

    readers: int
    rows: int
    seconds: float
    start: int
    middle: int
    end: int


async def measure(server: Served, readers: int, rows: int, seconds: float) -> Slow:
    """Let readers take a few rows a second of many.

    Raises:
        WrongResultError: the server's memory has grown by more than bounded buffers explain, or rows were lost.
    """
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(Client(server)) for _ in range(readers)]
        await clients[0].ksql(f"INSERT INTO seed VALUES (1, {rows});")
        before = server.memory()
        reading = [asyncio.ensure_future(_read(client, rows)) for client in clients]
        marks = []
        for pause in (SETTLED, seconds / 2, seconds / 2):
            await asyncio.sleep(pause)
            marks.append(server.memory())
        for task in reading:
            task.cancel()
        for each in await asyncio.gather(*reading, return_exceptions=True):
            if not isinstance(each, asyncio.CancelledError):
                raise WrongResultError(f"load: a slow reader has ended: {each!r}")
    check(readers, before, *marks)
    return Slow(readers, rows, seconds, *marks)


def check(readers: int, before: int, *marks: int) -> None:
    """See that memory has stayed.

    Raises:
        WrongResultError: it has grown by more than what is allowed for each reader.
    """
    if max(marks) - before > readers * ALLOWED:
        shown = ", ".join(f"{each / 2**20:.0f}" for each in (before, *marks))
        raise WrongResultError(f"load: the server's memory grows with {readers} slow readers, in MB: {shown}")


async def _read(client: Client, rows: int) -> None:
    count = -1
    async for chunk in client.stream("/query-stream", push("SELECT number FROM many EMIT CHANGES;")):
        if count >= 0 and int(chunk[1:-2]) != count % rows:
            raise WrongResultError(f"load: instead of row {count} a slow reader has read {chunk!r}")
        count += 1
        await asyncio.sleep(0.05)
