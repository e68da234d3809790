"""Clients that do not mean well, or cannot do better: an error or a closed connection, and the server goes on."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from tests.unit.server.conftest import Client

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS = b"\0\0\0\4\0\0\0\0\0"


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + bytes((kind, flags)) + struct.pack(">I", stream) + payload


def send(client: Client, data: bytes, shut: bool = False) -> bytes:
    """What the server says to some bytes before it closes, or falls silent."""
    received = b""
    with socket.create_connection((client.host, client.port), timeout=10) as raw:
        try:
            raw.sendall(data)
            if shut:
                raw.shutdown(socket.SHUT_WR)
            raw.settimeout(0.5)
            while piece := raw.recv(65536):
                received += piece
        except (TimeoutError, ConnectionError):
            pass
    return received


@pytest.fixture
def alive(client: Client) -> Iterator[Client]:
    """After the test the server still answers."""
    yield client
    assert client.ksql("LIST STREAMS;").status == 200


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /info HTTP/1.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", b"431"),
        (b"GET /info HTTP/1.1\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(10_000)) + b"\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(100) + b"\r\n\r\n", b"400"),
        (b"GET /info\r\n\r\n", b"400"),
        (b"GET /info HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /inf\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"POST /ksql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /ksql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxxxxx", b"400"),
        (b"POST /ksql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /_minisql/topics/..%2F..%2Fetc%2Fpasswd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /status/%ff/%00/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
    ],
)
def test_requests_that_are_refused(alive: Client, data: bytes, status: bytes) -> None:
    assert send(alive, data).startswith(b"HTTP/1.1 " + status)


@pytest.mark.parametrize(
    "data",
    [
        PREFACE + b"\xff" * 100,
        PREFACE + SETTINGS + frame(0, 1, 1, b"data before headers"),
        PREFACE + SETTINGS + frame(9, 4, 1, b"continuation of nothing"),
        PREFACE + SETTINGS + frame(1, 0, 1, b"\x82") + frame(6, 0, 0, b"ping in between"[:8]),
        PREFACE + SETTINGS + frame(1, 0, 1, b"\x82") + b"".join(frame(9, 0, 1, b"\x82") for _ in range(1000)),
        PREFACE + SETTINGS + frame(1, 5, 2, b"\x82\x86\x84"),
        PREFACE + SETTINGS + frame(8, 0, 0, b"\0\0\0\0"),
        PREFACE + SETTINGS + frame(1, 5, 1, b"\xff\xff\xff\xff\xff\xff"),
        PREFACE + SETTINGS + struct.pack(">I", 0xFFFFFF)[1:] + b"\0\0\0\0\0\1",
        PREFACE[:10],
    ],
)
def test_frames_that_are_wrong(alive: Client, data: bytes) -> None:
    send(alive, data, shut=True)


def test_header_bombs_of_http2(alive: Client) -> None:
    h2 = pytest.importorskip("h2.connection")
    connection = h2.H2Connection()
    connection.initiate_connection()
    fields = [(":method", "GET"), (":path", "/info"), (":scheme", "http"), (":authority", "x")]
    connection.send_headers(1, [*fields, *((f"x-{n}", "y" * 1000) for n in range(200))], end_stream=True)
    assert b"version" not in send(alive, connection.data_to_send())


def test_any_bytes(alive: Client) -> None:
    chance = random.Random(1)
    for start in (b"", b"GET ", b"POST /ksql HTTP/1.1\r\n", PREFACE, PREFACE + SETTINGS):
        for _ in range(5):
            send(alive, start + chance.randbytes(chance.randrange(1, 2000)), shut=True)


def test_half_a_request(alive: Client) -> None:
    send(alive, b"POST /ksql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", shut=True)
    send(alive, b"POST /inserts-stream HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", shut=True)


def test_a_statement_of_many_brackets(alive: Client) -> None:
    assert alive.ksql(f"SELECT {'(' * 5000}1{')' * 5000} FROM s EMIT CHANGES;").status in (400, 500, 501)


def test_pipelined_requests_are_answered_in_order(alive: Client) -> None:
    requests = b"GET /info HTTP/1.1\r\nHost: x\r\n\r\n" * 20 + b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = send(alive, requests)
    assert answer.count(b"HTTP/1.1 200 OK") == 20
    assert answer.endswith(b"Not Found")


def test_slow_headers() -> None:
    from minisql.server.app import App
    from minisql.server.entry import Listening, fresh_engine, run

    async def main() -> bytes:
        stop = asyncio.Event()
        urls: asyncio.Queue[str] = asyncio.Queue()
        server = asyncio.ensure_future(run(App(fresh_engine), Listening(port=0, headers_timeout=0.1), urls.put_nowait, stop))
        port = int((await urls.get()).rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /info HTTP/1.1\r\n")
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        stop.set()
        await server
        return answer

    assert asyncio.run(main()).startswith(b"HTTP/1.1 408")


def test_many_connections_that_say_nothing(alive: Client) -> None:
    silent = [socket.create_connection((alive.host, alive.port)) for _ in range(200)]
    assert alive.get("/info").status == 200
    for each in silent:
        each.close()
    assert threading.active_count() < 20
