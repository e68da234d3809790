"""Requests from this process."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

import minisql
from minisql.server.app import App
from minisql.server.exchange import HTTP_1_1, HTTP_2, Request
from minisql.server.local import LocalAnswer, post

SCRIPT = """
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
"""
INSERT = "INSERT INTO s VALUES (1, 'a');"
PUSH = "SELECT * FROM s EMIT CHANGES"


@pytest.fixture
def app() -> App:
    conn = minisql.connect()
    conn.execute(SCRIPT)
    return App(lambda: conn.engine, strict=True)


def ksql(app: App, text: str) -> LocalAnswer:
    return post(app, "/ksql", json.dumps({"ksql": text}).encode())


def query(app: App, text: str) -> LocalAnswer:
    return post(app, "/query-stream", json.dumps({"sql": text}).encode())


def test_whole_answers(app: App) -> None:
    answer = ksql(app, INSERT)
    assert (answer.status, answer.read()) == (200, b"[]")
    assert dict(answer.headers)["content-type"] == "application/json"
    assert post(app, "/nowhere", b"").status == 404
    refused = ksql(app, "DROP STREAM nowhere;")
    assert (refused.status, json.loads(refused.read())["message"]) == (400, "Stream NOWHERE does not exist.")
    assert LocalAnswer(app, Request("GET", "/info", "", HTTP_1_1, ())).start().status == 200


def test_the_wire_is_told(app: App) -> None:
    body = b'{"target":"s"}\n{"id":1,"v":"a"}'
    assert post(app, "/inserts-stream", body).read() == b'{"seq":0,"status":"ok"}\n'
    refused = LocalAnswer(app, Request("POST", "/inserts-stream", "", HTTP_1_1, ()), body)
    assert json.loads(refused.start().read())["message"] == "This endpoint is only available when using HTTP2"
    array = LocalAnswer(
        app, Request("POST", "/query-stream", "", HTTP_2, [("accept", "application/json")]), b'{"sql":"SELECT * FROM t;"}'
    )
    assert json.loads(array.start().read())[1:] == [[1, 1]]


def test_push_query_block_by_block(app: App) -> None:
    pieces = query(app, PUSH + " LIMIT 2;").pieces()
    assert json.loads(next(pieces))["columnNames"] == ["ID", "V"]
    inserting = threading.Timer(0.05, ksql, [app, INSERT + INSERT])
    inserting.start()
    assert list(pieces) == [b'[1,"a"]\n', b'[1,"a"]\n']
    assert not app.engine.push_queries


def test_waiting_ends(app: App) -> None:
    answer = query(app, PUSH + ";")
    pieces = answer.pieces(timeout=0.01)
    next(pieces)
    with pytest.raises(TimeoutError):
        next(pieces)
    assert app.engine.push_queries
    answer.close()
    assert not app.engine.push_queries
    assert list(answer.pieces()) == []


def test_closing_ends_who_waits_in_another_thread(app: App) -> None:
    answer = query(app, PUSH + ";")
    pieces = answer.pieces()
    next(pieces)
    closing = threading.Timer(0.05, answer.close)
    closing.start()
    assert list(pieces) == []


def test_push_query_in_a_loop(app: App) -> None:
    async def read() -> list[bytes]:
        pieces = query(app, PUSH + " LIMIT 1;").async_pieces(timeout=5)
        found = [await anext(pieces)]
        waiting = asyncio.ensure_future(anext(pieces))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        ksql(app, INSERT)  # the loop goes on meanwhile
        found.append(await waiting)
        assert [piece async for piece in pieces] == []
        return found[1:]

    assert asyncio.run(read()) == [b'[1,"a"]\n']


def test_waiting_in_a_loop_ends(app: App) -> None:
    async def read() -> None:
        answer = query(app, PUSH + ";")
        pieces = answer.async_pieces(timeout=0.01)
        await anext(pieces)
        with pytest.raises(TimeoutError):
            await anext(pieces)
        answer.close()

    asyncio.run(read())
    assert not app.engine.push_queries


def test_file(app: App) -> None:
    answer = post(app, "/query", json.dumps({"ksql": PUSH + ";"}).encode())
    ksql(app, INSERT)
    with answer.file(timeout=0.01) as file:
        assert file.readline().startswith(b'[{"header":')
        assert file.readline() == b'{"row":{"columns":[1,"a"]}},\n'
        with pytest.raises(TimeoutError):
            file.readline()
    assert not app.engine.push_queries


def test_unsupported_is_raised(app: App) -> None:
    with pytest.raises(minisql.UnsupportedError):
        ksql(app, "CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');")


def test_delay_of_an_answer(app: App) -> None:
    app.engine.faults.delay(0.02, path="/ksql")
    request = Request("POST", "/ksql", "", HTTP_1_1, ())
    body = json.dumps({"ksql": INSERT}).encode()

    async def send(timeout: float | None) -> int:
        return (await LocalAnswer(app, request, body).async_start(timeout)).status

    assert LocalAnswer(app, request, body).start().status == asyncio.run(send(None)) == 200
    with pytest.raises(TimeoutError):
        LocalAnswer(app, request, body).start(0.001)
    with pytest.raises(TimeoutError):
        asyncio.run(send(0.001))


def test_answer_that_breaks_off(app: App) -> None:
    ksql(app, INSERT)
    app.engine.faults.drop_connection(after_rows=1)
    pieces = query(app, "SELECT * FROM t;").pieces()
    assert json.loads(next(pieces))["columnNames"] == ["ID", "N"]
    assert next(pieces) == b"[1,1]\n"
    with pytest.raises(ConnectionResetError):
        next(pieces)


def test_slow_reader_misses_nothing(app: App) -> None:
    pieces = query(app, PUSH + ";").pieces()
    next(pieces)
    connection = minisql.connect(app.engine)
    connection.insert("s", [(number, "x") for number in range(12000)])
    (push,) = app.engine.push_queries.values()
    assert [json.loads(next(pieces))[0] for _ in range(12000)] == list(range(12000))
    assert push.backlog == 0
