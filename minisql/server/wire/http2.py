"""HTTP/2: many exchanges at once."""

from __future__ import annotations

import asyncio
import binascii
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    RemoteSettingsChanged,
    RequestReceived,
    StreamEnded,
    StreamReset,
    WindowUpdated,
)
from h2.exceptions import ProtocolError, StreamClosedError
from hyperframe.exceptions import HyperframeError

from minisql.server.exchange import HTTP_2, Disconnected, Exchange, HeaderList, Request, Signal, TooSlow
from minisql.server.wire.link import Link
from minisql.server.wire.signal import LoopSignal

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
"""How a client with prior knowledge begins."""

RESETS, RESETS_PER_SECOND = 1000, 50.0
"""Streams that a client may take back, and how many more with each second: whoever does nothing else keeps a server busy."""

Handler = Callable[[Exchange], Awaitable[None]]


class Http2:
    """A connection.

    Args:
        link: the socket.
        handle: answers an exchange.
    """

    def __init__(self, link: Link, handle: Handler) -> None:
        self._link = link
        self._handle = handle
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._streams: dict[int, Http2Exchange] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._resets = 0.0
        self._reset_at = 0.0

    def accept(self, settings: str) -> None:
        """Take the settings with which a client wants to come over from HTTP/1.1; nothing is sent yet.

        Raises:
            ValueError: they are none.
        """
        try:
            self._h2.initiate_upgrade_connection(settings.encode())
        except (ProtocolError, HyperframeError, binascii.Error) as error:
            raise ValueError(str(error)) from None

    async def run(self, first: bytes, upgraded: tuple[Request, bytes] | None = None) -> None:
        """Answer requests until the client goes away.

        Args:
            first: what has been read already.
            upgraded: the request, with its body, by which the client came over from HTTP/1.1.
        """
        try:
            self._begin(upgraded)
            await self._listen(first)
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _begin(self, upgraded: tuple[Request, bytes] | None) -> None:
        if upgraded is None:
            self._h2.initiate_connection()
            self.flush()
            return
        request, body = upgraded
        self.flush()
        exchange = self._open(1, request._replace(version=HTTP_2))
        exchange.arrived(body, 0)
        exchange.ended()

    async def _listen(self, data: bytes) -> None:
        while True:
            if data:
                try:
                    events = self._h2.receive_data(data)
                except ProtocolError:
                    self.flush()  # h2 has made the GOAWAY that says why
                    return
                for event in events:
                    if isinstance(event, ConnectionTerminated):
                        return
                    self._take(event)
                self.flush()
                if self._resets > RESETS:
                    return
                with contextlib.suppress(ConnectionError):
                    await self._link.drained()
            data = await self._link.read()
            if not data:
                return

    # -- events -----------------------------------------------------------------------------------

    def _take(self, event: Event) -> None:
        take = _EVENTS.get(type(event))
        if take is not None:
            take(self, event)

    def _requested(self, event: Any) -> None:
        fields = dict(event.headers)
        headers = [(name, value) for name, value in event.headers if not name.startswith(":")]
        request = Request.of(fields.get(":method", ""), fields.get(":path", ""), HTTP_2, headers)
        self._open(event.stream_id, request)

    def _open(self, stream: int, request: Request) -> Http2Exchange:
        exchange = self._streams[stream] = Http2Exchange(request, self, stream)
        task = self._tasks[stream] = asyncio.ensure_future(self._answer(exchange))
        task.add_done_callback(lambda _: self._forget(stream))
        return exchange

    async def _answer(self, exchange: Http2Exchange) -> None:
        with contextlib.suppress(Disconnected):
            await self._handle(exchange)

    def _forget(self, stream: int) -> None:
        """The endpoint is done: give back the room that unread data took, and end a stream that it left open."""
        exchange = self._streams.pop(stream)
        del self._tasks[stream]
        with contextlib.suppress(ProtocolError):
            exchange.discard()
        with contextlib.suppress(ProtocolError):
            if not exchange.complete:
                self._h2.reset_stream(stream, ErrorCodes.NO_ERROR if exchange.answered else ErrorCodes.INTERNAL_ERROR)
        self.flush()

    def _data(self, event: Any) -> None:
        exchange = self._streams.get(event.stream_id)
        if exchange is None:
            self.acknowledge(event.flow_controlled_length, event.stream_id)
        else:
            exchange.arrived(event.data, event.flow_controlled_length)

    def _stream_ended(self, event: Any) -> None:
        if event.stream_id in self._streams:
            self._streams[event.stream_id].ended()

    def _stream_reset(self, event: Any) -> None:
        if event.stream_id in self._tasks:
            self._tasks[event.stream_id].cancel()
        now = asyncio.get_running_loop().time()
        self._resets = max(0.0, self._resets - (now - self._reset_at) * RESETS_PER_SECOND) + 1
        self._reset_at = now
        if self._resets > RESETS:
            with contextlib.suppress(ProtocolError):
                self._h2.close_connection(ErrorCodes.ENHANCE_YOUR_CALM)

    def _window(self, event: Any) -> None:
        for exchange in self._streams.values():
            exchange.room.set()

    # -- for exchanges ----------------------------------------------------------------------------

    def acknowledge(self, size: int, stream: int) -> None:
        """Let the client send as much again."""
        if size:
            with contextlib.suppress(StreamClosedError):
                self._h2.acknowledge_received_data(size, stream)

    def send_headers(self, stream: int, headers: HeaderList) -> None:
        """Begin an answer."""
        self._h2.send_headers(stream, [*headers])

    def send_data(self, stream: int, data: bytes) -> int:
        """Send as much of the data as the client has room for; gives how much that was."""
        count = min(len(data), self._h2.local_flow_control_window(stream), self._h2.max_outbound_frame_size)
        if count:
            self._h2.send_data(stream, data[:count])
        return count

    def end(self, stream: int) -> None:
        """End an answer."""
        self._h2.end_stream(stream)

    def flush(self) -> None:
        """Write what h2 has made."""
        self._link.write(self._h2.data_to_send())

    async def hang_up(self) -> None:
        """Write, and close the connection with all its streams."""
        self.flush()
        await self._link.close()

    async def drained(self) -> None:
        """Write, and wait while the client reads slowly.

        Raises:
            Disconnected: the client is gone.
        """
        self.flush()
        if self._link.closing:
            raise Disconnected
        try:
            await self._link.drained()
        except ConnectionError:
            raise Disconnected from None


