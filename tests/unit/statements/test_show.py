"""SHOW, LIST and DESCRIBE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Engine

Run = Callable[[str], dict[str, Any]]

SOURCES = (
    "CREATE STREAM s (k INT KEY, v STRING) WITH (kafka_topic='a', value_format='json', partitions=2);"
    "CREATE TABLE t (k STRING PRIMARY KEY, v DECIMAL(4, 2)) WITH (kafka_topic='b', format='json', partitions=1);"
)
QUERY = "CREATE STREAM d AS SELECT * FROM s;"


@pytest.fixture(autouse=True)
def _sources(run: Run) -> None:
    run(SOURCES)


def test_streams_and_tables(run: Run) -> None:
    assert run("SHOW STREAMS;") == {
        "@type": "streams",
        "statementText": "SHOW STREAMS;",
        "streams": [
            {
                "type": "STREAM",
                "name": "S",
                "topic": "a",
                "keyFormat": "KAFKA",
                "valueFormat": "JSON",
                "isWindowed": False,
            }
        ],
        "warnings": [],
    }
    assert [table["name"] for table in run("LIST TABLES;")["tables"]] == ["T"]


def test_topics(run: Run, engine: Engine) -> None:
    engine.broker.create("_confluent-hidden")
    assert run("SHOW TOPICS;")["topics"] == [{"name": "a", "replicaInfo": [1, 1]}, {"name": "b", "replicaInfo": [1]}]
    assert [topic["name"] for topic in run("LIST ALL TOPICS;")["topics"]] == ["_confluent-hidden", "a", "b"]


def test_topics_extended_counts_readers(run: Run) -> None:
    run(QUERY)
    found = {each["name"]: (each["consumerCount"], each["consumerGroupCount"]) for each in run("SHOW TOPICS EXTENDED;")["topics"]}
    assert found == {"D": (0, 0), "a": (2, 1), "b": (0, 0)}


def test_describe(run: Run) -> None:
    description = run("DESCRIBE t;")["sourceDescription"]
    assert description["fields"] == [
        {"name": "K", "schema": {"type": "STRING", "fields": None, "memberSchema": None}, "type": "KEY"},
        {
            "name": "V",
            "schema": {"type": "DECIMAL", "fields": None, "memberSchema": None, "parameters": {"precision": 4, "scale": 2}},
        },
    ]
    assert (description["type"], description["topic"], description["partitions"]) == ("TABLE", "b", 1)
    assert description["statement"].startswith("CREATE TABLE T (K STRING PRIMARY KEY")


def test_describe_shows_readers_and_writers(run: Run) -> None:
    run(QUERY)
    description = run("DESCRIBE s;")["sourceDescription"]
    assert [query["id"] for query in description["readQueries"]] == ["CSAS_D_0"]
    assert description["sourceConstraints"] == ["D"]
    assert [query["id"] for query in run("DESCRIBE d;")["sourceDescription"]["writeQueries"]] == ["CSAS_D_0"]


def test_describe_extended_shows_offsets(run: Run) -> None:
    run(QUERY)
    group = {"groupId": "_confluent-ksql-default_query_CSAS_D_0", "topicSummaries": []}
    assert run("DESCRIBE d EXTENDED;")["sourceDescription"]["queryOffsetSummaries"] == [group]
    run("INSERT INTO s (k, v) VALUES (1, 'x'); PAUSE csas_d_0; INSERT INTO s (k, v) VALUES (1, 'y');")
    (topic,) = run("DESCRIBE d EXTENDED;")["sourceDescription"]["queryOffsetSummaries"][0]["topicSummaries"]
    assert topic["kafkaTopic"] == "a"
    offsets = [(each["logEndOffset"], each["consumerOffset"]) for each in topic["offsets"]]
    assert sorted(offsets) == [(0, 0), (2, 1)]


def test_describe_all(run: Run) -> None:
    assert [each["name"] for each in run("DESCRIBE STREAMS;")["sourceDescriptions"]] == ["S"]
    assert [each["name"] for each in run("DESCRIBE TABLES EXTENDED;")["sourceDescriptions"]] == ["T"]


def test_describe_of_nothing(refusal: Callable[[str], str]) -> None:
    assert refusal("DESCRIBE nope;") == "Could not find STREAM/TABLE 'NOPE' in the Metastore"


def test_queries(run: Run) -> None:
    run(QUERY)
    assert run("SHOW QUERIES;")["queries"] == [
        {
            "queryString": (
                "CREATE STREAM D WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='D', PARTITIONS=2, REPLICAS=1, "
                "RETENTION_MS=604800000) AS SELECT *\nFROM S S\nEMIT CHANGES;"
            ),
            "sinks": ["D"],
            "sinkKafkaTopics": ["D"],
            "id": "CSAS_D_0",
            "statusCount": {"RUNNING": 1},
            "queryType": "PERSISTENT",
            "state": "RUNNING",
        }
    ]


def test_functions(run: Run) -> None:
    functions = run("SHOW FUNCTIONS;")["functions"]
    kinds = [function["type"] for function in functions]
    assert kinds == sorted(kinds, key=["SCALAR", "TABLE", "AGGREGATE"].index)
    assert {"name": "COUNT", "type": "AGGREGATE", "category": "AGGREGATE"} in functions


def test_describe_function(run: Run, refusal: Callable[[str], str]) -> None:
    answer = run("DESCRIBE FUNCTION round;")
    assert (answer["@type"], answer["name"], answer["type"]) == ("describe_function", "ROUND", "SCALAR")
    assert answer["functions"][0]["argumentTypes"] == [item["type"] for item in answer["functions"][0]["arguments"]]
    assert refusal("DESCRIBE FUNCTION nope;") == "Can't find any functions with the name 'nope'"
