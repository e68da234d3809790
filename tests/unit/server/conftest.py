"""A server for the tests."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

import minisql

SCRIPT = """
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
INSERT INTO s VALUES (1, 'a');
INSERT INTO s VALUES (2, 'é');
"""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Requests over HTTP/1.1, one connection each."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.host, self.port = urlsplit(url).hostname or "", urlsplit(url).port or 0

    def open(self, method: str, path: str, body: Any = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, data, headers)
        return connection.getresponse()

    def get(self, path: str, **headers: str) -> Answer:
        return self._answer(self.open("GET", path, None, **headers))

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        return self._answer(self.open("POST", path, body, **headers))

    def ksql(self, text: str) -> Answer:
        return self.post("/ksql", {"ksql": text, "streamsProperties": {"auto.offset.reset": "earliest"}})

    @staticmethod
    def _answer(response: http.client.HTTPResponse) -> Answer:
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


@pytest.fixture(autouse=True)
def libraries() -> None:
    """What the server needs and the engine does not."""
    for library in ("h11", "h2", "wsproto"):
        pytest.importorskip(library)


@pytest.fixture
def client() -> Iterator[Client]:
    with minisql.server(port=0) as url:
        yield Client(url)


@pytest.fixture
def filled(client: Client) -> Client:
    assert client.ksql(SCRIPT).status == 200
    return client
