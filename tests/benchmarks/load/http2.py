"""A client of HTTP/2, one stream after the other."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, ResponseReceived, StreamEnded

from tests.benchmarks.load.served import Served


class Http2Client:
    """A connection with prior knowledge; an async context manager."""

    def __init__(self, server: Served) -> None:
        self._server = server
        self._h2 = H2Connection(H2Configuration(header_encoding="utf-8"))

    async def __aenter__(self) -> Http2Client:
        self._reader, self._writer = await asyncio.open_connection(self._server.host, self._server.port)
        self._h2.initiate_connection()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.close()

    async def post(self, path: str, body: Any) -> bytes:
        """The whole answer, which has to be a success."""
        stream = self._h2.get_next_available_stream_id()
        fields = [(":method", "POST"), (":path", path), (":scheme", "http"), (":authority", "x")]
        self._h2.send_headers(stream, fields)
        self._h2.send_data(stream, json.dumps(body).encode(), end_stream=True)
        pieces: list[bytes] = []
        while not await self._receive(stream, pieces):
            pass
        return b"".join(pieces)

    async def _receive(self, stream: int, pieces: list[bytes]) -> bool:
        """Send and read once; whether the answer has ended."""
        self._writer.write(self._h2.data_to_send())
        ended = False
        for event in self._h2.receive_data(await self._reader.read(2**16)):
            if isinstance(event, ResponseReceived) and dict(event.headers)[":status"] != "200":
                raise RuntimeError(f"{event.headers}")
            if isinstance(event, DataReceived):
                pieces.append(event.data)
                self._h2.acknowledge_received_data(event.flow_controlled_length, stream)
            ended = ended or isinstance(event, StreamEnded)
        return ended
