"""A sandbox: what is tried on it answers as on its engine, and changes nothing there."""

from __future__ import annotations

from typing import Any

import pytest

import minisql
from minisql.engine import Engine, Session
from minisql.errors import KsqlError, UnsupportedError
from minisql.planner.steps import StreamFilter
from minisql.query_result import QueryResult
from minisql.runtime.build import BUILDERS

S = "CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=2, retention_ms=5);"
TRIED = """
SET 'auto.offset.reset' = 'earliest';
DEFINE x = 'y';
CREATE TYPE point AS STRUCT<a INT, b INT>;
CREATE STREAM s2 (k INT KEY, v STRING) WITH (kafka_topic='s2', value_format='json', partitions=1);
CREATE STREAM d AS SELECT * FROM s WHERE v = '${x}';
CREATE TABLE t AS SELECT v, COUNT(*) AS n FROM d GROUP BY v;
CREATE OR REPLACE TABLE old AS SELECT v, COUNT(*) AS n FROM s WHERE v <> '' GROUP BY v;
INSERT INTO d SELECT * FROM s2;
INSERT INTO s VALUES (1, 'a');
ALTER STREAM s ADD COLUMN more INT;
PAUSE ALL;
TERMINATE csas_kept_1;
DROP STREAM kept DELETE TOPIC;
CREATE SOURCE TABLE st (k INT PRIMARY KEY, v STRING) WITH (kafka_topic='s', value_format='json');
DESCRIBE old EXTENDED;
EXPLAIN ctas_old_0;
"""


@pytest.fixture
def engine() -> Engine:
    engine = Engine(minisql.ManualClock(0))
    script = S + "CREATE TABLE old AS SELECT v, COUNT(*) AS n FROM s GROUP BY v; CREATE STREAM kept AS SELECT * FROM s;"
    engine.execute(script + "INSERT INTO s VALUES (1, 'a'); SELECT * FROM s EMIT CHANGES;", Session())
    return engine


def state(engine: Engine) -> dict[str, Any]:
    """All of an engine that statements change."""
    store = engine.metastore
    topics = {name: (each.partitions, each.retention_ms, each.end) for name, each in engine.broker.topics.items()}
    return {
        "sources": dict(store.sources),
        "types": dict(store.types),
        "references": dict(store.references),
        "topics": topics,
        "queries": {name: (each.state, each.plan) for name, each in engine.queries.items()},
        "push": {name: each.state for name, each in engine.push_queries.items()},
        "numbers": [each.upcoming for each in (engine.command_number, engine.query_number, engine.transient_number)],
        "subjects": store.schema_registry.subjects(),
        "log": list(engine.processing_log),
    }


def test_statements_answer_as_on_the_engine_and_change_nothing_there(engine: Engine) -> None:
    before, session = state(engine), Session()
    tried = engine.sandbox().execute(TRIED, session.copy())
    assert state(engine) == before
    assert (session.properties, session.variables) == ({}, {})
    done = engine.execute(TRIED, session)
    # DESCRIBE EXTENDED and EXPLAIN tell of running queries.
    assert tried[:-2] == done[:-2]


def test_what_is_tried_stays_in_the_sandbox(engine: Engine) -> None:
    sandbox, session = engine.sandbox(), Session()
    sandbox.execute(TRIED, session)
    after = state(sandbox)
    assert list(after["sources"]) == ["S", "OLD", "S2", "D", "T", "ST"]
    assert after["topics"]["s"] == (2, 5, 0)
    assert list(after["queries"]) == ["CTAS_OLD_0", "CSAS_D_2", "CTAS_T_3", "INSERTQUERY_4", "CST_ST_5"]
    engine.execute("CREATE STREAM later AS SELECT * FROM s;", Session())
    assert "LATER" not in sandbox.metastore.sources


def test_a_sandbox_of_a_sandbox(engine: Engine) -> None:
    sandbox = engine.sandbox()
    before = state(sandbox)
    sandbox.sandbox().execute(TRIED, Session())
    assert state(sandbox) == before


