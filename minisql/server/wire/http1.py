"""HTTP/1.1: one exchange after the other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import h11

from minisql.server.exchange import (
    HTTP_1_0,
    HTTP_1_1,
    BodyError,
    Disconnected,
    Exchange,
    HeaderList,
    Malformed,
    Request,
    Signal,
    TooSlow,
    reason,
)
from minisql.server.wire.link import Link
from minisql.server.wire.signal import LoopSignal

HEADERS_TIMEOUT = 30.0
"""Seconds that a client may take from the first byte of a request to the last of its headers."""

PIPELINED = 65536
"""How much of later requests is kept while one is answered; beyond it the client is not read any more."""

Handler = Callable[[Exchange], Awaitable[None]]


class Upgrade(Exception):
    """The client wants another protocol: ``request`` asks for it, ``body`` came with it, ``rest`` came after it."""

    def __init__(self, protocol: str, request: Request, body: bytes, rest: bytes) -> None:
        super().__init__(protocol)
        self.protocol = protocol
        self.request = request
        self.body = body
        self.rest = rest


class Http1:
    """A connection.

    Args:
        link: the socket.
        handle: answers an exchange.
        headers_timeout: seconds that a client may take for its headers.
    """

    def __init__(self, link: Link, handle: Handler, headers_timeout: float = HEADERS_TIMEOUT) -> None:
        self._link = link
        self._handle = handle
        self._timeout = headers_timeout
        self._h11 = h11.Connection(h11.SERVER)
        self._ended = False

    async def run(self, first: bytes) -> None:
        """Answer requests until the client has no more; ``first`` is what has been read already.

        Raises:
            Upgrade: the client wants to go on in another protocol.
        """
        self._h11.receive_data(first)
        try:
            while await self._one():
                self._h11.start_next_cycle()
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
        except asyncio.TimeoutError:
            await self._refuse(408)

    async def _one(self) -> bool:
        """One request and its answer; False when it was the last."""
        event = await self._head()
        if not isinstance(event, h11.Request):
            return False
        request = _request(event)
        wanted = _upgrade(request)
        exchange = Http1Exchange(request, self)
        if wanted is not None:
            try:
                body = await exchange.body()
            except BodyError as error:
                await self._refuse(error.status)
                return False
            raise Upgrade(wanted, request, body, bytes(self._h11.trailing_data[0]))
        await self._answer(exchange)
        return self._h11.our_state is h11.DONE and await self._read_out()

    async def _head(self) -> Any:
        deadline = None
        loop = asyncio.get_running_loop()
        while (event := self._h11.next_event()) is h11.NEED_DATA:
            if deadline is None and self._h11.trailing_data[0]:
                deadline = loop.time() + self._timeout
            await self._receive(None if deadline is None else max(0.0, deadline - loop.time()))
        return event

    async def _receive(self, timeout: float | None = None) -> None:
        data = await self._link.read(timeout)
        self._ended = not data
        self._h11.receive_data(data)

    async def _answer(self, exchange: Http1Exchange) -> None:
        """Let the endpoint work until it is done, or the client goes away."""
        work = asyncio.ensure_future(self._handle(exchange))
        watch = asyncio.ensure_future(self._watch(exchange))
        try:
            await asyncio.wait((work, watch), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (watch, work):
                task.cancel()
            await asyncio.gather(watch, work, return_exceptions=True)

    async def _watch(self, exchange: Http1Exchange) -> None:
        """Return when the client has closed its side; nobody else reads while this does."""
        await exchange.received.wait()
        while not self._ended:
            if len(self._h11.trailing_data[0]) > PIPELINED:
                await asyncio.Event().wait()
            await self._receive()

    async def _read_out(self) -> bool:
        """Read what the endpoint has left of the body, within bounds; False when the connection cannot go on."""
        left = PIPELINED
        while self._h11.their_state is h11.SEND_BODY:
            event = self._h11.next_event()
            if event is h11.NEED_DATA:
                await self._receive(self._timeout)
            elif isinstance(event, h11.Data):
                left -= len(event.data)
                if left < 0:
                    return False
        return self._h11.their_state is h11.DONE

    async def body_piece(self, timeout: float | None) -> bytes:
        """The next piece of the present request's body; empty at its end.

        Raises:
            Malformed: it is not as its headers say.
            TooSlow: it did not come within so many seconds.
        """
        due = None if timeout is None else asyncio.get_running_loop().time() + timeout
        if self._h11.they_are_waiting_for_100_continue:
            self._link.write(self._h11.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        try:
            while (event := self._h11.next_event()) is h11.NEED_DATA:
                await self._receive(None if due is None else max(0.0, due - asyncio.get_running_loop().time()))
        except asyncio.TimeoutError:
            raise TooSlow from None
        except h11.RemoteProtocolError as error:
            raise Malformed(str(error)) from None
        return bytes(event.data) if isinstance(event, h11.Data) else b""

    async def send(self, *events: h11.Event) -> None:
        """Write events.

        Raises:
            Disconnected: the client is gone.
        """
        await self._write(self._h11.send(event) or b"" for event in events)

    async def send_chunks(self, pieces: Iterable[bytes]) -> None:
        """Write each piece as a chunk: what h11 does too, though it would take longer for a row than all else.

        Raises:
            Disconnected: the client is gone.
        """
        await self._write(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece)

    async def _write(self, parts: Iterable[bytes]) -> None:
        if self._link.closing:
            raise Disconnected
        self._link.write(b"".join(parts))
        try:
            await self._link.drained()
        except ConnectionError:
            raise Disconnected from None

    async def hang_up(self) -> None:
        """Close the connection."""
        await self._link.close()

    async def _refuse(self, status: int) -> None:
        """Tell a client that does not speak HTTP so, and close."""
        if self._h11.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers = [("content-length", "0"), ("connection", "close")]
            response = h11.Response(status_code=status, headers=headers, reason=reason(status))
            with contextlib.suppress(h11.LocalProtocolError):
                self._link.write(self._h11.send(response) or b"")


class Http1Exchange(Exchange):
    """A request of HTTP/1.1; ``received`` is set when its body has been read."""

    def __init__(self, request: Request, connection: Http1) -> None:
        super().__init__(request)
        self.received = asyncio.Event()
        self._connection = connection
        self._chunked = False

    async def receive(self, timeout: float | None = None) -> bytes:
        if self.received.is_set():
            return b""
        piece = await self._connection.body_piece(timeout)
        if not piece:
            self.received.set()
        return piece

    async def _start(self, status: int, headers: HeaderList) -> None:
        self._chunked = self.request.version == HTTP_1_1 and ("transfer-encoding", "chunked") in headers
        await self._connection.send(h11.Response(status_code=status, headers=[*headers], reason=reason(status)))

    async def send(self, pieces: Iterable[bytes]) -> None:
        if self._chunked:
            await self._connection.send_chunks(pieces)
        else:
            await self._connection.send(*(h11.Data(data=piece) for piece in pieces if piece))

    async def finish(self) -> None:
        await self._connection.send(h11.EndOfMessage())

    async def _hang_up(self) -> None:
        await self._connection.hang_up()

    def signal(self) -> Signal:
        return LoopSignal()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _request(event: h11.Request) -> Request:
    version = HTTP_1_0 if event.http_version == b"1.0" else HTTP_1_1
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers]
    return Request.of(event.method.decode(), event.target.decode("latin-1"), version, headers)


def _upgrade(request: Request) -> str | None:
    """The protocol to which a request wants to go over, of those that there are here."""
    if "upgrade" not in (request.header("connection") or "").lower():
        return None
    wanted = (request.header("upgrade") or "").strip().lower()
    if wanted == "h2c" and not request.header("http2-settings"):
        return None
    return wanted if wanted in ("h2c", "websocket") else None
