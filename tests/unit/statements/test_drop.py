"""DROP STREAM and DROP TABLE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Engine, Session

Run = Callable[[str], dict[str, Any]]
Refusal = Callable[[str], str]

STREAM = "CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='t', value_format='json', partitions=1);"


def test_drop_answers_and_keeps_the_topic(run: Run, engine: Engine) -> None:
    run(STREAM)
    answer = run("DROP STREAM s;")
    assert answer["commandId"] == "stream/S/drop"
    assert answer["commandStatus"]["message"] == "Source `S` (topic: t) was dropped."
    assert not engine.metastore.sources
    assert "t" in engine.broker.topics


def test_delete_topic(run: Run, engine: Engine) -> None:
    run(STREAM)
    assert run("DROP STREAM IF EXISTS s DELETE TOPIC;")["statementText"] == "DROP STREAM IF EXISTS S;"
    assert not engine.broker.topics


def test_if_exists(run: Run) -> None:
    assert run("DROP TABLE IF EXISTS s;")["commandStatus"]["message"] == "Source `S` does not exist."


@pytest.mark.parametrize(
    ("before", "statement", "message"),
    [
        ("", "DROP STREAM s;", "Stream S does not exist."),
        (
            STREAM,
            'DROP STREAM "s";',
            "Stream s does not exist.\nDid you mean S? Hint: try removing double quotes from the source name.",
        ),
        (STREAM, "DROP TABLE s;", "Incompatible data source type is stream, but statement was DROP table"),
        (
            STREAM.replace("CREATE", "CREATE SOURCE"),
            "DROP STREAM s DELETE TOPIC;",
            "Cannot delete topic for read-only source: S",
        ),
        (
            STREAM + STREAM.replace("STREAM s", "STREAM u"),
            "DROP STREAM s DELETE TOPIC;",
            "Refusing to delete topic. Found other data sources (U) using topic t",
        ),
    ],
)
def test_drop_refuses(run: Run, refusal: Refusal, before: str, statement: str, message: str) -> None:
    if before:
        run(before)
    assert refusal(statement) == message


def test_sources_that_others_read(run: Run, refusal: Refusal, engine: Engine) -> None:
    run(STREAM + "CREATE STREAM d AS SELECT * FROM s;")
    message = (
        "Cannot drop S.\nThe following streams and/or tables read from this source: [D].\n"
        "You need to drop them before dropping S."
    )
    assert refusal("DROP STREAM s;") == message
    run("TERMINATE CSAS_D_0;")
    assert refusal("DROP STREAM s;") == message
    run("DROP STREAM d; DROP STREAM s;")
    assert not engine.metastore.sources


def test_dropping_ends_the_query(run: Run, engine: Engine) -> None:
    run(STREAM + "CREATE STREAM d AS SELECT * FROM s;")
    query = engine.queries["CSAS_D_0"]
    run("DROP STREAM d;")
    assert not engine.queries
    assert query.state == "STOPPED"


def test_sources_that_insert_queries_use(run: Run, refusal: Refusal) -> None:
    run(STREAM + STREAM.replace("STREAM s", "STREAM u").replace("'t'", "'u'") + "INSERT INTO u SELECT * FROM s;")
    assert refusal("DROP STREAM s;") == (
        "Cannot drop S.\nThe following queries read from this source: [INSERTQUERY_0].\n"
        "The following queries write into this source: [].\nYou need to terminate them before dropping S."
    )
    assert "write into this source: [INSERTQUERY_0]" in refusal("DROP STREAM u;")


def test_the_schemas_go_with_the_topic(run: Run, engine: Engine) -> None:
    """TopicDeleteInjector deletes the subjects of the topic, which DROP alone leaves."""
    registry = engine.metastore.schema_registry
    create = STREAM.replace("value_format='json'", "format='json_sr'")
    run(create)
    assert registry.subjects() == ["t-key", "t-value"]
    engine.sandbox().execute("DROP STREAM s DELETE TOPIC;", Session())
    run("DROP STREAM s;")
    run(create)
    assert registry.subjects() == ["t-key", "t-value"]
    run("DROP STREAM s DELETE TOPIC;")
    assert registry.subjects() == []
