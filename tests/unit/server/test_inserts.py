"""/inserts-stream."""

from __future__ import annotations

import json

import pytest

from tests.unit.server.conftest import Client
from tests.unit.server.http2_client import Http2Client

CREATE = """CREATE STREAM i (k STRING KEY, n BIGINT, d DECIMAL(4, 2), b BYTES, a ARRAY<INT>, st STRUCT<x INT>)
WITH (kafka_topic='i', value_format='json', partitions=1);"""


def insert(client: Client, *rows: object, target: str = "i", **headers: str) -> bytes:
    lines = [json.dumps({"target": target}), *(row if isinstance(row, str) else json.dumps(row) for row in rows)]
    return post(client, "\n".join(lines).encode(), **headers)


def post(client: Client, body: bytes, **headers: str) -> bytes:
    http2 = Http2Client(client).begin()
    answer = http2.answer(http2.request("POST", "/inserts-stream", body, **headers))
    http2.socket.close()
    return answer


@pytest.fixture
def target(client: Client) -> Client:
    assert client.ksql(CREATE).status == 200
    return client


def test_rows_are_acknowledged(target: Client) -> None:
    row = {"k": "x", "N": 1, "d": 1.005, "b": "AQ==", "a": [1, None], "st": {"X": 2}, "other": 1}
    assert insert(target, row, {"k": "y"}) == b'{"seq":0,"status":"ok"}\n{"seq":1,"status":"ok"}\n'
    body = {"ksql": "SELECT * FROM i EMIT CHANGES LIMIT 2;", "streamsProperties": {"auto.offset.reset": "earliest"}}
    rows = [each["row"]["columns"] for each in target.post("/query", body).json()[1:3]]
    assert rows == [["x", 1, 1.01, "AQ==", [1, None], {"X": 2}], ["y", None, None, None, None, None]]


def test_acknowledgements_as_an_array(target: Client) -> None:
    assert insert(target, {"k": "x"}, accept="application/json") == b'[{"seq":0,"status":"ok"}]'
    assert insert(target, accept="application/json") == b"[]"


@pytest.mark.parametrize(
    ("row", "code", "message"),
    [
        ("{", 40000, "Invalid JSON in inserts stream"),
        ("[]", 40000, "Invalid JSON in inserts stream"),
        ({"n": 1}, 40000, "Key field must be specified: K"),
        ({"k": "x", "n": "1"}, 40000, "Can't coerce a field of type class java.lang.String into type BIGINT"),
        ({"k": "x", "a": {}}, 40000, "Can't coerce a field of type class io.vertx.core.json.JsonObject into type ARRAY<INTEGER>"),
        ({"k": 1}, 40000, "Can't coerce a field of type class java.lang.Integer into type STRING"),
        ({"k": "x", "b": "*"}, 50000, "Error in processing inserts. Check server logs for details."),
    ],
)
def test_a_failure_ends_the_answer(target: Client, row: object, code: int, message: str) -> None:
    ok, failure = insert(target, {"k": "ok"}, row, {"k": "never"}).decode().splitlines()
    assert ok == '{"seq":0,"status":"ok"}'
    assert json.loads(failure) == {"@type": "generic_error", "error_code": code, "message": message, "status": "error", "seq": 1}


def test_an_unknown_target(target: Client) -> None:
    answer = json.loads(insert(target, target="nowhere"))
    assert answer == {
        "@type": "generic_error",
        "error_code": 40001,
        "message": "Cannot insert values into an unknown stream/table: `NOWHERE`",
    }


def test_http_1_is_refused(target: Client) -> None:
    answer = target.post("/inserts-stream", b'{"target": "i"}')
    assert answer.status == 400
    assert answer.json()["error_code"] == 40004


@pytest.mark.parametrize("line", [b"\xff", b"[" * 15_000, b"1e999999", b'{"k": "x", "n": 99999999999999999999}', b""])
def test_lines_that_are_wrong(target: Client, line: bytes) -> None:
    assert b'"status":"error"' in post(target, b'{"target": "i"}\n' + line + b"\n")
