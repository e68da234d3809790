"""Clients that do not mean well, or cannot do better: an error or a closed connection, and the server goes on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from tests.unit.server.conftest import Client
from tests.unit.server.http2_client import Http2Client

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
ENHANCE_YOUR_CALM = 11
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
        (b"GET /status/%ff/%00/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"500"),
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


# -- bodies ---------------------------------------------------------------------------------------------------


def posted(path: str, length: int, body: bytes) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode() + body


def chunk(size: bytes, data: bytes = b"") -> bytes:
    return b"POST /ksql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + size + b"\r\n" + data


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (chunk(b"F" * 5000), b"400"),
        (chunk(b"5;" + b"x" * 100_000), b"400"),
        (chunk(b"-5"), b"400"),
        (chunk(b"5", b"{}xxxyyyyy"), b"400"),
        (posted("/ksql", 10**30, b"{}"), b"400"),
        (b"POST /ksql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n{}", b"501"),
        (b"POST /ksql HTTP/9.9\r\nHost: x\r\n\r\n", b"500"),
        (posted("/ksql", 11, b'{"ksql": 1}'), b"400"),
    ],
)
def test_bodies_whose_size_is_a_lie(alive: Client, data: bytes, status: bytes) -> None:
    assert send(alive, data).startswith(b"HTTP/1.1 " + status)


@pytest.mark.parametrize("path", ["/ksql", "/query", "/query-stream", "/close-query", "/ksql/terminate", "/_minisql/faults"])
def test_bodies_that_come_slowly(alive: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minisql.server.exchange.BODY_TIMEOUT", 0.05)
    assert send(alive, posted(path, 100, b"{")).startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    http2 = Http2Client(alive).begin()
    stream = http2.request("POST", path, b"{", end=False)
    http2.until(lambda: stream in http2.headers)
    assert http2.headers[stream][":status"] == "408"
    monkeypatch.undo()


def test_a_body_that_comes_byte_by_byte_is_slow_too(alive: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minisql.server.exchange.BODY_TIMEOUT", 0.2)
    answer = b""
    with socket.create_connection((alive.host, alive.port), timeout=10) as raw:
        raw.sendall(posted("/ksql", 1000, b"{"))
        raw.settimeout(0.02)
        for _ in range(900):
            try:
                raw.sendall(b" ")
                answer = raw.recv(4096)
                break
            except TimeoutError:
                continue
            except ConnectionError:
                break
    assert answer.startswith(b"HTTP/1.1 408")
    monkeypatch.undo()


@pytest.mark.parametrize("path", ["/query-stream", "/query", "/close-query", "/_minisql/topics/s"])
def test_bodies_that_are_too_large(alive: Client, path: str) -> None:
    assert alive.post(path, b" " * (10 * 1024 * 1024 + 1)).status == 413


@pytest.mark.parametrize("path", ["/ksql", "/inserts-stream"])
def test_bodies_of_http2_that_do_not_end(alive: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minisql.server.exchange.MAX_BODY", 2**20)
    http2 = Http2Client(alive).begin()
    stream = http2.request("POST", path, b'{"target": "s"}\n' if path == "/inserts-stream" else b"", end=False)
    sent = 0
    while sent < 2**22 and stream not in http2.headers:
        room = min(http2.h2.local_flow_control_window(stream), 16384)
        if room:
            http2.h2.send_data(stream, b" " * room)
            http2.flush()
            sent += room
        else:
            http2.receive()
    http2.until(lambda: stream in http2.headers)
    assert http2.headers[stream][":status"] in ("413", "400")
    assert sent < 2**21


@pytest.mark.parametrize(
    "body",
    [
        b'{"ksql": "LIST STREAMS;", "streamsProperties": {"a": ' + b"9" * 100_000 + b"}}",
        b'{"ksql": "LIST STREAMS;", "streamsProperties": {"auto.offset.reset": 1e999}}',
        b'{"ksql": "\\ud800"}',
        b'{"ksql": "\x00"}',
        b'{"ksql": "INSERT INTO s VALUES (' + b"1" * 100_000 + b');"}',
        b'{"ksql": "SELECT ' + b"/*" * 100_000 + b'"}',
        b'{"ksql": "SELECT ' + b"'" * 100_001 + b'"}',
        b"{\"ksql\": \"CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions=2147483647);\"}",
        b'{"ksql": "CREATE STREAM s (v ' + b"ARRAY<" * 5000 + b'"}',
        b'\xef\xbb\xbf{"ksql": "LIST STREAMS;"}',
        b'{"ksql": "LIST STREAMS;"'.decode().encode("utf-16"),
    ],
)
def test_bodies_of_odd_content(alive: Client, body: bytes) -> None:
    assert alive.post("/ksql", body).status in (400, 500)


# -- half-closed connections --------------------------------------------------------------------------------------


def test_a_client_that_has_said_all_is_still_answered(alive: Client) -> None:
    answer = send(alive, posted("/ksql", 24, b'{"ksql":"LIST STREAMS;"}'), shut=True)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"streams":[]' in answer


def test_a_push_query_ends_with_the_half_of_its_client(filled: Client) -> None:
    body = b'{"sql":"SELECT * FROM s EMIT CHANGES;"}'
    with socket.create_connection((filled.host, filled.port), timeout=10) as raw:
        raw.sendall(posted("/query-stream", len(body), body))
        received = b""
        while b"queryId" not in received:
            received += raw.recv(4096)
        raw.shutdown(socket.SHUT_WR)
        while raw.recv(4096):
            pass
    queries = filled.ksql("LIST QUERIES;").json()[0]["queries"]
    assert [each["queryType"] for each in queries] == ["PERSISTENT"]


# -- streams of HTTP/2 --------------------------------------------------------------------------------------------


def test_more_streams_than_are_allowed(alive: Client) -> None:
    http2 = Http2Client(alive).begin()
    http2.h2.remote_settings.max_concurrent_streams = 100_000  # this client does not listen
    with contextlib.suppress(ConnectionError):  # the server may close before all are sent
        for _ in range(150):
            http2.request("POST", "/query-stream", b"{", end=False)
    with pytest.raises((ConnectionError, AssertionError), match=r"closed the connection|reset|Broken pipe"):
        http2.until(lambda: False)


def test_streams_that_are_taken_back_at_once(alive: Client) -> None:
    http2 = Http2Client(alive).begin()
    http2.h2.remote_settings.max_concurrent_streams = 100_000
    for _ in range(100):
        for _ in range(20):
            stream = http2.h2.get_next_available_stream_id()
            fields = [(":method", "GET"), (":path", "/info"), (":scheme", "http"), (":authority", "x")]
            http2.h2.send_headers(stream, fields)
            http2.h2.reset_stream(stream)
        with contextlib.suppress(ConnectionError):
            http2.flush()
    with pytest.raises((ConnectionError, AssertionError)):
        http2.until(lambda: False)
    assert http2.goaway in (ENHANCE_YOUR_CALM, None)  # its last words may be lost when it closes while the client still talks


def test_a_client_that_takes_back_some_is_served(filled: Client) -> None:
    http2 = Http2Client(filled).begin()
    for _ in range(300):
        stream = http2.post("/query-stream", {"sql": "SELECT * FROM s EMIT CHANGES;"})
        http2.h2.reset_stream(stream)
        http2.flush()
    stream = http2.post("/ksql", {"ksql": "LIST STREAMS;"})
    http2.until(lambda: stream in http2.ended)
    assert http2.headers[stream][":status"] == "200"


NOISE = [frame(6, 0, 0, b"12345678"), SETTINGS, frame(8, 0, 0, b"\0\0\0\1"), frame(2, 0, 1, bytes(5))]


@pytest.mark.parametrize("noise", NOISE)
def test_much_noise(alive: Client, noise: bytes) -> None:
    send(alive, PREFACE + SETTINGS + noise * 20_000, shut=True)


def test_a_client_that_gives_no_room(filled: Client) -> None:
    http2 = Http2Client(filled).begin()
    http2.acknowledges = False
    http2.h2.update_settings({4: 0})  # SETTINGS_INITIAL_WINDOW_SIZE
    http2.flush()
    stream = http2.post("/query-stream", {"sql": "SELECT * FROM t;"})
    http2.until(lambda: stream in http2.headers)
    other = Http2Client(filled).begin()
    answered = other.post("/query-stream", {"sql": "SELECT * FROM t;"})
    other.until(lambda: answered in other.ended)
    http2.socket.close()


# -- WebSockets ---------------------------------------------------------------------------------------------------


def masked(first: int, payload: bytes, length: int | None = None) -> bytes:
    size = len(payload) if length is None else length
    head = bytes((first, 0x80 | size)) if size < 126 else bytes((first, 0x80 | 127)) + struct.pack(">Q", size)
    return head + b"\0\0\0\0" + payload


OPENING = (
    b"GET /ws/query?request=%7B%22ksql%22%3A%22SELECT%20*%20FROM%20s%20EMIT%20CHANGES%3B%22%7D HTTP/1.1\r\nHost: x\r\n"
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.mark.parametrize(
    "data",
    [
        masked(0x01, b"x") + masked(0x00, b"y" * 1000) * 5000,  # fragments without an end
        masked(0x81, b"x" * 60_000, 2**62),  # a frame as long as a world
        masked(0x89, b"x" * 125) * 20_000,  # pings
        masked(0x81, b"\xff\xfe"),  # no UTF-8
        masked(0x00, b"continues nothing"),
        masked(0x89, b"x" * 200),  # a ping that is too long
        b"\x81\x05hello",  # not masked
        masked(0x83, b"x"),  # an unknown opcode
        masked(0xF1, b"x"),  # reserved bits
        masked(0x88, b"\x00"),  # half a close code
    ],
)
def test_messages_that_are_wrong(filled: Client, data: bytes) -> None:
    send(filled, OPENING + data)
    assert filled.ksql("LIST STREAMS;").status == 200


@pytest.mark.parametrize(
    "opening",
    [
        OPENING.replace(b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Version: 99"),
        OPENING.replace(b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", b""),
        OPENING.replace(b"request=", b"request=" + b"%" * 10_000),
        OPENING.replace(b"/ws/query", b"/ws/nothing"),
        OPENING.replace(b"GET", b"POST"),
    ],
)
def test_handshakes_that_are_wrong(filled: Client, opening: bytes) -> None:
    answer = send(filled, opening)
    assert b"ID" not in answer
    assert filled.ksql("LIST STREAMS;").status == 200
