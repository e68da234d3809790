"""A request to /ksql takes effect as a whole, or is refused before anything of it has happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import minisql
from minisql.connection import Connection
from minisql.dialect import nodes
from minisql.engine import Engine
from minisql.errors import KsqlError
from minisql.rest.validation import VALIDATORS
from minisql.statements.handlers import HANDLERS

S = "CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);"
BAD = "CREATE STREAM bad AS SELECT nothing FROM s;"


@pytest.fixture
def conn() -> Connection:
    conn = minisql.connect(clock=minisql.ManualClock(0))
    conn.execute(S + "CREATE STREAM d AS SELECT * FROM s; INSERT INTO s VALUES (1, 'a');")
    return conn


@pytest.fixture
def refused(conn: Connection) -> Callable[[str], KsqlError]:
    """Sends a request that is refused, with nothing of it done; gives the error."""

    def send(text: str) -> KsqlError:
        before = _state(conn.engine)
        with pytest.raises(KsqlError) as caught:
            conn.ksql(text)
        assert _state(conn.engine) == before
        return caught.value

    return send


def _state(engine: Engine) -> tuple[object, ...]:
    topics = {name: topic.end for name, topic in engine.broker.topics.items()}
    queries = {name: query.state for name, query in engine.queries.items()}
    return dict(engine.metastore.sources), dict(engine.metastore.types), topics, queries, engine.command_number.upcoming


@pytest.mark.parametrize(
    "first",
    [
        "CREATE STREAM x (v INT) WITH (kafka_topic='x', value_format='json', partitions=1);",
        "CREATE STREAM x AS SELECT * FROM s;",
        "CREATE SOURCE TABLE x (k INT PRIMARY KEY, v STRING) WITH (kafka_topic='s', value_format='json');",
        "CREATE TYPE x AS INT;",
        "INSERT INTO s VALUES (2, 'b');",
        "INSERT INTO d SELECT * FROM s;",
        "ALTER STREAM s ADD COLUMN w INT;",
        "PAUSE CSAS_D_0;",
        "TERMINATE ALL;",
        "DROP STREAM d;",
        "DROP STREAM d DELETE TOPIC;",
    ],
)
def test_nothing_has_happened_when_a_later_statement_is_wrong(refused: Callable[[str], KsqlError], first: str) -> None:
    error = refused(f"{first} {BAD}")
    assert error.statement is not None
    assert error.statement.startswith("CREATE STREAM BAD WITH (")
    assert "SELECT column 'NOTHING' cannot be resolved." in error.message


def test_the_first_error_counts(refused: Callable[[str], KsqlError]) -> None:
    assert refused(f"DROP STREAM nowhere; {BAD}").message == "Stream NOWHERE does not exist."
    assert refused("DROP STREAM nowhere; SELECT * FROM s;").message == "Stream NOWHERE does not exist."
    assert refused("DROP STREAM d; SELECT * FROM s;").error_code == 40002


def test_statements_see_those_before_them(conn: Connection, refused: Callable[[str], KsqlError]) -> None:
    assert refused("TERMINATE CSAS_D_0; TERMINATE CSAS_D_0;").message == "Unknown queryId: CSAS_D_0"
    assert refused("DROP STREAM d; INSERT INTO d VALUES (1, 'a');").message.startswith("Cannot insert values into an unknown")
    found = conn.ksql("CREATE TYPE p AS STRUCT<a INT>; CREATE STREAM e AS SELECT k, v FROM d; DROP STREAM e; DESCRIBE d;")
    assert [each["@type"] for each in found] == ["currentStatus"] * 3 + ["sourceDescription"]


def test_variables_and_properties_hold_from_where_they_stand(conn: Connection, refused: Callable[[str], KsqlError]) -> None:
    text = "DEFINE name = 'x'; SET 'ksql.insert.into.values.enabled' = 'false'; INSERT INTO s VALUES (1, 'a');"
    assert "disabled INSERT INTO" in refused(text).message
    assert (conn.variables, conn.properties) == ({}, {})
    conn.ksql("DEFINE name = 'x'; CREATE STREAM ${name} AS SELECT * FROM s;")
    assert conn.variables == {"name": "x"}
    assert "X" in conn.engine.metastore.sources


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("ASSERT TOPIC nowhere;", "Topic nowhere does not exist"),
        ("ASSERT SCHEMA SUBJECT 'nothing';", "Schema with subject name nothing does not exist"),
        ("DROP CONNECTOR c;", "minisql does not support DROP CONNECTOR yet."),
        ("TERMINATE transient_1;", "Failed to terminate query with query ID: 'TRANSIENT_1'"),
        ("ALTER SYSTEM 'ksql.streams.num.stream.threads' = '2';", "Could not write the statement 'ALTER SYSTEM "),
    ],
)
def test_what_is_not_looked_at_before(conn: Connection, statement: str, message: str) -> None:
    """CustomValidators has NO_VALIDATION for them, and a transient id is only a name to ValidatedCommandFactory."""
    with pytest.raises(KsqlError) as caught:
        conn.ksql(f"CREATE TYPE p AS INT; {statement}")
    assert caught.value.message.startswith(message)
    assert "P" in conn.engine.metastore.types


def test_two_connectors_of_one_name() -> None:
    """Validation compares each with the connectors that there are, so the first is made."""
    conn = minisql.connect(connectors="record")
    create = "CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');"
    with pytest.raises(KsqlError, match="Connector C already exists"):
        conn.ksql(create * 2)
    assert list(conn.engine.connectors or ()) == ["C"]
    with pytest.raises(KsqlError, match="Connector C already exists"):
        conn.ksql("CREATE TYPE p AS INT;" + create)
    assert not conn.engine.metastore.types


def test_a_single_statement_needs_no_sandbox(conn: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "sandbox", None)
    conn.ksql("CREATE STREAM x AS SELECT * FROM s;")
    conn.ksql("INSERT INTO s VALUES (2, 'b');")
    with pytest.raises(KsqlError) as caught:
        conn.ksql("SELECT * FROM s;")
    assert caught.value.error_code == 40002
    conn.execute("SELECT * FROM s; SELECT * FROM s;")


def test_scripts_run_statement_by_statement(conn: Connection) -> None:
    with pytest.raises(KsqlError):
        conn.execute(f"CREATE TYPE p AS INT; {BAD}")
    assert "P" in conn.engine.metastore.types


def test_too_many_queries() -> None:
    engine = Engine(properties={"ksql.query.persistent.active.limit": "2"})
    conn = minisql.connect(engine)
    request = S + "\nCREATE STREAM a AS SELECT * FROM s; CREATE STREAM b AS SELECT * FROM s; INSERT INTO a SELECT * FROM s;"
    with pytest.raises(KsqlError) as caught:
        conn.ksql(request)
    assert caught.value.error_code == 40000
    assert caught.value.message == (
        f"Not executing statement(s) '{request}' as it would cause the number of active, persistent queries to exceed the "
        "configured limit. Use the TERMINATE command to terminate existing queries, or increase the "
        "'ksql.query.persistent.active.limit' setting via the 'ksql-server.properties' file. "
        f"Current persistent query count: 3. Configured limit: 2.\nStatement: {request}"
    )
    assert not engine.metastore.sources
    conn.execute(S + "CREATE STREAM a AS SELECT * FROM s; CREATE STREAM b AS SELECT * FROM s;")
    conn.execute("CREATE OR REPLACE STREAM b AS SELECT * FROM s;")
    for statement in ("INSERT INTO a SELECT * FROM s;", "CREATE STREAM c AS SELECT * FROM s;"):
        with pytest.raises(KsqlError, match="Current persistent query count: 3"):
            conn.execute(statement)
    assert list(engine.broker.topics) == ["s", "A", "B"]
    conn.ksql("TERMINATE CSAS_A_0; CREATE STREAM c AS SELECT * FROM s;")


def test_every_class_of_statement_has_a_validator() -> None:
    assert VALIDATORS.keys() == HANDLERS.keys()
    assert VALIDATORS[nodes.CreateStreamAs] is HANDLERS[nodes.CreateStreamAs]
