"""A socket with its bounds: how long a client may take, and how much may wait to be sent."""

from __future__ import annotations

import asyncio
import contextlib

READ = 65536
WRITE_LIMIT = 256 * 1024
"""Bytes that may wait for a slow reader before whoever writes has to wait too."""


class Link:
    """The two halves of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        writer.transport.set_write_buffer_limits(high=WRITE_LIMIT)

    async def read(self, timeout: float | None = None) -> bytes:
        """What has come; empty when the client has closed its side, or has gone away.

        Raises:
            asyncio.TimeoutError: nothing came for so many seconds.
        """
        try:
            return await asyncio.wait_for(self._reader.read(READ), timeout)
        except ConnectionError:
            return b""

    def write(self, data: bytes) -> None:
        """Send, or keep until it can be sent."""
        if data and not self._writer.is_closing():
            self._writer.write(data)

    @property
    def closing(self) -> bool:
        """Whether it is closed, by either side."""
        return self._writer.is_closing()

    async def drained(self) -> None:
        """Wait until little enough waits to be sent.

        Raises:
            ConnectionError: the client is gone.
        """
        await self._writer.drain()

    async def close(self) -> None:
        """Send what waits, and close."""
        self._writer.close()
        with contextlib.suppress(ConnectionError, OSError):
            await self._writer.wait_closed()

    def abort(self) -> None:
        """Close at once."""
        self._writer.transport.abort()
