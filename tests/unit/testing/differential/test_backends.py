"""Servers as backends: minisql's own with its routes for tests, and as any other ksqlDB without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import minisql
from minisql.errors import OperationalError
from minisql.testing.differential import (
    Advance,
    InProcess,
    KsqlDB,
    Produce,
    Query,
    Scenario,
    Served,
    assert_same,
    backend_at,
    parse_scenarios,
)

for library in ("h11", "h2", "httpx", "wsproto"):
    pytest.importorskip(library)

SCRIPT = """
CREATE TYPE POINT AS STRUCT<x INT>;
CREATE STREAM s (id INT KEY, v STRING, p POINT) WITH (kafka_topic='s', format='JSON', partitions=2);
CREATE TABLE t AS SELECT v, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY v;
CREATE STREAM c AS SELECT id, UCASE(v) AS v FROM s;
CREATE STREAM c AS SELECT id FROM s;
SELECT v, id FROM c EMIT CHANGES;
INSERT INTO s (id, v, rowtime) VALUES (1, 'a', 5);
INSERT INTO s (id, v, p) VALUES (2, 'b', STRUCT(x := 1));
INSERT INTO s (id, v, rowtime) VALUES (1, 'a', 6);
INSERT INTO s (id, v, rowtime) VALUES ('x', 'a', 6);
INSERT INTO c SELECT id, v FROM s;
SELECT * FROM t WHERE v = 'a';
SELECT id, v FROM s EMIT CHANGES LIMIT 2;
SELECT nothing FROM s;
SELEC * FROM s;
LIST QUERIES;
LIST STREAMS;
LIST TYPES;
DESCRIBE t;
DROP STREAM s;
TERMINATE INSERTQUERY_2;
"""
[SCENARIO] = parse_scenarios(SCRIPT)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with minisql.server() as url:
        backend = backend_at(url)
        assert isinstance(backend, Served)
        yield backend
        backend.close()


@pytest.fixture(scope="module")
def foreign() -> Iterator[str]:
    with minisql.server(strict=True) as url:
        yield url


def test_own_server(served: Served) -> None:
    assert_same(SCENARIO, InProcess(), served)
    assert_same(SCENARIO.with_(properties={}), InProcess(), served)


def test_records_and_time(served: Served) -> None:
    steps = SCENARIO.steps[:5]
    more = (
        Produce("s", 1, {"V": "a"}, None, (("h", b"\0"), ("h", None)), 1),
        Advance(5),
        Produce("s", b"{", b"{"),
        Produce("s", 1, 5),
    )
    assert_same(SCENARIO.with_(steps=(*steps, *more, Produce("n/o", 1, 2), Query("SELECT * FROM s;"))), InProcess(), served)


def test_a_server_that_others_use(foreign: str) -> None:
    """What others have is neither seen nor touched, and nothing is left behind."""
    with minisql.connect(foreign) as conn:
        conn.execute("CREATE STREAM s (other INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);")
        conn.execute("CREATE STREAM c AS SELECT * FROM s; CREATE TYPE POINT AS INT;")
        before = left(conn)
        backend = KsqlDB(foreign, "strict", quiet=0.1)
        for _ in range(2):
            assert_same(SCENARIO, InProcess(), backend)
        assert left(conn) == before


def left(conn: minisql.Connection) -> list[object]:
    kinds = ("STREAMS", "TABLES", "TOPICS", "QUERIES", "TYPES")
    return [conn.execute(f"LIST {kind};").fetchall() for kind in kinds]


def test_what_a_ksqldb_cannot_do(foreign: str) -> None:
    backend = backend_at(foreign)
    assert isinstance(backend, KsqlDB)
    assert backend.name == "ksqlDB 8.5.0"
    for step in (Produce("s", 1, 2), Advance(1)):
        with pytest.raises(minisql.InterfaceError, match="in place of"):
            backend.run(Scenario((step,)), "queries")
    with pytest.raises(minisql.InterfaceError, match="topics"):
        backend.run(Scenario(()), "topics")


def test_no_server() -> None:
    with pytest.raises(OperationalError):
        backend_at("http://127.0.0.1:1")
