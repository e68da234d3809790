"""How an endpoint waits in an event loop."""

from __future__ import annotations

import asyncio

from minisql.server.exchange import Signal


class LoopSignal(Signal):
    """Wakes a task of the loop in which it was made."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def set(self) -> None:
        self._loop.call_soon_threadsafe(self._event.set)

    def clear(self) -> None:
        self._event.clear()

    async def wait(self) -> None:
        await self._event.wait()
