"""Faults on demand, on an engine in the process and on one behind the server, with the same calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import minisql
from minisql import Connection, InterfaceError
from minisql.errors import KsqlError, OperationalError, QueryError

EARLIEST = {"auto.offset.reset": "earliest"}
CREATE = """
CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
"""


@pytest.fixture(params=["process", "server"])
def conn(request: pytest.FixtureRequest) -> Iterator[Connection]:
    if request.param == "process":
        yield minisql.connect(properties=EARLIEST)
        return
    for library in ("h11", "h2", "wsproto", "httpx"):
        pytest.importorskip(library)
    with minisql.server() as url, minisql.connect(url, properties=EARLIEST) as conn:
        yield conn


@pytest.fixture
def made(conn: Connection) -> Connection:
    conn.execute(CREATE)
    return conn


@pytest.fixture
def faults(made: Connection) -> Any:
    return made.engine.faults


def insert(conn: Connection, *values: int) -> None:
    conn.insert("s", [{"id": value, "v": value} for value in values])


def query(conn: Connection) -> dict[str, Any]:
    (found,) = conn.ksql("LIST QUERIES;")[0]["queries"]
    return dict(found)


def explained(conn: Connection) -> dict[str, Any]:
    return dict(conn.ksql("EXPLAIN CTAS_T_0;")[0]["queryDescription"])


def test_a_query_that_dies_and_runs_again(made: Connection, faults: Any) -> None:
    insert(made, 1)
    with faults.fail_query("ctas_t_0", "disk is full"):
        assert query(made)["state"] == "ERROR"
        assert query(made)["statusCount"] == {"ERROR": 1}
        assert [each["errorMessage"] for each in explained(made)["queryErrors"]] == ["disk is full"]
        insert(made, 1, 2)
        assert made.execute("SELECT * FROM t;").fetchall() == [(1, 1)]
    assert query(made)["state"] == "RUNNING"
    assert explained(made)["queryErrors"] == []
    assert made.execute("SELECT * FROM t;").fetchall() == [(1, 2), (2, 1)]


def test_a_query_that_is_gone_is_not_brought_back(made: Connection, faults: Any) -> None:
    fault = faults.fail_query("CTAS_T_0", "disk is full")
    made.execute("DROP TABLE t;")
    fault.remove()
    assert made.ksql("LIST QUERIES;")[0]["queries"] == []


def test_no_such_query(faults: Any) -> None:
    with pytest.raises(InterfaceError, match="no query 'X' runs; there are CTAS_T_0"):
        faults.fail_query("X", "disk is full")
    assert len(faults) == 0


def test_a_push_query_that_dies(made: Connection, faults: Any) -> None:
    rows = made.execute("SELECT * FROM s EMIT CHANGES;")
    insert(made, 1)
    assert next(iter(rows)) == (1, 1)
    faults.fail_query(rows.query_id, "disk is full")
    with pytest.raises(QueryError, match="disk is full"):
        next(iter(rows))


@pytest.mark.parametrize("after", [0, 2])
def test_push_queries_that_die_after_some_rows(made: Connection, faults: Any, after: int) -> None:
    insert(made, 1, 2, 3)
    faults.fail_push_queries("disk is full", after_rows=after, times=1)
    rows = made.execute("SELECT * FROM s EMIT CHANGES;")
    seen = []
    with pytest.raises(QueryError, match="disk is full"):
        seen.extend(rows)
    assert seen == [(1, 1), (2, 2)][:after]
    assert [*made.execute("SELECT * FROM s EMIT CHANGES LIMIT 3;")] == [(1, 1), (2, 2), (3, 3)]


def test_a_limit_that_comes_first(made: Connection, faults: Any) -> None:
    insert(made, 1, 2, 3)
    with faults.fail_push_queries("disk is full", after_rows=2):
        assert [*made.execute("SELECT * FROM s EMIT CHANGES LIMIT 2;")] == [(1, 1), (2, 2)]


def test_statements_that_are_refused(made: Connection, faults: Any) -> None:
    with faults.refuse("insert into S", "Authorization denied to Write on topic(s): [s]", 40301, times=2):
        for _ in range(2):
            with pytest.raises(KsqlError) as caught:
                made.execute("INSERT INTO s VALUES (1, 1);")
            assert (caught.value.message, caught.value.error_code) == ("Authorization denied to Write on topic(s): [s]", 40301)
        assert made.execute("SELECT * FROM t;").fetchall() == []
        made.execute("INSERT INTO s VALUES (1, 1);")
        made.execute("INSERT INTO s VALUES (1, 2);")
    assert made.execute("SELECT * FROM t;").fetchall() == [(1, 2)]


def test_queries_that_are_refused(made: Connection, faults: Any) -> None:
    faults.refuse("", "Rate limit exceeded", 42900)
    for text in ("SELECT * FROM t;", "LIST STREAMS;"):
        with pytest.raises(KsqlError) as caught:
            made.execute(text)
        assert (caught.value.message, caught.value.error_code) == ("Rate limit exceeded", 42900)
    faults.clear()
    assert made.execute("SELECT * FROM t;").fetchall() == []


def test_the_next_record_cannot_be_read(made: Connection, faults: Any) -> None:
    insert(made, 1)
    fault = faults.corrupt("s")
    insert(made, 2, 3)
    insert(made, 4)
    ids = [row[0] for row in made.execute("SELECT id FROM t;").fetchall()]
    assert ids == [1, 3, 4]
    fault.remove()
    assert [*made.execute("SELECT id FROM s EMIT CHANGES LIMIT 4;")] == [(1,), (2,), (3,), (4,)]


def test_a_record_at_an_offset_cannot_be_read(made: Connection, faults: Any) -> None:
    insert(made, 1, 2, 3)
    faults.corrupt("s", offset=1, data=b"{")
    assert [*made.execute("SELECT id FROM s EMIT CHANGES LIMIT 2;")] == [(1,), (3,)]


def test_a_record_that_was_never_written_is_not_spoilt_afterwards(made: Connection, faults: Any) -> None:
    with faults.corrupt("s", offset=5):
        insert(made, 1)
    insert(made, 2, 3, 4, 5, 6)
    assert len(made.execute("SELECT id FROM t;").fetchall()) == 6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"topic": "nowhere"}, "topic 'nowhere' does not exist; there are s, T"),
        ({"topic": "s", "side": "both"}, "side='both': it can only be 'key' or 'value'"),
        ({"topic": "s", "data": b"{}"}, "can be read as S has it, in JSON: give other data"),
        ({"topic": "s", "side": "key", "data": b"1234"}, "can be read as S has it, in KAFKA"),
    ],
)
def test_records_that_cannot_be_spoilt(faults: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InterfaceError) as caught:
        faults.corrupt(**arguments)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("fail_push_queries", {"message": "x", "after_rows": -1}),
        ("fail_push_queries", {"message": "x", "times": 0}),
        ("refuse", {"text": "x", "message": "x", "error_code": 503}),
        ("reject", {"error_code": "50302"}),
        ("delay", {"seconds": -1}),
        ("delay", {"seconds": "1"}),
        ("drop_connection", {"after_rows": 1.5}),
        ("drop_connection", {"times": True}),
    ],
)
def test_arguments_that_are_wrong(faults: Any, name: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(InterfaceError):
        getattr(faults, name)(**arguments)
    assert list(faults) == []


def test_faults_are_listed(faults: Any) -> None:
    fault = faults.corrupt("s", data=b"{")
    with faults.delay(0.01, path="/nowhere") as other:
        assert [(each.number, each.name) for each in faults] == [(fault.number, "corrupt"), (other.number, "delay")]
        assert next(iter(faults)).arguments["data"] == b"{"
        assert "corrupt(topic='s'" in repr(fault)
    assert len(faults) == 1
    fault.remove()
    fault.remove()
    assert len(faults) == 0


def test_nothing_is_left_of_faults(made: Connection) -> None:
    engine = minisql.connect().engine
    handlers = engine.handlers
    with engine.faults.refuse("x", "no"), engine.faults.fail_push_queries("no"):
        assert engine.handlers is not handlers
    assert engine.handlers is handlers
    assert engine.faults.of_requests == []


# -- what only a server can do wrong ------------------------------------------------------------------------


@pytest.fixture
def served() -> Iterator[Connection]:
    for library in ("h11", "h2", "wsproto", "httpx"):
        pytest.importorskip(library)
    with minisql.server() as url, minisql.connect(url, properties=EARLIEST) as conn:
        conn.execute(CREATE)
        insert(conn, 1, 2, 3)
        yield conn


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_connection_is_dropped_in_a_push_query(served: Connection, after: int) -> None:
    served.engine.faults.drop_connection(after, times=1)
    seen = []
    with pytest.raises(OperationalError):
        seen.extend(served.execute("SELECT id FROM s EMIT CHANGES;"))
    assert seen == [(1,), (2,), (3,)][:after]
    assert len([*served.execute("SELECT id FROM s EMIT CHANGES LIMIT 3;")]) == 3


def test_a_connection_is_dropped_in_a_pull_query(served: Connection) -> None:
    with served.engine.faults.drop_connection(2), pytest.raises(OperationalError):
        served.execute("SELECT id FROM t;")
    assert served.execute("SELECT id FROM t;").fetchall() == [(1,), (2,), (3,)]


def test_answers_with_fewer_rows_are_complete(served: Connection) -> None:
    with served.engine.faults.drop_connection(4):
        assert served.execute("SELECT id FROM t;").fetchall() == [(1,), (2,), (3,)]
        assert len([*served.execute("SELECT id FROM s EMIT CHANGES LIMIT 3;")]) == 3


def test_a_server_that_still_starts(served: Connection) -> None:
    with served.engine.faults.reject(times=2):
        for text in ("LIST STREAMS;", "SELECT * FROM t;"):
            with pytest.raises(KsqlError) as caught:
                served.execute(text)
            assert (caught.value.message, caught.value.error_code) == ("KSQL is not yet ready to serve requests.", 50302)
        assert len(served.ksql("LIST STREAMS;")) == 1


def test_some_paths_are_rejected(served: Connection) -> None:
    with served.engine.faults.reject(40300, "No", path="/query"):
        assert len(served.ksql("LIST STREAMS;")) == 1
        with pytest.raises(KsqlError, match="No"):
            served.execute("SELECT * FROM t;")


def test_answers_that_take_their_time(served: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    slept = []

    async def sleep(exchange: object, seconds: float) -> None:
        slept.append(seconds)

    from minisql.server.wire.http2 import Http2Exchange

    monkeypatch.setattr(Http2Exchange, "sleep", sleep)
    with served.engine.faults.delay(0.2, path="/ksql", times=1):
        served.execute("SELECT * FROM t;")
        assert slept == []
        served.ksql("LIST STREAMS;")
        served.ksql("LIST STREAMS;")
    assert slept == [0.2]


def test_a_real_server_has_no_faults() -> None:
    pytest.importorskip("httpx")
    pytest.importorskip("h11")
    with minisql.server(strict=True) as url, minisql.connect(url) as conn, pytest.raises(InterfaceError, match="strict one"):
        conn.engine.faults.delay(1)
