"""A client of HTTP/2 for the tests."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.server.conftest import Client

h2_connection = pytest.importorskip("h2.connection")
h2_events = pytest.importorskip("h2.events")


class Http2Client:
    """A client that keeps what each stream has received, frame by frame."""

    def __init__(self, client: Client) -> None:
        self.socket = socket.create_connection((client.host, client.port), timeout=10)
        self.h2 = h2_connection.H2Connection()
        self.headers: dict[int, dict[str, str]] = {}
        self.frames: dict[int, list[bytes]] = {}
        self.ended: set[int] = set()
        self.acknowledges = True
        self.goaway: int | None = None

    def begin(self) -> Http2Client:
        self.h2.initiate_connection()
        self.flush()
        return self

    def upgrade(self, path: str, body: bytes) -> bytes:
        """Come over from HTTP/1.1 with a request; gives the head of the answer."""
        settings = self.h2.initiate_upgrade_connection()
        head = (
            f"POST http://x{path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
            f"HTTP2-Settings: {settings.decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.socket.sendall(head.encode() + body)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.socket.recv(1)
        self.flush()
        return received

    def flush(self) -> None:
        self.socket.sendall(self.h2.data_to_send())

    def request(self, method: str, path: str, body: bytes | None = None, end: bool = True, **headers: str) -> int:
        stream: int = self.h2.get_next_available_stream_id()
        fields = [(":method", method), (":path", path), (":scheme", "http"), (":authority", "x")]
        fields += headers.items()
        self.h2.send_headers(stream, fields, end_stream=body is None and end)
        if body is not None:
            self.h2.send_data(stream, body, end_stream=end)
        self.flush()
        return stream

    def post(self, path: str, body: Any) -> int:
        return self.request("POST", path, json.dumps(body).encode())

    def until(self, condition: Callable[[], object]) -> None:
        while not condition():
            self.receive()

    def receive(self) -> None:
        """Take what comes next."""
        data = self.socket.recv(65536)
        assert data, "the server has closed the connection"
        for event in self.h2.receive_data(data):
            self.take(event)
        self.flush()

    def take(self, event: Any) -> None:
        if isinstance(event, h2_events.ResponseReceived):
            self.headers[event.stream_id] = {_text(name): _text(value) for name, value in event.headers}
        elif isinstance(event, h2_events.DataReceived):
            if event.data:
                self.frames.setdefault(event.stream_id, []).append(event.data)
            if self.acknowledges:
                self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2_events.ConnectionTerminated):
            self.goaway = int(event.error_code)
        elif isinstance(event, h2_events.StreamEnded):
            self.ended.add(event.stream_id)

    def answer(self, stream: int) -> bytes:
        self.until(lambda: stream in self.ended)
        return b"".join(self.frames.get(stream, []))


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode()