_EVENTS: dict[type[Event], Callable[[Http2, Any], None]] = {
    RequestReceived: Http2._requested,
    DataReceived: Http2._data,
    StreamEnded: Http2._stream_ended,
    StreamReset: Http2._stream_reset,
    WindowUpdated: Http2._window,
    RemoteSettingsChanged: Http2._window,
}


class Http2Exchange(Exchange):
    """A request of HTTP/2: a stream; ``room`` is set when the client has given it room to send."""

    def __init__(self, request: Request, connection: Http2, stream: int) -> None:
        super().__init__(request)
        self.room = asyncio.Event()
        self.answered = False
        self._connection = connection
        self._stream = stream
        self._pieces: deque[tuple[bytes, int]] = deque()
        self._changed = asyncio.Event()
        self._received = False

    @property
    def complete(self) -> bool:
        """Whether both sides have said all."""
        return self.answered and self._received

    # -- the connection tells ---------------------------------------------------------------------

    def arrived(self, data: bytes, size: int) -> None:
        """A piece of the body, which took ``size`` bytes of the client's room."""
        self._pieces.append((data, size))
        self._changed.set()

    def ended(self) -> None:
        """The body is complete."""
        self._received = True
        self._changed.set()

    def discard(self) -> None:
        """Nobody will read what is there of the body."""
        while self._pieces:
            self._connection.acknowledge(self._pieces.popleft()[1], self._stream)

    # -- the endpoint asks ------------------------------------------------------------------------

    async def receive(self, timeout: float | None = None) -> bytes:
        while True:
            while self._pieces:
                data, size = self._pieces.popleft()
                self._connection.acknowledge(size, self._stream)
                self._connection.flush()
                if data:
                    return data
            if self._received:
                return b""
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), timeout)
            except asyncio.TimeoutError:
                raise TooSlow from None

    async def _start(self, status: int, headers: HeaderList) -> None:
        fields = [(":status", str(status)), *((name, value) for name, value in headers if name not in _OF_HTTP_1)]
        self._guarded(lambda: self._connection.send_headers(self._stream, fields))
        await self._connection.drained()

    async def send(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            await self._send(piece)
        await self._connection.drained()

    async def _send(self, piece: bytes) -> None:
        while piece:
            self.room.clear()
            sent = self._send_some(piece)
            piece = piece[sent:]
            if not sent:
                self._connection.flush()
                await self.room.wait()

    def _send_some(self, piece: bytes) -> int:
        return int(self._guarded(lambda: self._connection.send_data(self._stream, piece)))

    async def finish(self) -> None:
        self._guarded(lambda: self._connection.end(self._stream))
        self.answered = True
        await self._connection.drained()

    async def _hang_up(self) -> None:
        await self._connection.hang_up()

    def signal(self) -> Signal:
        return LoopSignal()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    @staticmethod
    def _guarded(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except ProtocolError:
            raise Disconnected from None


_OF_HTTP_1 = ("transfer-encoding", "connection")
