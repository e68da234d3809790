"""/inserts-stream."""

from __future__ import annotations

import json
import socket

import pytest

from tests.unit.server.conftest import Client

CREATE = """CREATE STREAM i (k STRING KEY, n BIGINT, d DECIMAL(4, 2), b BYTES, a ARRAY<INT>, st STRUCT<x INT>)
WITH (kafka_topic='i', value_format='json', partitions=1);"""


def insert(client: Client, *rows: object, target: str = "i", **headers: str) -> bytes:
    lines = [json.dumps({"target": target}), *(row if isinstance(row, str) else json.dumps(row) for row in rows)]
    return client.post("/inserts-stream", "\n".join(lines).encode(), **headers).body


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
    assert insert(target, {"k": "x"}, Accept="application/json") == b'[{"seq":0,"status":"ok"}]'
    assert insert(target, Accept="application/json") == b"[]"


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


def test_acknowledgements_come_while_the_request_is_open(target: Client) -> None:
    with socket.create_connection((target.host, target.port), timeout=10) as raw:
        raw.sendall(b"POST /inserts-stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for line in ('{"target": "i"}\n', '{"k": "x"}\n'):
            raw.sendall(f"{len(line):x}\r\n{line}\r\n".encode())
        received = b""
        while b'"seq":0' not in received:
            received += raw.recv(1000)
        raw.sendall(b"0\r\n\r\n")
        while not received.endswith(b"0\r\n\r\n"):
            received += raw.recv(1000)