def test_no_code_is_compiled_and_nothing_runs(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = engine.sandbox()
    monkeypatch.setattr("minisql.source.compile", None, raising=False)
    pull, push = sandbox.execute("SELECT * FROM old; SELECT * FROM s EMIT CHANGES;", Session())
    assert isinstance(pull, QueryResult)
    assert isinstance(push, QueryResult)
    assert list(pull.rows) == []
    sandbox.execute("INSERT INTO s VALUES (1, 'a');", Session())
    assert push.push is not None
    assert not push.push.ready


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SELECT nothing FROM s EMIT CHANGES;", "SELECT column 'NOTHING' cannot be resolved."),
        ("INSERT INTO s VALUES ('a', 'b');", "Failed to insert values into 'S'. Expected type INTEGER"),
        ("DROP STREAM s;", "Cannot drop S."),
        ("CREATE STREAM old AS SELECT * FROM s;", "Cannot add stream 'OLD'"),
    ],
)
def test_refusals(engine: Engine, statement: str, message: str) -> None:
    for each in (engine.sandbox(), engine):
        with pytest.raises(KsqlError) as caught:
            each.execute(statement, Session())
        assert message in caught.value.message


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE STREAM x AS SELECT * FROM s WHERE k > 1;",
        "CREATE OR REPLACE TABLE old AS SELECT v, COUNT(*) AS n FROM s WHERE v <> '' GROUP BY v;",
        "INSERT INTO kept SELECT * FROM s WHERE k > 1;",
        "SELECT * FROM s WHERE k > 1 EMIT CHANGES;",
        "SELECT * FROM old WHERE n > 1;",
    ],
)
def test_what_is_found_when_code_is_written(engine: Engine, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    monkeypatch.delitem(BUILDERS, StreamFilter)
    before = state(engine)
    for each in (engine.sandbox(), engine):
        with pytest.raises(UnsupportedError, match="StreamFilter"):
            each.execute(statement, Session())
    # The number of a push or pull query is gone.
    assert {**state(engine), "numbers": None} == {**before, "numbers": None}


def test_schemas_are_registered_in_the_sandbox_alone() -> None:
    pytest.importorskip("fastavro")
    conn = minisql.connect()
    conn.schema_registry.register("a-value", {"type": "record", "name": "A", "fields": [{"name": "V", "type": "int"}]}, "AVRO")
    sandbox = conn.engine.sandbox()
    script = """
        CREATE STREAM a WITH (kafka_topic='a', value_format='avro', partitions=1);
        CREATE STREAM b AS SELECT v + 1 AS w FROM a;
        CREATE STREAM c WITH (kafka_topic='c', value_format='avro', value_schema_id=2, partitions=1);
        ASSERT SCHEMA SUBJECT 'B-value' ID 2;
        INSERT INTO b VALUES (1);
    """
    sandbox.execute(script, Session())
    assert sandbox.metastore.schema_registry.subjects() == ["B-value", "a-value", "c-value"]
    assert conn.schema_registry.subjects() == ["a-value"]
    conn.execute(script)
    assert conn.schema_registry.subjects() == ["B-value", "a-value", "c-value"]


def test_a_schema_that_does_not_follow_is_found_in_the_sandbox() -> None:
    pytest.importorskip("fastavro")
    conn = minisql.connect()
    conn.schema_registry.register("B-value", {"type": "record", "name": "B", "fields": [{"name": "X", "type": "int"}]}, "AVRO")
    conn.schema_registry.set_compatibility("FULL")
    conn.execute("CREATE STREAM a (v STRING) WITH (kafka_topic='a', value_format='json', partitions=1);")
    before = state(conn.engine)
    for engine in (conn.engine.sandbox(), conn.engine):
        with pytest.raises(KsqlError, match="incompatible with an earlier schema"):
            engine.execute("CREATE STREAM b WITH (value_format='avro') AS SELECT v AS x FROM a;", Session())
    assert state(conn.engine) == before


def test_nothing_that_changes_is_shared(engine: Engine) -> None:
    original, copy = vars(engine), vars(engine.sandbox())
    shared = {name for name, value in original.items() if copy[name] is value and not isinstance(value, (int, type(None)))}
    assert shared == {"clock", "functions", "handlers"}
