"""Queries over HTTP/1.1."""

from __future__ import annotations

import json
import socket
import time

import pytest

import minisql
from tests.unit.server.conftest import SCRIPT, Client

EARLIEST = {"auto.offset.reset": "earliest"}
DELIMITED = "application/vnd.ksqlapi.delimited.v1"
KSQL_JSON = "application/vnd.ksql.v1+json"


def push(text: str = "SELECT * FROM s EMIT CHANGES LIMIT 2;") -> dict[str, object]:
    return {"sql": text, "properties": EARLIEST}


@pytest.mark.parametrize("accept", [None, "*/*", DELIMITED])
def test_delimited(filled: Client, accept: str | None) -> None:
    answer = filled.post("/query-stream", push(), **({"Accept": accept} if accept else {}))
    assert answer.headers["content-type"] == DELIMITED
    header, *rows = answer.body.decode().splitlines()
    assert header.startswith('{"queryId":"')
    assert header.endswith('","columnNames":["ID","V"],"columnTypes":["INTEGER","STRING"]}')
    assert rows == ['[1,"a"]', '[2,"é"]']


def test_one_array(filled: Client) -> None:
    answer = filled.post("/query-stream", push(), Accept="application/json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()[1:] == [[1, "a"], [2, "é"]]


@pytest.mark.parametrize("path", ["/query-stream", "/query"])
def test_objects(filled: Client, path: str) -> None:
    body = push() | {"ksql": push()["sql"], "streamsProperties": EARLIEST}
    answer = filled.post(path, body, Accept=KSQL_JSON)
    assert answer.headers["content-type"] == KSQL_JSON
    assert answer.body.decode().split("\n")[1:] == [
        '{"row":{"columns":[1,"a"]}},',
        '{"row":{"columns":[2,"é"]}},',
        '{"finalMessage":"Limit Reached"}]',
    ]


@pytest.mark.parametrize(
    ("accept", "row"),
    [
        (DELIMITED, b'["a\\uD83D\\uDE00","a\\uD83D","\\u001F\x7f"]\n'),
        ("application/json", b',["a\\uD83D\\uDE00","a\\uD83D","\\u001F\x7f"]]'),
        (KSQL_JSON, b'{"row":{"columns":["a\\uD83D\\uDE00","a\\uD83D","\\u001F\x7f"]}},\n{"finalMessage":"Limit Reached"}]'),
    ],
)
def test_texts_are_written_as_jackson_writes_them(filled: Client, accept: str, row: bytes) -> None:
    """As a ksqlDB 8.5 answered: halves of surrogate pairs too, which functions of Java's texts can give."""
    text = "SELECT 'a😀' AS a, SUBSTRING('a😀', 1, 2) AS b, '\x1f\x7f' AS c FROM s EMIT CHANGES LIMIT 1;"
    assert filled.post("/query-stream", push(text), Accept=accept).body.endswith(row)


def test_a_pull_query_ends_without_a_message(filled: Client) -> None:
    answer = filled.post("/query", {"ksql": "SELECT * FROM t WHERE id = 1;"})
    assert [list(each) for each in answer.json()] == [["header"], ["row"]]
    assert answer.json()[0]["header"]["schema"] == "`ID` INTEGER KEY, `N` BIGINT"


def test_rows_come_while_the_query_runs(filled: Client) -> None:
    response = filled.open("POST", "/query-stream", push("SELECT * FROM s EMIT CHANGES;"))
    assert [response.readline() for _ in range(3)][2] == '[2,"é"]\n'.encode()
    filled.ksql("INSERT INTO s VALUES (3, 'late');")
    assert response.readline() == b'[3,"late"]\n'


def test_a_query_that_is_closed(filled: Client) -> None:
    response = filled.open("POST", "/query-stream", push("SELECT * FROM s EMIT CHANGES;"))
    query_id = json.loads(response.readline())["queryId"]
    assert filled.post("/close-query", {"queryId": query_id}).body == b""
    assert response.read().decode().splitlines() == ['[1,"a"]', '[2,"é"]']
    assert filled.post("/close-query", {"queryId": query_id}).json()["message"] == f"No query with id {query_id}"


def test_tombstones_show_in_objects_alone(filled: Client) -> None:
    filled.ksql("CREATE TABLE u AS SELECT id, COUNT(*) AS n FROM s GROUP BY id HAVING COUNT(*) < 2;")
    filled.ksql("INSERT INTO s VALUES (1, 'again');")
    body = push("SELECT * FROM u EMIT CHANGES LIMIT 3;")
    assert b'{"row":{"columns":[1,null],"tombstone":true}}' in filled.post("/query-stream", body, Accept=KSQL_JSON).body
    assert filled.post("/query-stream", body).body.count(b"\n") == 3


@pytest.mark.parametrize(
    ("path", "text", "code", "message"),
    [
        ("/query-stream", "SELECT * FROM x EMIT CHANGES;", 40001, "Exception while preparing statement: X does not exist."),
        ("/query-stream", "SELECT v FROM s WHERE id EMIT CHANGES;", 40001, "but is ID (INTEGER) instead.\nStatement: ID"),
        ("/query-stream", "SELECT CAST(id AS ARRAY<INT>) FROM s EMIT CHANGES;", 40001, "Statement: CAST(ID AS ARRAY<INTEGER>)"),
        (
            "/query-stream",
            "SELECT CAST(id AS NO) FROM s EMIT CHANGES;",
            40001,
            "statement: Cannot resolve unknown type: NO",
        ),
        ("/query-stream", "PRINT s", 40001, "line 1:8: Syntax Error\nmissing ';' at '<EOF>'\nStatement: PRINT s"),
        (
            *("/query", "SELECT * FROM s", 40001),
            "missing ';' at '<EOF>'\nStatement: SELECT * FROM s\nCaused by: line 1:16: Syntax error at line 1:16",
        ),
        ("/query-stream", "LIST STREAMS;", 40001, "Neither a query nor a print statement\nStatement: LIST STREAMS;"),
        ("/query-stream", "PRINT nowhere;", 40001, "Topic does not exist: nowhere"),
        ("/query", "LIST STREAMS;", 40000, "not supported for this resource"),
        ("/query", "LIST TOPICS; LIST TOPICS;", 40001, "Expected exactly one KSQL statement; found 2 instead"),
        ("/query", " ", 40000, '"ksql" field must be populated'),
        ("/query", "PRINT nowhere;", 40000, "Topic names are case-sensitive."),
    ],
)
def test_refusals(filled: Client, path: str, text: str, code: int, message: str) -> None:
    answer = filled.post(path, {"sql": text, "ksql": text})
    assert answer.status == 400
    assert answer.json()["error_code"] == code
    assert answer.json()["message"].endswith(message)


def test_a_refusal_of_query_stream_does_not_tell_its_type(filled: Client) -> None:
    answer = filled.post("/query-stream", {"sql": "SELECT * FROM nope;"})
    assert (answer.status, answer.json()["error_code"], "content-type" in answer.headers) == (400, 40001, False)


SESSIONS = "CREATE TABLE w AS SELECT id, COUNT(*) AS n FROM s WINDOW SESSION (5 SECONDS) GROUP BY id;"
SCAN = "Error executing query locally at node http://localhost:8088/: Table scan unsupported on session tables"


def test_a_pull_query_that_fails_while_it_runs_has_answered_before(filled: Client) -> None:
    filled.ksql(SESSIONS)
    answer = filled.post("/query-stream", {"sql": "SELECT * FROM w;"})
    header, failure = map(json.loads, answer.body.splitlines())
    assert (answer.status, header["columnNames"]) == (200, ["ID", "WINDOWSTART", "WINDOWEND", "N"])
    assert (failure["@type"], failure["error_code"], SCAN in failure["message"]) == ("generic_error", 50000, True)
    _, failure = filled.post("/query", {"ksql": "SELECT * FROM w;"}).body.decode().rstrip("]").splitlines()
    assert json.loads(failure.rstrip(","))["errorMessage"]["error_code"] == 50000


def test_rows_before_one_that_cannot_be_written(filled: Client) -> None:
    text = "SELECT id, MAP(CASE WHEN id = 1 THEN 'a' END := 1) AS m FROM s"
    failure = {"@type": "generic_error", "error_code": 50000, "message": "java.lang.RuntimeException: Failed to serialize buffer"}
    for query in (f"{text};", f"{text} EMIT CHANGES LIMIT 2;"):
        answer = filled.post("/query-stream", {"sql": query, "properties": {"auto.offset.reset": "earliest"}})
        _, row, last = map(json.loads, answer.body.splitlines())
        assert (answer.status, row, last) == (200, [1, {"a": 1}], failure)


def test_print(filled: Client) -> None:
    text = "PRINT s FROM BEGINNING LIMIT 1;"
    lines = filled.post("/query-stream", {"sql": text}).body.decode().splitlines()
    assert lines[1] == "Value format: JSON or KAFKA_STRING"
    assert 'value: {"V":"a"}' in lines[2]
    assert filled.post("/query-stream", {"sql": text}, Accept="application/json").status == 406


def test_a_client_that_goes_away_ends_its_query() -> None:
    conn = minisql.connect(properties=EARLIEST)
    conn.execute(SCRIPT)
    with minisql.server(conn) as url:
        client = Client(url)
        with socket.create_connection((client.host, client.port)) as raw:
            body = json.dumps(push("SELECT * FROM s EMIT CHANGES;"))
            raw.sendall(f"POST /query-stream HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            assert raw.recv(1000)
            assert len(conn.engine.push_queries) == 1
        deadline = time.monotonic() + 5
        while conn.engine.push_queries and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not conn.engine.push_queries


def test_the_end_of_the_server_ends_its_queries() -> None:
    conn = minisql.connect(properties=EARLIEST)
    conn.execute(SCRIPT)
    with minisql.server(conn) as url:
        response = Client(url).open("POST", "/query-stream", push("SELECT * FROM s EMIT CHANGES;"))
        response.readline()
    assert not conn.engine.push_queries


def test_header_columns_are_announced_before_the_values_and_come_after_them(client: Client) -> None:
    client.ksql("""CREATE SOURCE TABLE h (k INT PRIMARY KEY, v STRING, x BYTES HEADER('x'))
                     WITH (kafka_topic='h', value_format='delimited', partitions=1);""")
    client.post("/_minisql/topics/h", {"key": 1, "value": {"V": "a"}, "headers": {"x": {"base64": "IQ=="}}})
    lines = client.post("/query-stream", {"sql": "SELECT * FROM h;"}).body.decode().splitlines()
    assert json.loads(lines[0])["columnNames"] == ["K", "X", "V"]
    assert lines[1] == '[1,"a","IQ=="]'
    objects = client.post("/query", {"ksql": "SELECT * FROM h;"}, Accept=KSQL_JSON).json()
    assert objects[0]["header"]["schema"] == "`K` INTEGER KEY, `X` BYTES HEADER('x'), `V` STRING"
    named = client.post("/query-stream", {"sql": "SELECT x, k FROM h;"}).body.decode().splitlines()
    assert named[1] == '["IQ==",1]'
