"""What a ksqlDB 8.5 answered over REST, line by line below ``tests/answers``, is what minisql's server answers.

The first line of a file has the statements that come before, and the properties that every request has; each other line has a
request (a path and a statement, with what else its body has), and the status and body of the answer. Ids of queries are left
out, and so is the order of rows: it is no promise of a server.
"""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

import minisql

FOLDER = Path(__file__).parent / "answers"
IDS = re.compile(r"\b((?:CSAS|CTAS|CST)_\w+?|INSERTQUERY)_\d+\b")


class Asked(NamedTuple):
    """A request and its answer; ``ask`` is [path, statement, the rest of the body]."""

    ask: list[Any]
    status: int
    body: Any


class File(NamedTuple):
    """A file of answers."""

    name: str
    setup: list[str]
    properties: dict[str, str]
    asked: list[Asked]


def read(path: Path) -> File:
    first, *others = map(json.loads, path.read_text("utf-8").splitlines())
    return File(path.stem, first["setup"], first["properties"], [Asked(**each) for each in others])


FILES = [read(path) for path in sorted(FOLDER.glob("*.jsonl"))]


class Client:
    """A server, asked over one connection."""

    def __init__(self, url: str, properties: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        self._properties = properties

    def ask(self, path: str, text: str, more: dict[str, Any]) -> tuple[int, Any]:
        names = ("sql", "properties") if path == "/query-stream" else ("ksql", "streamsProperties")
        body = {names[0]: text, names[1]: self._properties, **more}
        self._connection.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        return answer.status, told(answer.read().decode())


def told(text: str) -> Any:
    """The answer without what differs from one server to the next."""
    try:
        found = [json.loads(text)]
    except ValueError:
        found = [json.loads(line) for line in text.splitlines()]
    if isinstance(found[0], dict) and "queryId" in found[0]:
        found[0]["queryId"] = ""
    return _plain(found[0] if len(found) == 1 else unordered(found))


def unordered(body: Any) -> Any:
    """Rows behind their header in an order of their own."""
    if not isinstance(body, list) or not body or not isinstance(body[0], dict) or "queryId" not in body[0]:
        return body
    return [body[0], *sorted(body[1:], key=json.dumps)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if name != "commandSequenceNumber"}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return IDS.sub(r"\1_N", value) if isinstance(value, str) else value


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.name)
def asked(request: pytest.FixtureRequest) -> Iterator[tuple[Client, File]]:
    with minisql.server(port=0) as url:
        client = Client(url, request.param.properties)
        for statement in request.param.setup:
            status, body = client.ask("/ksql", statement, {})
            assert status == 200, body
        yield client, request.param


def test_answers(asked: tuple[Client, File]) -> None:
    client, file = asked
    differ = []
    for each in file.asked:
        got = client.ask(*each.ask)
        if got != (each.status, unordered(each.body)):
            differ.append(f"{each.ask}\n  ksqlDB  {each.status} {json.dumps(each.body)}\n  minisql {got[0]} {json.dumps(got[1])}")
    assert not differ, "\n".join(differ)


def test_there_are_answers() -> None:
    assert sum(len(file.asked) for file in FILES) > 100
