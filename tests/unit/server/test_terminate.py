"""POST /ksql/terminate: the end of the cluster."""

from __future__ import annotations

import json

import pytest

import minisql
from tests.unit.server.conftest import Client
from tests.unit.server.test_websocket import Socket, events

SINKS = """
CREATE STREAM out_one AS SELECT * FROM s;
CREATE STREAM out_two WITH (kafka_topic='other') AS SELECT * FROM s;
"""
SHUT_DOWN = {"@type": "generic_error", "error_code": 50304, "message": "The server is shut down"}


def topics(client: Client) -> set[str]:
    return {each["name"] for each in client.get("/_minisql/topics").json()}


def test_the_answer(filled: Client) -> None:
    answer = filled.post("/ksql/terminate", {"deleteTopicList": []})
    number = answer.json()[0].pop("commandSequenceNumber")
    assert number > 0
    assert answer.json() == [
        {
            "@type": "currentStatus",
            "statementText": "TERMINATE CLUSTER;",
            "commandId": "terminate/CLUSTER/execute",
            "commandStatus": {"status": "QUEUED", "message": "Statement written to command topic", "queryId": None},
            "commandSequenceNumber": number,
            "warnings": [],
        }
    ]


def test_afterwards_the_server_is_shut_down_until_it_is_reset(filled: Client) -> None:
    filled.post("/ksql/terminate", {})
    for answer in (filled.get("/info"), filled.ksql("LIST STREAMS;"), filled.post("/ksql/terminate", {}), filled.get("/nowhere")):
        assert (answer.status, answer.json()) == (503, SHUT_DOWN)
    assert filled.get("/chc/live").status == 200
    refused = Socket(filled, "/ws/query").next()
    assert isinstance(refused, events.RejectConnection)
    assert refused.status_code == 503
    assert filled.post("/_minisql/reset", {}).status == 200
    assert len(filled.ksql("LIST STREAMS;").json()[0]["streams"]) == 0


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ([], {"s", "T", "OUT_ONE", "other"}),
        (["OUT_ONE", "s"], {"s", "T", "other"}),
        (["OUT_", "out_one"], {"s", "T", "OUT_ONE", "other"}),
        (["OUT_.*", "oth(er|ing)"], {"s", "T"}),
        ([".*"], {"s"}),
    ],
)
def test_only_topics_of_sinks_that_a_pattern_matches_are_deleted(filled: Client, patterns: list[str], left: set[str]) -> None:
    filled.ksql(SINKS)
    assert filled.post("/ksql/terminate", {"deleteTopicList": patterns}).status == 200
    assert topics(filled) == left


@pytest.mark.parametrize("body", [{"deleteTopicList": "a"}, {"deleteTopicList": [["a"]]}, []])
def test_bodies_that_are_not_right(client: Client, body: object) -> None:
    answer = client.post("/ksql/terminate", body)
    assert (answer.status, answer.json()["error_code"]) == (400, 40000)
    assert answer.json()["message"].startswith("Invalid JSON in request: ")
    assert client.get("/info").status == 200


def test_the_statement_ends_the_server_too(filled: Client) -> None:
    answer = filled.ksql("terminate cluster;")
    assert answer.json()[0]["commandId"] == "terminate/CLUSTER/execute"
    assert answer.json()[0]["commandStatus"] == {
        "status": "QUEUED",
        "message": "Statement written to command topic",
        "queryId": None,
    }
    assert filled.ksql("SHOW QUERIES;").json()["error_code"] == 50304


def test_a_pattern_that_is_none(filled: Client) -> None:
    answer = filled.post("/ksql/terminate", {"deleteTopicList": ["S.*", "("]})
    assert answer.status == 400
    assert answer.json() == {"@type": "generic_error", "error_code": 40000, "message": "Invalid pattern: ("}
    assert len(filled.ksql("LIST QUERIES;").json()[0]["queries"]) == 1


def test_push_queries_end(filled: Client) -> None:
    response = filled.open("POST", "/query-stream", {"sql": "SELECT * FROM s EMIT CHANGES;"})
    assert b"queryId" in response.readline()
    filled.post("/ksql/terminate", {})
    assert response.read() == b""


def test_schemas_go_with_their_topics() -> None:
    conn = minisql.connect()
    registry = conn.schema_registry
    conn.execute("""
        CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json_sr', partitions=1);
        CREATE STREAM a AS SELECT * FROM s;
        CREATE STREAM b AS SELECT * FROM s;
    """)
    with minisql.server(conn) as url:
        Client(url).post("/ksql/terminate", {"deleteTopicList": ["A"]})
    assert registry.subjects() == ["B-value", "s-value"]


def test_strictly_nothing_brings_it_back() -> None:
    with minisql.server(strict=True) as url:
        client = Client(url)
        client.post("/ksql/terminate", json.dumps({}).encode())
        assert client.post("/_minisql/reset", {}).json() == SHUT_DOWN
