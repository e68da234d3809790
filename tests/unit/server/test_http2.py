"""HTTP/2: with prior knowledge, and by upgrade."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

import minisql
from tests.unit.server.conftest import SCRIPT, Client
from tests.unit.server.http2_client import Http2Client

h2_settings = pytest.importorskip("h2.settings")

EARLIEST = {"auto.offset.reset": "earliest"}
UNLIMITED = "SELECT * FROM s EMIT CHANGES;"


@pytest.fixture
def http2(filled: Client) -> Iterator[Http2Client]:
    client = Http2Client(filled).begin()
    yield client
    client.socket.close()


def push(text: str = UNLIMITED) -> dict[str, Any]:
    return {"sql": text, "properties": EARLIEST}


def test_prior_knowledge(http2: Http2Client) -> None:
    stream = http2.request("GET", "/info")
    assert b'"version":"8.5.0"' in http2.answer(stream)
    assert http2.headers[stream][":status"] == "200"
    assert "transfer-encoding" not in http2.headers[stream]


def test_a_frame_for_each_row(http2: Http2Client) -> None:
    stream = http2.post("/query-stream", push("SELECT * FROM s EMIT CHANGES LIMIT 2;"))
    http2.answer(stream)
    header, *rows = http2.frames[stream]
    assert header.startswith(b'{"queryId"')
    assert rows == [b'[1,"a"]\n', '[2,"é"]\n'.encode()]


def test_many_queries_at_once(http2: Http2Client) -> None:
    streams = [http2.post("/query-stream", push()) for _ in range(20)]
    http2.until(lambda: all(len(http2.frames.get(each, ())) == 3 for each in streams))
    statement = http2.post("/ksql", {"ksql": "INSERT INTO s VALUES (3, 'c');"})
    assert http2.answer(statement) == b"[]"
    http2.until(lambda: all(http2.frames[each][-1] == b'[3,"c"]\n' for each in streams))


def test_a_reset_ends_the_query() -> None:
    conn = minisql.connect(properties=EARLIEST)
    conn.execute(SCRIPT)
    with minisql.server(conn) as url:
        client = Http2Client(Client(url)).begin()
        stream = client.post("/query-stream", push())
        client.until(lambda: len(client.frames.get(stream, ())) == 3)
        assert len(conn.engine.push_queries) == 1
        client.h2.reset_stream(stream)
        client.flush()
        assert b"version" in client.answer(client.request("GET", "/info"))
        assert not conn.engine.push_queries
        client.socket.close()


def test_acknowledgements_while_the_request_is_open(http2: Http2Client) -> None:
    stream = http2.request("POST", "/inserts-stream", b'{"target": "s"}\n', end=False)
    for number in range(3):
        http2.h2.send_data(stream, json.dumps({"id": number, "v": "x"}).encode() + b"\n")
        http2.flush()
        http2.until(lambda number=number: len(http2.frames.get(stream, ())) == number + 1)  # type: ignore[misc]
    http2.h2.end_stream(stream)
    http2.flush()
    assert http2.answer(stream).endswith(b'{"seq":2,"status":"ok"}\n')


def test_a_failed_insert_ends_an_open_request(http2: Http2Client) -> None:
    stream = http2.request("POST", "/inserts-stream", b'{"target": "s"}\n{"id": "x"}\n', end=False)
    assert b'"status":"error"' in http2.answer(stream)
    assert http2.answer(http2.request("GET", "/chc/live")) == b"{}"


@pytest.mark.parametrize("size", [100_000, 300_000])
def test_rows_larger_than_the_window(http2: Http2Client, size: int) -> None:
    text = "x" * size
    body = json.dumps({"ksql": f"INSERT INTO s VALUES (9, '{text}');"}).encode()
    stream = http2.request("POST", "/ksql", None, end=False)
    while body:
        http2.until(lambda: http2.h2.local_flow_control_window(stream) > 0)
        count = min(http2.h2.local_flow_control_window(stream), http2.h2.max_outbound_frame_size)
        http2.h2.send_data(stream, body[:count], end_stream=count >= len(body))
        http2.flush()
        body = body[count:]
    assert http2.answer(stream) == b"[]"
    rows = http2.answer(http2.post("/query-stream", push("SELECT v FROM s WHERE id = 9;")))
    assert json.loads(rows.splitlines()[1]) == [text]


def test_a_client_that_does_not_read_holds_its_own_rows_up_alone(filled: Client) -> None:
    slow = Http2Client(filled).begin()
    slow.h2.update_settings({h2_settings.SettingCodes.INITIAL_WINDOW_SIZE: 10})
    slow.answer(slow.request("GET", "/chc/live"))
    slow.acknowledges = False
    stream = slow.post("/query-stream", push())
    slow.until(lambda: sum(map(len, slow.frames.get(stream, ()))) == 10)
    assert filled.get("/info").status == 200
    slow.h2.increment_flow_control_window(10_000, stream)
    slow.flush()
    slow.until(lambda: b"".join(slow.frames[stream]).endswith('[2,"é"]\n'.encode()))
    slow.socket.close()


@pytest.mark.parametrize("path", ["/query-stream", "/inserts-stream"])
def test_upgrade_with_a_body(filled: Client, path: str) -> None:
    bodies = {
        "/query-stream": json.dumps(push("SELECT * FROM s EMIT CHANGES LIMIT 1;")).encode(),
        "/inserts-stream": b'{"target": "s"}\n{"id": 5, "v": "x"}',
    }
    client = Http2Client(filled)
    head = client.upgrade(path, bodies[path])
    assert head.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert b"\r\nconnection: upgrade\r\n" in head
    assert client.answer(1).endswith(b'[1,"a"]\n' if path == "/query-stream" else b'{"seq":0,"status":"ok"}\n')
    assert client.answer(client.request("GET", "/chc/live")) == b"{}"
    client.socket.close()


def test_the_end_of_the_connection_ends_its_queries() -> None:
    conn = minisql.connect(properties=EARLIEST)
    conn.execute(SCRIPT)
    with minisql.server(conn) as url:
        client = Http2Client(Client(url)).begin()
        streams = [client.post("/query-stream", push()) for _ in range(3)]
        client.until(lambda: all(len(client.frames.get(each, ())) == 3 for each in streams))
        client.socket.close()
        deadline = time.monotonic() + 5
        while conn.engine.push_queries and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not conn.engine.push_queries


@pytest.mark.parametrize("settings", ["eA==", ""])
def test_settings_that_are_none(client: Client, settings: str) -> None:
    wrong = {"Upgrade": "h2c", "HTTP2-Settings": settings, "Connection": "Upgrade, HTTP2-Settings"}
    assert client.get("/info", **wrong).status == (400 if settings else 200)
