"""A script on a server that others use: nothing of theirs is touched, and nothing of its own is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

import minisql
from minisql.dialect import StatementText
from minisql.engine import Entity, Session
from minisql.errors import InterfaceError, KsqlError, ParseError, QueryError, StatementError
from minisql.remote.errors import ServerError
from minisql.testing.tenant import engine as module
from minisql.testing.tenant.engine import Tenant
from minisql.testing.tenant.naming import Naming
from minisql.testing.tenant.patience import Patience, Still
from minisql.testing.tenant.progress import Progress

for library in ("h11", "h2", "httpx", "wsproto"):
    pytest.importorskip(library)

THEIRS = """
CREATE TYPE pair AS STRUCT<a INT>;
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;
CREATE STREAM copy AS SELECT * FROM s;
INSERT INTO copy SELECT * FROM s;
INSERT INTO s VALUES (1, 2);
"""
OURS = """
CREATE TYPE pair AS STRUCT<a STRING>;
CREATE STREAM s (k INT KEY, v INT, p pair) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE STREAM again (k INT KEY, v INT) WITH (kafka_topic='s', format='JSON');
CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;
CREATE STREAM copy AS SELECT k, v FROM s;
INSERT INTO copy SELECT k, v FROM again;
CREATE TABLE u AS SELECT * FROM t WHERE n > 0;
CREATE SOURCE TABLE r (k INT PRIMARY KEY, n BIGINT) WITH (kafka_topic='U', format='JSON');
INSERT INTO s (k, v) VALUES (1, 2);
SELECT * FROM copy EMIT CHANGES;
"""
EARLIEST = {"auto.offset.reset": "earliest"}


@pytest.fixture
def theirs() -> Iterator[minisql.Connection]:
    """A connection of somebody else, whose things have to be afterwards as they were before."""
    with minisql.connect(properties=EARLIEST) as conn:
        conn.execute(THEIRS)
        before = left(conn)
        yield conn
        assert left(conn) == before


def left(conn: minisql.Connection) -> list[Any]:
    kinds = "STREAMS EXTENDED", "TABLES EXTENDED", "QUERIES", "TOPICS", "TYPES"
    found = [conn.ksql(f"LIST {kind};")[0] for kind in kinds]
    return [found, [query.state for query in conn.engine.queries.values()]]


@pytest.fixture
def tenant(theirs: minisql.Connection) -> Iterator[Tenant]:
    with minisql.server(theirs, strict=True) as url:
        tenant = Tenant(url, Patience(5.0, 0.1))
        yield tenant
        assert tenant.leave() == []


def session() -> Session:
    return Session(properties=dict(EARLIEST))


def test_all_that_was_made_goes(tenant: Tenant) -> None:
    results = tenant.execute(OURS, session())
    rows: Any = results[-1]
    assert [row for _, row, _, _ in rows.push.take()] == [(1, 2), (1, 2)]
    assert len(tenant.progress.running()) == 5


@pytest.mark.parametrize("end", [KsqlError, ZeroDivisionError, KeyboardInterrupt])
def test_also_after_failures(tenant: Tenant, monkeypatch: pytest.MonkeyPatch, end: type[BaseException]) -> None:
    """Whoever has a tenant lets it leave, whatever happens; here the fixture does."""
    tenant.execute(OURS, session())
    monkeypatch.setattr(module, "parse", lambda *_, **__: (_ for _ in ()).throw(end))
    with pytest.raises(BaseException):  # noqa: B017
        tenant.execute("CREATE STREAM x AS SELECT * FROM s;", session())


@pytest.mark.parametrize(
    "statement",
    [
        "TERMINATE CTAS_T_0;",
        "PAUSE CTAS_T_0;",
        "TERMINATE ALL;",
        "PAUSE ALL;",
        "RESUME ALL;",
        "DROP STREAM s DELETE TOPIC;",
        "DROP STREAM IF EXISTS copy;",
        "DROP TABLE t DELETE TOPIC;",
        "DROP TYPE pair;",
        "ALTER STREAM s ADD x INT;",
        "INSERT INTO s VALUES (9, 9);",
        "INSERT INTO copy SELECT * FROM s;",
        "CREATE OR REPLACE STREAM copy AS SELECT k FROM s;",
        "CREATE STREAM x WITH (kafka_topic='COPY') AS SELECT * FROM s;",
        "ALTER SYSTEM 'ksql.query.pull.table.scan.enabled' = 'false';",
        "CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');",
        "DROP CONNECTOR c;",
    ],
)
def test_statements_reach_nothing_of_others(tenant: Tenant, statement: str) -> None:
    with suppress(KsqlError, InterfaceError):
        tenant.execute(statement, session())


@pytest.mark.parametrize("statement", ["DROP STREAM s DELETE TOPIC;", "TERMINATE CTAS_T_0;", "SELECT * FROM s;"])
def test_what_cannot_be_read_here_is_not_run_there(tenant: Tenant, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    def parse(*_: Any, **__: Any) -> Any:
        raise KsqlError("no idea")

    monkeypatch.setattr(module, "parse", parse)
    with pytest.raises(InterfaceError, match="cannot be replaced"):
        tenant.execute(statement, session())


def test_a_server_says_what_is_wrong_with_a_statement(tenant: Tenant) -> None:
    for text, place in (("SELECT k\n FRM s;", "line 2:6"), ("DROP STREAM s s;", "line 1:15")):
        with pytest.raises(ParseError, match=place) as error:
            tenant.execute(text, session())
        assert tenant.naming.suffix not in str(error.value)


def test_lists_show_nothing_of_others(tenant: Tenant) -> None:
    tenant.execute("CREATE STREAM mine (v INT) WITH (kafka_topic='m', format='JSON', partitions=1);", session())
    tenant.execute("CREATE TYPE own AS INT;", session())
    text = "SHOW STREAMS; SHOW TABLES; SHOW TOPICS; SHOW TYPES; SHOW QUERIES; LIST STREAMS EXTENDED; DESCRIBE TABLES;"
    streams, tables, topics, types, queries, described, none = tenant.ksql(text, session())
    assert [each["name"] for each in streams["streams"]] == ["MINE"]
    assert (tables["tables"], queries["queries"], none["sourceDescriptions"]) == ([], [], [])
    assert [each["name"] for each in topics["topics"]] == ["m"]
    assert list(types["types"]) == ["OWN"]
    assert [each["name"] for each in described["sourceDescriptions"]] == ["MINE"]


# -- a server that is busy --------------------------------------------------------------------------


Answer = Callable[..., list[dict[str, Any]]]


def refusing(tenant: Tenant, monkeypatch: pytest.MonkeyPatch, word: str, *refusals: str) -> None:
    """Let the server refuse statements with the word in them, so often."""
    answer: Answer = tenant.client.ksql
    to_come = list(refusals)

    def ksql(text: str, *arguments: Any) -> list[dict[str, Any]]:
        if word in text and to_come:
            raise StatementError(to_come.pop(0), 50000, text)
        return answer(text, *arguments)

    monkeypatch.setattr(tenant.client, "ksql", ksql)


BUSY = [
    "There is a newer producer with the same transactionalId which fences the current one.",
    "Cannot execute transactional method because we are in an error state\nCaused by: x",
    "Could not write the statement 'DROP STREAM S;' into the command topic.",
]


def test_a_statement_that_was_not_written_is_sent_again(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(tenant, monkeypatch, "CREATE STREAM", *BUSY)
    refusing(tenant, monkeypatch, "DESCRIBE", "Could not find STREAM/TABLE 'X_KT00000000' in the Metastore")
    script = "CREATE STREAM s (v INT) WITH (kafka_topic='s', format='JSON', partitions=1); DESCRIBE s;"
    assert len(tenant.execute(script, session())) == 2


def test_a_source_of_its_own_that_is_missing_is_told_at_once(tenant: Tenant) -> None:
    with pytest.raises(StatementError, match="Could not find STREAM/TABLE 'NOWHERE' in the Metastore"):
        tenant.execute("DESCRIBE nowhere;", session())


def test_a_server_that_stays_busy(theirs: minisql.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    with minisql.server(theirs, strict=True) as url:
        tenant = Tenant(url, Patience(0.1, 0.0))
        tenant.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', format='JSON', partitions=1);", session())
        with monkeypatch.context() as patched:
            refusing(tenant, patched, "CREATE TYPE", *(BUSY[:1] * 99))
            with pytest.raises(ServerError, match=r"not within 0.1 s: There is a newer producer"):
                tenant.execute("CREATE TYPE x AS INT;", session())
            refusing(tenant, patched, "DROP STREAM", *(BUSY[2:] * 999))
            reasons = [each for each in tenant.leave() if "DROP STREAM S" in each]
            assert "not within 0.1 s" in reasons[0]
            assert tenant.naming.suffix not in reasons[0]
        again = Tenant(url, Patience(5.0, 0.0))
        again.naming = tenant.naming
        again.progress = Progress(again.ask, tenant.naming)
        assert again.leave() == []


def test_a_command_is_waited_for(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    answer: Answer = tenant.client.ksql
    states = iter(["EXECUTING", "SUCCESS"])

    def ksql(text: str, *arguments: Any) -> list[dict[str, Any]]:
        entities = answer(text, *arguments)
        for each in entities:
            if "commandStatus" in each and "CREATE STREAM" in text:
                each["commandStatus"] = {"status": "QUEUED", "message": "", "queryId": None}
        return entities

    def call(method: str, path: str, body: Any = None) -> Any:
        assert path.startswith("/status/stream/")
        return {"status": next(states), "message": "Stream created", "queryId": None, "more": 1}

    monkeypatch.setattr(tenant.client, "ksql", ksql)
    monkeypatch.setattr(tenant.client, "call", call)
    (made,) = tenant.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', format='JSON', partitions=1);", session())
    assert isinstance(made, Entity)
    assert made.body["commandStatus"] == {"status": "SUCCESS", "message": "Stream created", "queryId": None}


# -- how far queries are ----------------------------------------------------------------------------


class Told:
    """A server that says of queries what a test wants; ``places``: topic -> (place, end) by query."""

    def __init__(self, **topologies: tuple[list[str], str]) -> None:
        self.topologies = topologies
        self.places: dict[str, dict[str, tuple[int, int]]] = {each: {} for each in topologies}
        self.written: dict[str, int] = {}
        self.state = "RUNNING"

    def __call__(self, text: str) -> dict[str, Any]:
        words = text.rstrip(";").split()
        if words[0] == "EXPLAIN":
            return {"queryDescription": self._query(words[1].strip("`"))}
        if text == "SHOW QUERIES EXTENDED;":
            return {"queryDescriptions": [self._query(each) for each in self.topologies]}
        if text == "SHOW QUERIES;":
            return {"queries": [self._running(each) for each in self.topologies]}
        topic = words[1].strip("`")
        writers = [each for each, (_, sink) in self.topologies.items() if sink == topic]
        return {
            "sourceDescription": {
                "topic": topic,
                "writeQueries": [{"id": each} for each in writers],
                "queryOffsetSummaries": [
                    {"groupId": f"x_query_{each}", "topicSummaries": self._topics(each)} for each in writers
                ],
                "clusterStatistics": [{"name": "total-messages", "value": float(self.written.get(topic, 0))}],
            }
        }

    def _running(self, query: str) -> dict[str, Any]:
        sinks = [self.topologies[query][1]] if self.topologies[query][1] else []
        return {
            "id": query,
            "queryType": "PERSISTENT",
            "statusCount": {self.state: 1},
            "queryString": "_KT",
            "sinks": sinks,
            "sinkKafkaTopics": sinks,
        }

    def _query(self, query: str) -> dict[str, Any]:
        sources = "\n".join(f"Source: KSTREAM-SOURCE-1 (topics: [{each}])" for each in self.topologies[query][0])
        tasks = [
            {"topicPartitionEntity": {"topic": topic}, "endOffset": end - 1, "committedOffset": place or -1}
            for topic, (place, end) in self.places[query].items()
        ]
        return {"id": query, "topology": f"Topologies:\n{sources}\n", "tasksMetadata": [{"topicOffsets": tasks}]}

    def _topics(self, query: str) -> list[dict[str, Any]]:
        return [
            {"kafkaTopic": topic, "offsets": [{"consumerOffset": place, "logEndOffset": end}]}
            for topic, (place, end) in self.places[query].items()
            if place
        ]


def progress(told: Told) -> Progress:
    naming = Naming()
    naming.suffix = "_KT"
    found = Progress(told, naming)
    for each in told.topologies:
        found.started(each, True)
    return found


def test_queries_at_the_end_of_their_topics() -> None:
    told = Told(q=(["s_KT"], "T_KT"))
    seen = progress(told)
    assert seen.look().unread == []  # nothing was inserted
    seen.inserted["s_KT"] = 2
    assert seen.look().unread == ["q has nothing of s_KT"]
    told.places["q"]["s_KT"] = (1, 2)
    assert seen.look().unread == ["q has 1 of 2 records of s_KT"]
    before = seen.look().places
    told.places["q"]["s_KT"] = (2, 2)
    assert seen.look().unread == []
    assert before != seen.look().places == seen.look().places


def test_what_a_query_has_written_the_next_one_has_to_read() -> None:
    told = Told(q=(["s_KT"], "T_KT"), r=(["T_KT"], "U_KT"))
    told.places["q"]["s_KT"] = (1, 1)
    seen = progress(told)
    assert seen.look().unread == []
    told.written["T_KT"] = 1
    assert seen.look().unread == ["r has nothing of T_KT"]
    told.written["T_KT"] = 0  # a query that was started anew counts from 0
    assert seen.look().unread == ["r has nothing of T_KT"]
    told.places["r"]["T_KT"] = (1, 1)
    assert seen.look().unread == []


def test_between_the_parts_of_a_query_something_may_lie() -> None:
    told = Told(q=(["s_KT", "Aggregate-GroupBy-repartition"], "T_KT"))
    seen = progress(told)
    assert seen.look().untold == []
    told.places["q"]["s_KT"] = (1, 1)
    assert seen.look().untold == ["Aggregate-GroupBy-repartition"]
    told.places["q"]["x_query_q-Aggregate-GroupBy-repartition"] = (1, 1)
    assert seen.look().untold == []


def test_a_query_that_does_not_read_from_the_start() -> None:
    told = Told(q=(["s_KT"], "T_KT"))
    seen = Progress(told, progress(told)._naming)
    seen.inserted["s_KT"] = 2
    assert (seen.look().unread, seen.look().untold) == ([], ["s_KT"])


def test_queries_that_do_not_run() -> None:
    told = Told(q=(["s_KT"], "T_KT"))
    told.places["q"]["s_KT"] = (1, 2)
    seen = progress(told)
    for told.state in ("PAUSED", "ERROR"):
        assert seen.look().unread == []
    assert seen.dead == ["q"]


@pytest.mark.parametrize("sink", [True, False])
def test_queries_without_a_sink_tell_by_their_tasks(sink: bool) -> None:
    told = Told(q=(["s_KT", "Join-repartition"], ""))
    seen = progress(told)

    def look() -> Any:
        return seen.look() if sink else seen.of_query("q")

    seen.inserted["s_KT"] = 2
    assert look().unread == ["q has 0 of 2 records of s_KT"]
    told.places["q"]["s_KT"] = (1, 2)
    assert look().unread == ["q has 1 of 2 records of s_KT", "q has 1 of 2 records of s_KT"]
    told.places["q"]["s_KT"] = (2, 2)
    assert (look().unread, look().untold) == ([], ["Join-repartition"])
    told.places["q"]["x-Join-repartition"] = (0, 1)
    assert look().unread == ["q has -1 of 1 records of x-Join-repartition"]
    assert seen.of_query("none") is None


@pytest.mark.parametrize(
    ("in_order", "topologies"),
    [
        (True, {}),
        (True, {"q": (["s_KT"], "A_KT"), "r": (["A_KT"], "B_KT"), "t": (["s_KT", "Aggregate-repartition"], "C_KT")}),
        (True, {"q": (["s_KT", "t_KT"], "A_KT")}),
        (False, {"q": (["s_KT"], "A_KT"), "r": (["s_KT"], "A_KT")}),
        (False, {"q": (["s_KT"], "A_KT"), "r": (["A_KT", "s_KT"], "B_KT")}),
        (False, {"r": (["A_KT", "B_KT"], "C_KT"), "q": (["s_KT"], "A_KT"), "t": (["s_KT"], "B_KT")}),
        (False, {"q": (["s_KT", "KTABLE-FK-JOIN-SUBSCRIPTION-REGISTRATION-06-topic"], "A_KT")}),
        (True, {"q": (["x_KT", "KTABLE-FK-JOIN-SUBSCRIPTION-REGISTRATION-06-topic"], "A_KT")}),
    ],
)
def test_rows_that_may_follow_each_other_at_once(in_order: bool, topologies: dict[str, Any]) -> None:
    seen = progress(Told(**topologies))
    seen.look()
    assert seen.in_order("s_KT") is in_order


def test_patience() -> None:
    with pytest.raises(ServerError, match="not within 0 s: waiting"):
        Patience(0, 0).until(lambda: False, lambda: "waiting")
    still = Still()
    assert (still.seconds(1), still.same) == (0, False) or still.same is False
    still.seconds(1)
    assert still.same


def test_a_dead_query_is_told_of(theirs: minisql.Connection) -> None:
    from minisql.testing.live.engine import LiveEngine

    with minisql.server(theirs) as url:
        live = LiveEngine(url, Patience(5.0, 0.1))
        try:
            live.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', format='JSON', partitions=1);", session())
            live.execute("CREATE STREAM c AS SELECT * FROM s;", session())
            theirs.engine.queries[list(theirs.engine.queries)[-1]].state = "ERROR"
            with pytest.raises(QueryError, match="CSAS_C_0 has died"):
                live.execute("SELECT * FROM c EMIT CHANGES;", session())
        finally:
            assert live.leave() == []


def test_the_words_of_a_statement(tenant: Tenant) -> None:
    tenant.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', format='JSON', partitions=1);", session())
    result: Any = tenant.run(StatementText("SELECT v FROM s EMIT CHANGES;", 1, 0, 1), session())
    assert result.statement == "SELECT v FROM s EMIT CHANGES;"
