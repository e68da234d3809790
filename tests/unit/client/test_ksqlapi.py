"""``KSQLAPI`` on an engine in the process."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import minisql
from minisql import KSQLAPI, KSQLError
from minisql.client import SimplifiedAPI, forget

URL = "http://test:8088"
CREATE = "CREATE STREAM s (id VARCHAR KEY, v DOUBLE) WITH (kafka_topic='s', value_format='json', partitions=1)"
EARLIEST = {"ksql.streams.auto.offset.reset": "earliest"}


@pytest.fixture
def client() -> Iterator[KSQLAPI]:
    forget(URL)
    yield KSQLAPI(URL)
    forget(URL)


@pytest.fixture
def filled(client: KSQLAPI) -> KSQLAPI:
    client.ksql(CREATE)
    client.ksql("INSERT INTO s VALUES ('a', 1.5); INSERT INTO s VALUES ('b', 2e10);")
    return client


def test_statements_answer_with_entities(client: KSQLAPI) -> None:
    (entity,) = client.ksql(CREATE)
    assert entity["@type"] == "currentStatus"
    assert entity["commandStatus"]["status"] == "SUCCESS"
    assert [each["name"] for each in client.ksql("SHOW STREAMS;")[0]["streams"]] == ["S"]


def test_clients_with_one_url_share_an_engine(client: KSQLAPI) -> None:
    client.ksql(CREATE)
    assert KSQLAPI(URL + "/").ksql("list streams")[0]["streams"]
    assert not KSQLAPI("http://other:8088").ksql("list streams")[0]["streams"]


def test_engine_can_be_given(client: KSQLAPI) -> None:
    conn = minisql.connect()
    conn.execute(CREATE)
    assert KSQLAPI(URL, engine=conn.engine).ksql("list streams")[0]["streams"]
    assert not client.ksql("list streams")[0]["streams"]


def test_refusal(client: KSQLAPI) -> None:
    with pytest.raises(KSQLError) as caught:
        client.ksql("DROP STREAM nowhere;")
    assert caught.value.error_code == 40001
    assert caught.value.msg == "Stream NOWHERE does not exist."


def test_unsupported_is_not_disguised_as_a_refusal(client: KSQLAPI) -> None:
    with pytest.raises(minisql.UnsupportedError):
        client.ksql("CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');")


def test_set_lasts_for_one_request(filled: KSQLAPI) -> None:
    filled.ksql("SET 'auto.offset.reset'='earliest';")
    assert list(filled.query("SELECT * FROM s EMIT CHANGES", idle_timeout=0.01, return_objects=True)) == []


def test_lines_of_a_push_query(filled: KSQLAPI) -> None:
    header, *rest = filled.query("SELECT id, v FROM s EMIT CHANGES LIMIT 2;", stream_properties=EARLIEST)
    assert header.startswith('[{"header":{"queryId":"')
    assert header.endswith('","schema":"`ID` STRING, `V` DOUBLE"}},\n')
    assert rest == [
        '{"row":{"columns":["a",1.5]}},\n',
        '{"row":{"columns":["b",2.0E10]}},\n',
        '{"finalMessage":"Limit Reached"}]',
    ]


def test_objects_of_a_push_query(filled: KSQLAPI) -> None:
    rows = filled.query("SELECT * FROM s EMIT CHANGES", stream_properties=EARLIEST, return_objects=True)
    assert list(itertools.islice(rows, 2)) == [{"ID": "a", "V": 1.5}, {"ID": "b", "V": 2e10}]


@pytest.fixture
def counted(filled: KSQLAPI) -> KSQLAPI:
    filled.ksql("CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;", stream_properties=EARLIEST)
    return filled


def test_lines_of_a_pull_query(counted: KSQLAPI) -> None:
    header, last = counted.query("SELECT * FROM t WHERE id = 'a';")
    assert header.endswith('"}},\n')
    assert last == '{"row":{"columns":["a",1]}}]'


def test_pull_query_without_rows(counted: KSQLAPI) -> None:
    (line,) = counted.query("SELECT * FROM t WHERE id = 'z';")
    assert json.loads(line)[0]["header"]["schema"]
    assert list(counted.query("SELECT * FROM t WHERE id = 'z';", return_objects=True)) == []


def test_pull_query_over_a_stream_ends_like_a_push_query(filled: KSQLAPI) -> None:
    _, row, last = filled.query("SELECT * FROM s WHERE id = 'a';")
    assert row == '{"row":{"columns":["a",1.5]}},\n'
    assert last == '{"finalMessage":"Query Completed"}]'


def test_http2_gives_text_whatever_is_wanted(filled: KSQLAPI) -> None:
    header, *rows = filled.query("SELECT * FROM s WHERE v < 2;", use_http2=True, return_objects=True)
    assert json.loads(header)["columnNames"] == ["ID", "V"]
    assert json.loads(header)["columnTypes"] == ["STRING", "DOUBLE"]
    assert rows == ['["a",1.5]\n']


def test_query_starts_with_the_first_next(filled: KSQLAPI) -> None:
    rows = filled.query("SELECT * FROM s EMIT CHANGES", return_objects=True)
    received: list[Any] = []
    started = threading.Thread(target=lambda: received.append(next(rows)), daemon=True)
    started.start()
    started.join(0.1)
    filled.ksql("INSERT INTO s VALUES ('late', 3);")
    started.join(5)
    assert received == [{"ID": "late", "V": 3.0}]


def test_query_is_refused(client: KSQLAPI) -> None:
    with pytest.raises(KSQLError) as caught:
        next(client.query("SELECT * FROM nowhere EMIT CHANGES"))
    assert caught.value.msg == "Exception while preparing statement: NOWHERE does not exist."
    with pytest.raises(ValueError, match="Return code is 400"):
        next(client.query("SELECT * FROM nowhere EMIT CHANGES", use_http2=True))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CREATE + ";", "Statement type `io.confluent.ksql.parser.KsqlParser$PreparedStatement' not supported"),
        ("SELECT * FROM s; SELECT * FROM s;", "Expected exactly one KSQL statement; found 2 instead"),
    ],
)
def test_only_one_query_at_a_time(client: KSQLAPI, text: str, message: str) -> None:
    with pytest.raises(KSQLError) as caught:
        next(client.query(text))
    assert caught.value.msg.startswith(message)
    assert not client.ksql("list streams")[0]["streams"]


def test_closing_a_generator_ends_its_query(filled: KSQLAPI) -> None:
    rows = filled.query("SELECT * FROM s EMIT CHANGES", stream_properties=EARLIEST)
    query_id = json.loads(next(rows).lstrip("[").rstrip(",\n"))["header"]["queryId"]
    rows.close()  # type: ignore[attr-defined]
    assert filled.close_query(query_id) is False


def test_close_query_ends_who_waits(filled: KSQLAPI) -> None:
    rows = filled.query("SELECT * FROM s EMIT CHANGES", use_http2=True)
    query_id = json.loads(next(rows))["queryId"]
    closing = threading.Timer(0.05, filled.close_query, [query_id])
    closing.start()
    assert list(rows) == []
    assert filled.close_query("123") is False


def test_idle_timeout(filled: KSQLAPI, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(filled.query("SELECT * FROM s EMIT CHANGES", idle_timeout=0.01, use_http2=True))[1:] == []
    assert capsys.readouterr().out == "Ending query because of time out! (0.01 seconds)\n"


def test_inserts(client: KSQLAPI) -> None:
    client.ksql(CREATE)
    acks = client.inserts_stream("s", [{"ID": "a", "V": 1}, {"id": "b", "v": 2.5}])
    assert acks == [{"seq": 0, "status": "ok"}, {"seq": 1, "status": "ok"}]
    rows = client.query("SELECT * FROM s EMIT CHANGES LIMIT 2", stream_properties=EARLIEST, return_objects=True)
    assert list(rows) == [{"ID": "a", "V": 1.0}, {"ID": "b", "V": 2.5}]


def test_inserts_end_at_the_first_failure(client: KSQLAPI) -> None:
    client.ksql(CREATE)
    acks = client.inserts_stream("s", [{"ID": "a"}, {"ID": "b", "V": "text"}, {"ID": "c"}])
    assert [ack["status"] for ack in acks] == ["ok", "error"]
    assert acks[1]["error_code"] == 40000


def test_inserts_into_nothing(client: KSQLAPI) -> None:
    (answer,) = client.inserts_stream("nowhere", [{"ID": 1}])
    assert answer["error_code"] == 40001
    assert "NOWHERE" in answer["message"]


def test_simplified_calls(client: KSQLAPI) -> None:
    client.ksql(CREATE)
    assert client.create_stream("t", ["id varchar", "v int"], "s") is True
    assert client.create_stream_as("u", ["id"], "t", conditions='v > 1 and id = "x"') is True
    assert sorted(each["name"] for each in client.ksql("list streams")[0]["streams"]) == ["S", "T", "U"]


def test_create_table_needs_a_key(client: KSQLAPI) -> None:
    with pytest.raises(ValueError, match="key is required"):
        client.create_table("t", ["id varchar"], "t1", "JSON", "")


def test_what_the_server_says_of_itself(client: KSQLAPI) -> None:
    assert client.get_url() == URL
    assert client.timeout == 15
    assert client.get_ksql_version()
    names = {each["name"] for each in client.get_properties()}
    assert "ksql.service.id" in names


def test_other_paths_are_not_found(client: KSQLAPI) -> None:
    assert client.sa.get_request(URL + "/nothing").status_code == 404


def test_empty_text(client: KSQLAPI) -> None:
    with pytest.raises(minisql.client.errors.InvalidQueryError):
        client.ksql("")


def test_subclass_that_replaces_the_check_of_the_answer() -> None:
    seen: list[tuple[int, str]] = []

    class Client(KSQLAPI):
        def __init__(self, url: str) -> None:
            super().__init__(url, max_retries=3, check_version=True)
            self.sa._raise_for_status = self._check  # type: ignore[method-assign]

        def _check(self, r: Any, response: str) -> None:
            seen.append((r.getcode(), response))

    forget("http://subclass:8088")
    client = Client("http://subclass:8088")
    client.ksql("list streams")
    assert client.sa.max_retries == 3
    assert isinstance(client.sa, SimplifiedAPI)
    (status, response), *_ = seen
    assert status == 200
    assert json.loads(response)[0]["@type"] == "streams"
