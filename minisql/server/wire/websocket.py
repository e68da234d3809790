"""WebSocket: messages of text to a client."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import NoReturn

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Event, Message, Ping, RejectConnection
from wsproto.utilities import RemoteProtocolError

from minisql.server.exchange import Disconnected, Request
from minisql.server.wire.link import Link

MAX_REASON = 123
"""Bytes that a close frame has for its reason."""


class WebSocket:
    """The server's end of a connection.

    Args:
        link: the socket.
        request: what the client asked for.
    """

    def __init__(self, link: Link, request: Request) -> None:
        self.request = request
        self._link = link
        self._ws = WSConnection(ConnectionType.SERVER)

    async def run(self, serve: Callable[[WebSocket], Awaitable[None]] | int, rest: bytes) -> None:
        """Shake hands and serve until the end, or until the client goes away; an HTTP status refuses the handshake."""
        path = f"{self.request.path}?{self.request.query}" if self.request.query else self.request.path
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.request.headers]
        try:
            self._ws.initiate_upgrade_connection(headers, path)
        except RemoteProtocolError as error:
            self._link.write(self._ws.send(error.event_hint or RejectConnection(status_code=400)))
            return
        if isinstance(serve, int):
            self._link.write(self._ws.send(RejectConnection(status_code=serve)))
            return
        self._link.write(self._ws.send(AcceptConnection()))
        await self._serve(serve, rest)

    async def _serve(self, serve: Callable[[WebSocket], Awaitable[None]], rest: bytes) -> None:
        work = asyncio.ensure_future(serve(self))
        watch = asyncio.ensure_future(self._listen(rest))
        try:
            await asyncio.wait((work, watch), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (work, watch):
                task.cancel()
            await asyncio.gather(work, watch, return_exceptions=True)

    async def _listen(self, data: bytes) -> None:
        """Return when the client closes; what it says otherwise is not asked for."""
        while True:
            try:
                self._ws.receive_data(data)
                events = list(self._ws.events())
            except RemoteProtocolError:
                return
            for event in events:
                if isinstance(event, (Ping, CloseConnection)):
                    self._write(event.response())
                if isinstance(event, CloseConnection):
                    return
            data = await self._link.read()
            if not data:
                return

    def _write(self, event: Event) -> None:
        with contextlib.suppress(Exception):
            self._link.write(self._ws.send(event))

    async def send(self, text: str) -> None:
        """Send a message; half a surrogate pair becomes a question mark, as Java encodes it.

        Raises:
            Disconnected: the client is gone.
        """
        if self._link.closing:
            raise Disconnected
        self._link.write(self._ws.send(Message(text.encode(errors="replace").decode())))
        try:
            await self._link.drained()
        except ConnectionError:
            raise Disconnected from None

    async def drop(self) -> NoReturn:
        """Close the connection without a word.

        Raises:
            Disconnected: always.
        """
        await self._link.close()
        raise Disconnected

    async def close(self, code: int, why: str) -> None:
        """Close, and say why."""
        self._write(CloseConnection(code=code, reason=shortened(why)))


def shortened(why: str) -> str:
    """A reason as short as a close frame wants it."""
    told = why.encode(errors="replace")
    return told.decode() if len(told) <= MAX_REASON else told[: MAX_REASON - 3].decode(errors="ignore") + "..."
