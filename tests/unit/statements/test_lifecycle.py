"""TERMINATE, PAUSE, RESUME, EXPLAIN, ALTER and ASSERT TOPIC."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Engine, Session
from minisql.query_result import QueryResult

Run = Callable[[str], dict[str, Any]]
Refusal = Callable[[str], str]

STREAM = "CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='t', value_format='json', partitions=1);"
QUERY = "CREATE STREAM d AS SELECT k, v FROM s WHERE v > 1;"


@pytest.fixture(autouse=True)
def _sources(run: Run) -> None:
    run(STREAM + QUERY)


def test_terminate(run: Run, engine: Engine) -> None:
    answer = run("TERMINATE CSAS_D_0;")
    assert answer["commandId"] == "terminate/CSAS_D_0/execute"
    assert answer["commandStatus"] == {"status": "SUCCESS", "message": "Query terminated.", "queryId": None}
    assert not engine.queries


def test_pause_and_resume(run: Run, engine: Engine) -> None:
    assert run("PAUSE CSAS_D_0;")["commandStatus"]["message"] == "Query paused."
    assert engine.queries["CSAS_D_0"].state == "PAUSED"
    assert run("RESUME ALL;")["commandId"] == "resume/ALL/execute"
    assert engine.queries["CSAS_D_0"].state == "RUNNING"


def test_ids_are_the_same_in_any_case(run: Run, engine: Engine) -> None:
    assert run("PAUSE `csas_d_0`;")["commandStatus"]["message"] == "Query paused."
    assert engine.queries["CSAS_D_0"].state == "PAUSED"
    assert run("EXPLAIN csas_d_0;")["queryDescription"]["id"] == "CSAS_D_0"


def test_a_pause_shows_in_the_list_and_not_in_explain(run: Run) -> None:
    run("PAUSE csas_d_0;")
    assert run("SHOW QUERIES;")["queries"][0]["statusCount"] == {"PAUSED": 1}
    assert run("SHOW QUERIES EXTENDED;")["queryDescriptions"][0]["ksqlHostQueryStatus"] == {"localhost:8088": "PAUSED"}
    assert run("EXPLAIN csas_d_0;")["queryDescription"]["ksqlHostQueryStatus"] == {"localhost:8088": "RUNNING"}


def test_rows_wait_for_a_paused_query(run: Run, engine: Engine) -> None:
    run("PAUSE ALL; INSERT INTO s VALUES (1, 2);")
    assert engine.broker.topics["D"].end == 0
    run("INSERT INTO s VALUES (1, 3); RESUME ALL;")
    assert engine.broker.topics["D"].end == 2


def test_push_queries_are_terminated_and_never_paused(run: Run, refusal: Refusal, engine: Engine, session: Session) -> None:
    (push,) = engine.execute("SELECT * FROM s EMIT CHANGES;", session)
    assert run("PAUSE transient_s_1;")["commandStatus"]["message"] == "Query paused."
    assert engine.push_queries["transient_S_1"].state == "RUNNING"
    assert run("TERMINATE transient_s_1;") == {
        "@type": "terminate_query",
        "statementText": "TERMINATE transient_s_1;",
        "queryId": "TRANSIENT_S_1",
        "wasTerminated": True,
        "warnings": [],
    }
    assert isinstance(push, QueryResult)
    assert push.push is not None
    assert push.push.done
    assert refusal("TERMINATE transient_s_1;") == "Failed to terminate query with query ID: 'TRANSIENT_S_1'"


def test_source_tables_keep_their_queries(run: Run, refusal: Refusal) -> None:
    run("CREATE SOURCE TABLE u (k INT PRIMARY KEY) WITH (kafka_topic='t', value_format='json');")
    for verb in ("terminate", "pause", "resume"):
        assert refusal(f"{verb} cst_u_1;") == f"Cannot {verb} query 'CST_U_1' because it is linked to a source table."


@pytest.mark.parametrize("verb", ["TERMINATE", "PAUSE", "RESUME"])
def test_unknown_queries(refusal: Refusal, verb: str) -> None:
    assert refusal(f"{verb} nope;") == "Unknown queryId: NOPE"


def test_explain_of_a_query(run: Run, refusal: Refusal) -> None:
    description = run("EXPLAIN CSAS_D_0;")["queryDescription"]
    assert (description["id"], description["state"], description["sinks"]) == ("CSAS_D_0", "RUNNING", ["D"])
    assert "> [ SINK ] | Schema: K INTEGER KEY, V INTEGER | Logger: CSAS_D_0.D" in description["executionPlan"]
    assert refusal("EXPLAIN nope;") == ("Query with id:NOPE does not exist, use SHOW QUERIES to view the full set of queries.")


def test_explain_of_a_statement_starts_nothing(run: Run, refusal: Refusal, engine: Engine) -> None:
    description = run("EXPLAIN CREATE STREAM e AS SELECT * FROM s;")["queryDescription"]
    assert description["statementText"] == "CREATE STREAM e AS SELECT * FROM s;"
    assert (description["sources"], description["sinks"], description["state"]) == (["S"], ["E"], None)
    assert list(engine.queries) == ["CSAS_D_0"]
    assert refusal("EXPLAIN SHOW STREAMS;") == "The provided statement does not run a ksql query"


def test_explain_shows_what_the_session_has_set(run: Run) -> None:
    run("SET 'ksql.streams.auto.offset.reset' = 'latest'; CREATE STREAM f AS SELECT * FROM s; UNSET 'auto.offset.reset';")
    assert run("EXPLAIN csas_f_1;")["queryDescription"]["overriddenProperties"] == {"auto.offset.reset": "latest"}
    assert run("EXPLAIN CREATE STREAM g AS SELECT * FROM s;")["queryDescription"]["overriddenProperties"] == {}


def test_explain_shows_the_id_that_the_query_would_have(run: Run) -> None:
    for statement, name in (
        ("CREATE STREAM e AS SELECT * FROM s;", "CSAS_E_1"),
        ("INSERT INTO d SELECT k, v FROM s;", "INSERTQUERY_1"),
        ("SELECT * FROM s EMIT CHANGES;", "transient_S_1"),
    ):
        assert run(f"EXPLAIN {statement}")["queryDescription"]["id"] == name


def test_explain_of_a_push_query_shows_its_columns(run: Run) -> None:
    description = run("EXPLAIN SELECT v, k FROM s EMIT CHANGES;")["queryDescription"]
    assert [(field["name"], field.get("type")) for field in description["fields"]] == [("K", "KEY"), ("V", None), ("K", None)]
    assert description["queryType"] == "PUSH"


def test_alter_adds_columns(run: Run, engine: Engine) -> None:
    answer = run("ALTER STREAM s ADD COLUMN w STRING, ADD x INT;")
    assert (answer["commandId"], answer["commandStatus"]["message"]) == ("stream/S/alter", "Stream S altered.")
    assert str(engine.metastore.sources["S"].schema) == "`K` INTEGER KEY, `V` INTEGER, `W` STRING, `X` INTEGER"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("ALTER STREAM nope ADD w INT;", "Source NOPE does not exist."),
        ("ALTER TABLE s ADD w INT;", "Incompatible data source type is STREAM, but statement was ALTER TABLE"),
        ("ALTER STREAM d ADD w INT;", "ALTER command is not supported for CREATE ... AS statements."),
        ("ALTER STREAM s ADD v INT;", "Cannot add column `V` to schema. A column with the same name already exists."),
    ],
)
def test_alter_refuses(refusal: Refusal, statement: str, message: str) -> None:
    assert refusal(statement) == message


def test_assert_topic(run: Run, refusal: Refusal) -> None:
    assert run("ASSERT TOPIC t WITH (partitions=1);") == {
        "@type": "assert_topic",
        "statementText": "ASSERT TOPIC t WITH (partitions=1);",
        "topicName": "t",
        "exists": True,
        "warnings": [],
    }
    assert run("ASSERT NOT EXISTS TOPIC nope TIMEOUT 1 SECONDS;")["exists"] is False
    assert refusal("ASSERT TOPIC nope;") == "Topic nope does not exist"
    assert refusal("ASSERT NOT EXISTS TOPIC t;") == "Topic t exists"
    assert refusal("ASSERT TOPIC t WITH (partitions=3, colour=1);") == (
        "Mismatched configuration for topic t: For config partitions, expected 3 got 1\n"
        "Cannot assert unknown topic property: COLOUR"
    )
