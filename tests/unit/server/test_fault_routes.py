"""/_minisql/faults: faults on demand for tests in other languages."""

from __future__ import annotations

import http.client
from typing import Any

import pytest

from tests.unit.server.conftest import Client
from tests.unit.server.http2_client import Http2Client
from tests.unit.server.test_websocket import EARLIEST, Socket, ask, events


def add(client: Client, **fault: Any) -> Any:
    answer = client.post("/_minisql/faults", fault)
    assert answer.status == 200, answer.body
    return answer.json()


def test_faults_are_added_listed_and_removed(filled: Client) -> None:
    one = add(filled, fault="refuse", text="LIST", message="No", error_code=40300)
    add(filled, fault="corrupt", topic="s", data={"base64": "ew=="})
    assert filled.ksql("LIST STREAMS;").json() == {"@type": "generic_error", "error_code": 40300, "message": "No"}
    first, second = filled.get("/_minisql/faults").json()
    assert first == one | {"times": None}
    assert second["data"] == {"base64": "ew=="}
    assert filled.open("DELETE", f"/_minisql/faults/{one['number']}").status == 200
    assert filled.open("DELETE", f"/_minisql/faults/{one['number']}").status == 404
    assert filled.ksql("LIST STREAMS;").status == 200
    assert filled.open("DELETE", "/_minisql/faults").status == 200
    assert filled.get("/_minisql/faults").json() == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Invalid JSON in request: Missing required creator property 'fault' (index 0)"),
        ({"fault": "clear"}, "fault='clear': there are fail_query, "),
        ({"fault": "delay"}, "missing 1 required positional argument: 'seconds'"),
        ({"fault": "delay", "seconds": 1, "minutes": 2}, "unexpected keyword argument 'minutes'"),
        ({"fault": "fail_query", "query_id": "X", "message": "x"}, "no query 'X' runs; there are CTAS_T_0"),
        ({"fault": "corrupt", "topic": "s", "data": {"base64": "?"}}, "base64"),
    ],
)
def test_faults_that_are_wrong(filled: Client, body: Any, message: str) -> None:
    answer = filled.post("/_minisql/faults", body)
    assert (answer.status, answer.json()["error_code"]) == (400, 40000)
    assert message in answer.json()["message"]


def test_a_reset_removes_them(filled: Client) -> None:
    add(filled, fault="reject")
    assert filled.get("/info").status == 503
    filled.post("/_minisql/reset", {})
    assert filled.get("/info").status == 200


def test_a_failure_in_the_midst_of_rows(filled: Client) -> None:
    add(filled, fault="fail_push_queries", message="disk is full", after_rows=1)
    query = {"sql": "SELECT * FROM s EMIT CHANGES;", "properties": EARLIEST}
    lines = filled.post("/query-stream", query).body.splitlines()
    assert lines[1:] == [b'[1,"a"]', b'{"@type":"generic_error","error_code":50000,"message":"disk is full"}']


def test_http1_without_its_last_chunk(filled: Client) -> None:
    add(filled, fault="drop_connection", after_rows=1)
    response = filled.open("POST", "/query-stream", {"sql": "SELECT * FROM s EMIT CHANGES;", "properties": EARLIEST})
    with pytest.raises(http.client.IncompleteRead) as caught:
        response.read()
    assert caught.value.partial.splitlines()[1:] == [b'[1,"a"]']


def test_http2_with_all_its_streams(filled: Client) -> None:
    http2 = Http2Client(filled).begin()
    other = http2.post("/query-stream", {"sql": "SELECT * FROM s EMIT CHANGES;", "properties": EARLIEST})
    http2.until(lambda: len(http2.frames.get(other, [])) == 3)
    add(filled, fault="drop_connection", after_rows=1)
    stream = http2.post("/query-stream", {"sql": "SELECT * FROM s EMIT CHANGES;", "properties": EARLIEST})
    with pytest.raises(AssertionError, match="the server has closed the connection"):
        http2.until(lambda: False)
    assert http2.frames[stream][1:] == [b'[1,"a"]\n']
    assert http2.ended == set()


def test_a_websocket_without_its_close_frame(filled: Client) -> None:
    add(filled, fault="drop_connection", after_rows=1, times=1)
    (_, row), close = ask(filled, "SELECT * FROM s EMIT CHANGES;")
    assert (row, close.code) == ({"row": {"columns": [1, "a"]}}, 1006)
    assert ask(filled, "SELECT * FROM s EMIT CHANGES LIMIT 1;")[1].code == 1000
    add(filled, fault="reject", error_code=50303, message="The server is shutting down")
    refused = Socket(filled, "/ws/query").next()
    assert isinstance(refused, events.RejectConnection)
    assert refused.status_code == 503
