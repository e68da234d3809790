"""A socket with its bounds: how long a client may take, and how much may wait to be sent."""

from __future__ import annotations

import asyncio
import contextlib

READ = 65536
WRITE_LIMIT = 256 * 1024
"""Bytes that may wait for a slow reader before whoever writes has to wait too."""


AT_ONCE = 64 * 1024
"""Bytes that are written without waiting for what else there is to write."""


class Link:
    """The two halves of a connection.

    What is written until the event loop goes on is sent together: an answer's head, body and end take one call.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._loop = asyncio.get_running_loop()
        self._unsent: list[bytes] = []
        self._size = 0
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
        """Send soon, or keep until it can be sent."""
        if not data or self._writer.is_closing():
            return
        if not self._unsent:
            self._loop.call_soon(self._send)
        self._unsent.append(data)
        self._size += len(data)
        if self._size >= AT_ONCE:
            self._send()

    def _send(self) -> None:
        if self._unsent:
            self._writer.write(b"".join(self._unsent))
            self._unsent.clear()
            self._size = 0

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
        self._send()
        self._writer.close()
        with contextlib.suppress(ConnectionError, OSError):
            await self._writer.wait_closed()

    def abort(self) -> None:
        """Close at once."""
        self._unsent.clear()
        self._writer.transport.abort()
