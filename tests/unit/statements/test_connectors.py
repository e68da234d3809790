"""Connectors, which are kept as they are declared when the engine was asked to."""

from __future__ import annotations

import pytest

import minisql
from minisql.connection import Connection
from minisql.engine import Engine
from minisql.errors import InterfaceError, KsqlError, UnsupportedError

SOURCE = """CREATE SOURCE CONNECTOR `jdbc-c` WITH ('connector.class'='x.Jdbc', "connection.url"='secret', tasks=1);"""
SINK = "CREATE SINK CONNECTOR s WITH ('connector.class' = 'x.File');"


@pytest.fixture
def conn() -> Connection:
    return minisql.connect(connectors="record")


def refusal(conn: Connection, statement: str) -> tuple[str, int]:
    with pytest.raises(KsqlError) as caught:
        conn.execute(statement)
    return caught.value.message, caught.value.error_code


@pytest.mark.parametrize(
    ("statement", "feature"),
    [
        (SINK, "CREATE CONNECTOR"),
        ("DROP CONNECTOR s;", "DROP CONNECTOR"),
        ("DESCRIBE CONNECTOR s;", "DESCRIBE CONNECTOR"),
        ("SHOW CONNECTORS;", "SHOW CONNECTORS"),
        ("LIST CONNECTOR PLUGINS;", "SHOW CONNECTOR PLUGINS"),
    ],
)
def test_they_are_refused_by_default(statement: str, feature: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        minisql.connect().execute(statement)
    assert caught.value.feature == feature


def test_create_masks_what_may_be_secret(conn: Connection) -> None:
    config = {"connector.class": "x.Jdbc", "connection.url": "secret", "TASKS": "1", "name": "jdbc-c"}
    assert conn.ksql(SOURCE) == [
        {
            "@type": "connector_info",
            "statementText": "CREATE SOURCE CONNECTOR `jdbc-c` WITH ('connector.class'='x.Jdbc', "
            "\"connection.url\"='[string]', tasks='[string]');",
            "info": {"name": "jdbc-c", "config": config, "tasks": [], "type": "source"},
            "warnings": [],
        }
    ]


def test_show(conn: Connection) -> None:
    conn.execute(SOURCE + SINK)
    source = {"name": "jdbc-c", "type": "source", "className": "x.Jdbc", "state": "UNASSIGNED"}
    sink = {"name": "S", "type": "sink", "className": "x.File", "state": "UNASSIGNED"}
    assert conn.ksql("SHOW CONNECTORS;")[0]["connectors"] == [source, sink]
    assert conn.ksql("SHOW SOURCE CONNECTORS;")[0]["connectors"] == [source]
    assert conn.ksql("LIST SINK CONNECTORS;")[0]["connectors"] == [sink]
    assert conn.ksql("SHOW CONNECTOR PLUGINS;")[0]["connectorsPlugins"] == [
        {"className": "x.Jdbc", "type": "source"},
        {"className": "x.File", "type": "sink"},
    ]


def test_describe(conn: Connection) -> None:
    conn.execute(SINK)
    (described,) = conn.ksql("DESCRIBE CONNECTOR s;")
    assert (described["@type"], described["connectorClass"]) == ("connector_description", "x.File")
    assert described["status"] == {
        "name": "S",
        "connector": {"state": "UNASSIGNED", "worker_id": ""},
        "tasks": [],
        "type": "sink",
    }
    assert refusal(conn, "DESCRIBE CONNECTOR nope;") == (
        'Failed to query connector status: {"error_code":404,"message":"No status found for connector NOPE"}',
        40400,
    )


def test_drop(conn: Connection) -> None:
    conn.execute(SINK)
    assert conn.ksql("DROP CONNECTOR s;")[0]["connectorName"] == "S"
    assert refusal(conn, "DROP CONNECTOR s;") == (
        'Failed to drop connector: {"error_code":404,"message":"Connector S not found"}',
        40400,
    )
    assert conn.ksql("DROP CONNECTOR IF EXISTS s;")[0]["message"] == "Connector 'S' does not exist."


def test_names_are_taken_in_any_case(conn: Connection) -> None:
    conn.execute(SINK)
    assert refusal(conn, SINK.replace(" s ", " `s` ")) == ("Connector s already exists", 40900)
    (answer,) = conn.ksql(SINK.replace("CONNECTOR", "CONNECTOR IF NOT EXISTS"))
    assert (answer["@type"], answer["message"]) == ("warning_entity", "Connector S already exists")


def test_a_class_is_needed(conn: Connection) -> None:
    assert refusal(conn, "CREATE SINK CONNECTOR s WITH ('topics'='t');")[0] == (
        "Validation error: Connector config {topics=t, name=S} contains no connector type"
    )
    assert refusal(conn, "CREATE SINK CONNECTOR s WITH ('connector.class'=' ');")[0] == (
        "Validation error: Connector type cannot be empty"
    )


def test_the_key_of_a_jdbc_source_becomes_transformations(conn: Connection) -> None:
    conn.execute(
        "CREATE SOURCE CONNECTOR j WITH ('connector.class'='io.confluent.connect.jdbc.JdbcSourceConnector', 'key'='id');"
    )
    assert conn.engine.connectors is not None
    config = conn.engine.connectors["J"].config
    assert (config["tasks.max"], config["transforms"]) == ("1", "ksqlCreateKey,ksqlExtractString")
    assert (config["transforms.ksqlCreateKey.fields"], "key" in config) == ("id", False)


def test_sessions_share_them() -> None:
    engine = Engine(connectors="record")
    minisql.connect(engine).execute(SINK)
    assert len(minisql.connect(engine, connectors="record").ksql("SHOW CONNECTORS;")[0]["connectors"]) == 1


def test_there_is_one_way_to_keep_them() -> None:
    with pytest.raises(InterfaceError):
        minisql.connect(connectors="run")


def test_alter_system_needs_shared_runtimes() -> None:
    engine = Engine(properties={"ksql.runtime.feature.shared.enabled": "true"}, connectors="record")
    conn = minisql.connect(engine)
    (answer,) = conn.ksql("ALTER SYSTEM 'auto.offset.reset' = 'earliest';")
    assert answer["commandStatus"]["message"] == "System property auto.offset.reset was set to earliest."
    assert engine.config["auto.offset.reset"] == "earliest"
    assert refusal(conn, "ALTER SYSTEM 'nope' = 'x';")[0] == (
        "Failed to set nope to x. Caused by: Not recognizable as ksql, streams, consumer, or producer property: nope \n"
    )
    assert refusal(minisql.connect(), "ALTER SYSTEM 'auto.offset.reset' = 'earliest';")[1] == 50000
