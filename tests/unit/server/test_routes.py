"""Routes whose answers are complete at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import minisql
from tests.unit.server.conftest import Answer, Client


def test_info(client: Client) -> None:
    answer = client.get("/info")
    assert answer.headers["content-type"] == "application/json"
    assert answer.body == (
        b'{"KsqlServerInfo":{"version":"8.5.0","kafkaClusterId":"minisql","ksqlServiceId":"default_","serverStatus":"RUNNING"}}'
    )


def test_the_root_leads_to_info(client: Client) -> None:
    answer = client.get("/")
    assert (answer.status, answer.headers["location"]) == (307, "/info")


def test_health(client: Client) -> None:
    assert client.get("/healthcheck").json()["isHealthy"] is True
    assert client.get("/chc/live").body == client.get("/chc/ready").body == b"{}"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nowhere"), ("GET", "/ksql"), ("POST", "/info"), ("GET", "/../../etc/passwd")],
)
def test_what_is_not_there(client: Client, method: str, path: str) -> None:
    response = client.open(method, path)
    assert (response.status, response.read()) == (404, b"Not Found")


def test_a_slash_at_the_end_does_not_count(client: Client) -> None:
    assert client.get("/info/").json() == client.get("/info").json()


def test_heartbeats_are_off(client: Client) -> None:
    for answer in (client.post("/heartbeat", {}), client.get("/clusterStatus")):
        assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize(("path", "name"), [("x/y/z", "Type.X"), ("stream/S/z", "Action.Z")])
def test_commands_of_kinds_that_there_are_not(client: Client, path: str, name: str) -> None:
    answer = client.get(f"/status/{path}")
    message = f"No enum constant io.confluent.ksql.rest.entity.CommandId.{name}"
    assert (answer.status, answer.json()["error_code"], answer.json()["message"]) == (500, 50000, message)


def test_a_media_type_that_is_not_there(client: Client) -> None:
    assert client.get("/info", Accept="text/html").status == 404
    assert client.get("/info", Accept="text/html, */*;q=0.1").status == 200


def test_statements(client: Client) -> None:
    (entity,) = client.ksql("CREATE STREAM a (v INT) WITH (kafka_topic='a', value_format='json', partitions=1);").json()
    assert entity["@type"] == "currentStatus"
    assert entity["commandId"] == "stream/`A`/create"
    assert client.get("/status").json() == {"commandStatuses": {"stream/`A`/create": "SUCCESS"}}
    assert client.get("/status/stream/%60A%60/create").json()["message"] == "Stream created"
    assert client.get("/status/stream/%60B%60/create").json()["error_code"] == 40400


def test_a_refused_statement(client: Client) -> None:
    answer = client.ksql("DROP STREAM nowhere;")
    assert answer.status == 400
    assert answer.body == (
        b'{"@type":"statement_error","error_code":40001,"message":"Stream NOWHERE does not exist.",'
        b'"statementText":"DROP STREAM nowhere;","entities":[]}'
    )


def test_a_failed_assertion_has_a_status_of_its_own(client: Client) -> None:
    answer = client.ksql("ASSERT TOPIC nowhere;")
    assert answer.status == 417
    assert answer.json() == {"@type": "generic_error", "error_code": 41700, "message": "Topic nowhere does not exist"}


def test_queries_belong_elsewhere_and_nothing_runs_before_they_are_refused(client: Client) -> None:
    answer = client.ksql("CREATE STREAM a (v INT) WITH (kafka_topic='a', value_format='json', partitions=1); SELECT * FROM a;")
    assert answer.json()["error_code"] == 40002
    assert client.ksql("LIST STREAMS;").json()[0]["streams"] == []


def test_a_request_is_looked_at_as_a_whole(client: Client) -> None:
    create = "CREATE STREAM a (v INT) WITH (kafka_topic='a', value_format='json', partitions=1);"
    answer = client.ksql(f"{create} INSERT INTO a VALUES ('x'); DROP STREAM a;")
    assert answer.status == 400
    assert answer.json() == {
        "@type": "statement_error",
        "error_code": 40001,
        "message": "Failed to insert values into 'A'. Expected type INTEGER for field `V` but got STRING(x)",
        "statementText": "INSERT INTO `A` VALUES ('[value]');",
        "entities": [],
    }
    assert client.ksql("LIST STREAMS;").json()[0]["streams"] == []
    assert client.ksql("LIST TOPICS;").json()[0]["topics"] == []
    assert len(client.ksql(f"{create} INSERT INTO a VALUES (1); DESCRIBE a;").json()) == 2


def test_what_minisql_lacks(client: Client) -> None:
    answer = client.ksql("CREATE SINK CONNECTOR c WITH ('connector.class'='x');")
    assert (answer.status, answer.json()["error_code"]) == (501, 50100)


def test_session_variables(client: Client) -> None:
    text = "CREATE STREAM ${name} (v INT) WITH (kafka_topic='a', value_format='json', partitions=1);"
    answer = client.post("/ksql", {"ksql": text, "sessionVariables": {"name": "a"}, "unknown": 1})
    assert answer.json()[0]["commandId"] == "stream/`A`/create"


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"ksql": {}}', b'{"ksql": "x"} x', b"\xff", b"[" * 100_000])
def test_bodies_that_are_not_right(client: Client, body: bytes) -> None:
    answer = client.post("/ksql", body)
    assert answer.status == 400
    assert answer.json()["error_code"] == 40000
    assert answer.json()["message"].startswith("Invalid JSON in request: ")


@pytest.mark.parametrize("body", [b"", b"null"])
def test_no_body(client: Client, body: bytes) -> None:
    answer = client.post("/ksql", body)
    assert (answer.status, answer.json()["@type"], answer.json()["error_code"]) == (500, "generic_error", 50000)


@pytest.mark.parametrize("path", ["/ksql", "/query-stream", "/query"])
def test_what_no_request_may_set(client: Client, path: str) -> None:
    names = ("sql", "properties") if path == "/query-stream" else ("ksql", "streamsProperties")
    answer = client.post(path, {names[0]: "SHOW TABLES;", names[1]: {"ksql.service.id": "x"}})
    message = (
        "One or more properties overrides set locally are prohibited by the KSQL server denylist "
        "(use UNSET to reset their default value): [ksql.service.id]"
    )
    assert (answer.status, answer.json()) == (400, {"@type": "generic_error", "error_code": 40000, "message": message})


def test_properties_that_are_null(client: Client) -> None:
    answer = client.post("/ksql", {"ksql": "SHOW TABLES;", "streamsProperties": {"auto.offset.reset": None}})
    assert (answer.status, answer.json()["message"]) == (500, "Failed to deserialize buffer")
    answer = client.post("/query-stream", {"sql": "SELECT * FROM s;", "properties": {"auto.offset.reset": None}})
    assert (answer.status, answer.json()["error_code"]) == (400, 40000)
    assert answer.json()["message"] == "Failed to coerce type of value 'null' for key 'auto.offset.reset'"


def test_the_number_of_a_command(filled: Client) -> None:
    def asked(number: object) -> Answer:
        return filled.post("/ksql", {"ksql": "SHOW TABLES;", "commandSequenceNumber": number})

    assert [asked(number).status for number in (-1, 0, 1, 1.5, "1", None)] == [200] * 6
    answer = asked(100000)
    message = "Timed out while waiting for a previous command to execute. command sequence number: 100000"
    assert (answer.status, answer.json()) == (503, {"@type": "generic_error", "error_code": 50301, "message": message})
    for number in ("x", True):
        assert (asked(number).status, asked(number).json()["error_code"]) == (400, 40000)


def test_a_body_that_is_too_large(client: Client) -> None:
    assert client.post("/ksql", b" " * (10 * 1024 * 1024 + 1)).status == 413
    assert client.get("/info").status == 200


def test_unknown_properties_are_refused(client: Client) -> None:
    answer = client.post("/ksql", {"ksql": "LIST STREAMS;", "streamsProperties": {"no.such": 1}})
    assert answer.json()["message"] == "Not recognizable as ksql, streams, consumer, or producer property: 'no.such'"


def test_valid_properties(client: Client) -> None:
    assert client.get("/is_valid_property/auto.offset.reset").json() is True
    assert client.get("/is_valid_property/no.such").json()["error_code"] == 40000
    assert "denylist" in client.get("/is_valid_property/ksql.service.id").json()["message"]


def test_metadata(client: Client) -> None:
    assert client.get("/v1/metadata").json()["clusterId"] == client.get("/v1/metadata/id").json()


def test_users() -> None:
    with minisql.server(users={"me": "secret"}) as url:
        client = Client(url)
        assert client.get("/info").json() == {"@type": "generic_error", "error_code": 40100, "message": "Unauthorized"}
        assert client.get("/info", Authorization="Basic bWU6d3Jvbmc=").status == 401
        assert client.get("/info", Authorization="Basic bWU6c2VjcmV0").status == 200
        assert client.get("/chc/live").status == 200


def test_an_engine_of_the_program_is_served() -> None:
    conn = minisql.connect()
    with minisql.server(conn) as url:
        conn.execute("CREATE STREAM mine (v INT) WITH (kafka_topic='a', value_format='json', partitions=1);")
        assert Client(url).ksql("LIST STREAMS;").json()[0]["streams"][0]["name"] == "MINE"


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    with minisql.server():
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_a_port_that_is_taken() -> None:
    with minisql.server() as url, pytest.raises(OSError), minisql.server(port=Client(url).port):
        pass


@pytest.mark.parametrize(
    ("properties", "code", "message"),
    [
        (
            {"ksql.streams.num.stream.threads": "x"},
            40000,
            "Failed to coerce type of value 'x' for key 'ksql.streams.num.stream.threads'\n"
            "Caused by: Invalid value x for configuration num.stream.threads: Not a number of\n\ttype INT",
        ),
        (
            {"bootstrap.servers": "x"},
            40000,
            "Failed to coerce type of value 'x' for key 'bootstrap.servers'\n"
            "Caused by: Cannot override property 'bootstrap.servers'",
        ),
        ({"nothing": 1}, 50000, "Not recognizable as ksql, streams, consumer, or producer property: 'nothing'"),
    ],
)
def test_properties_that_a_request_cannot_have(client: Client, properties: dict[str, Any], code: int, message: str) -> None:
    answer = client.post("/ksql", {"ksql": "LIST STREAMS;", "streamsProperties": properties})
    assert (answer.status, answer.json()["error_code"], answer.json()["message"]) == (code // 100, code, message)
    answer = client.post("/query-stream", {"sql": "SELECT * FROM s;", "properties": properties})
    assert (answer.status, answer.json()["message"]) == (400, message.split("\n", maxsplit=1)[0])


def test_a_request_ends_with_a_semicolon(client: Client) -> None:
    answer = client.ksql("LIST STREAMS;\nLIST TABLES")
    assert answer.status == 400
    assert answer.json()["message"] == "line 2:12: Syntax Error\nmissing ';' at '<EOF>'"
    assert answer.json()["statementText"] == "LIST STREAMS;\nLIST TABLES"


def test_a_query_on_nothing_is_no_query(client: Client) -> None:
    message = client.ksql("SELECT * FROM nothing;").json()["message"]
    assert message == "Exception while preparing statement: NOTHING does not exist."
