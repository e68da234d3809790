"""How an endpoint waits in an event loop."""

from __future__ import annotations

import asyncio
from threading import get_ident

from minisql.server.exchange import Signal


class LoopSignal(Signal):
    """Wakes a task of the loop in which it was made."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()
        self._thread = get_ident()

    def set(self) -> None:
        if get_ident() == self._thread:  # the loop is awake: most statements come to the server itself
            self._event.set()
        else:
            self._loop.call_soon_threadsafe(self._event.set)

    def clear(self) -> None:
        self._event.clear()

    async def wait(self) -> None:
        await self._event.wait()
