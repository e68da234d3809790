"""/ws/query."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import quote

import pytest

from tests.unit.server.conftest import Client

wsproto = pytest.importorskip("wsproto")
events = pytest.importorskip("wsproto.events")

EARLIEST = {"auto.offset.reset": "earliest"}


class Socket:
    """A client of one connection."""

    def __init__(self, client: Client, path: str) -> None:
        self.raw = socket.create_connection((client.host, client.port), timeout=10)
        self.ws = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
        self.send(events.Request(host="x", target=path))
        self.queue: list[Any] = []

    def send(self, event: Any) -> None:
        self.raw.sendall(self.ws.send(event))

    def next(self) -> Any:
        while not self.queue:
            data = self.raw.recv(65536)
            self.ws.receive_data(data or None)
            self.queue.extend(self.ws.events())
        return self.queue.pop(0)

    def texts(self) -> tuple[list[Any], Any]:
        """All messages, and how the server closed."""
        assert isinstance(self.next(), events.AcceptConnection)
        messages = []
        while isinstance(event := self.next(), events.TextMessage):
            messages.append(json.loads(event.data))
        self.raw.close()
        return messages, event


def ask(client: Client, text: str, **options: Any) -> tuple[list[Any], Any]:
    request = json.dumps({"ksql": text, "streamsProperties": EARLIEST})
    return Socket(client, f"/ws/query?request={quote(request)}").texts()


def test_half_a_surrogate_pair_is_a_question_mark(filled: Client) -> None:
    """Unlike over HTTP, where Jackson escapes it; as a ksqlDB 8.5 answered."""
    (_, row, _), _ = ask(filled, "SELECT 'a😀' AS a, SUBSTRING('a😀', 1, 2) AS b FROM s EMIT CHANGES LIMIT 1;")
    assert row == {"row": {"columns": ["a😀", "a?"]}}


def test_a_push_query(filled: Client) -> None:
    (schema, *rows, last), close = ask(filled, "SELECT * FROM s EMIT CHANGES LIMIT 2;")
    assert [column["name"] for column in schema] == ["ID", "V"]
    assert rows == [{"row": {"columns": [1, "a"]}}, {"row": {"columns": [2, "é"]}}]
    assert last == {"error": "done"}
    assert (close.code, close.reason) == (1000, "done")


def test_a_pull_query(filled: Client) -> None:
    (_, *rows, _), _ = ask(filled, "SELECT * FROM t WHERE id = 1;")
    assert rows == [{"row": {"columns": [1, 1]}}]


def test_print(filled: Client) -> None:
    (*lines, _), _ = ask(filled, "PRINT s FROM BEGINNING LIMIT 1;")
    assert 'value: {"V":"a"}' in lines[-1]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/ws/query", "Error parsing request: missing request parameter"),
        ("/ws/query?request=%7B", "Error parsing request: "),
        ("/ws/query?request=%7B%7D", 'Error parsing request: "ksql" field of "request" must be populated'),
        ("/ws/query?version=2&request=%7B%7D", "Received invalid api version: 2"),
        ("/ws/query?request=%7B%22ksql%22%3A%22PRINT%20x%3B%22%7D", "Topic does not exist, or KSQL does not have permission"),
        ("/ws/query?request=%7B%22ksql%22%3A%22SELECT%20%2A%20FROM%20x%3B%22%7D", "Exception while preparing statement"),
    ],
)
def test_refusals(client: Client, path: str, message: str) -> None:
    (last,), close = Socket(client, path).texts()
    assert last["error"].startswith(message)
    assert close.code == 1003
    assert len(close.reason.encode()) <= 123


def test_other_paths_have_no_websocket(client: Client) -> None:
    assert isinstance(Socket(client, "/ksql").next(), events.RejectConnection)


def test_without_an_upgrade(client: Client) -> None:
    assert client.get("/ws/query").status == 404
