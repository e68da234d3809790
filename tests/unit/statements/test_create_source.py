"""CREATE STREAM and CREATE TABLE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Engine
from minisql.formats.info import FormatInfo, WindowInfo
from minisql.metastore import TimestampColumn

Run = Callable[[str], dict[str, Any]]
Refusal = Callable[[str], str]

JSON = "WITH (kafka_topic='t', value_format='json', partitions=1)"


def test_answer_of_create_stream(run: Run) -> None:
    assert run("CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='t', value_format='json', partitions=2);") == {
        "@type": "currentStatus",
        "statementText": "CREATE STREAM S (ID INTEGER KEY, V STRING) WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='t', "
        "KEY_FORMAT='KAFKA', PARTITIONS=2, VALUE_FORMAT='JSON');",
        "commandId": "stream/`S`/create",
        "commandStatus": {"status": "SUCCESS", "message": "Stream created", "queryId": None},
        "commandSequenceNumber": 0,
        "warnings": [],
    }


def test_the_source_and_its_topic(run: Run, engine: Engine) -> None:
    run(
        "CREATE TABLE `my-t` (id INT PRIMARY KEY, v STRING, ts BIGINT) "
        "WITH (kafka_topic='topic', format='json', partitions=3, timestamp='ts', window_type='tumbling', window_size='1 minute');"
    )
    source = engine.metastore.sources["my-t"]
    assert (source.kind, source.topic, source.timestamp) == ("TABLE", "topic", TimestampColumn("TS"))
    assert str(source.schema) == "`ID` INTEGER KEY, `V` STRING, `TS` BIGINT"
    assert source.key_format.info == FormatInfo("JSON")
    assert source.key_format.features == {"UNWRAP_SINGLES"}
    assert source.key_format.window == WindowInfo("TUMBLING", 60_000)
    assert engine.broker.topics["topic"].partitions == 3


def test_formats_default_to_the_configuration(run: Run, engine: Engine) -> None:
    run(
        "SET 'ksql.persistence.default.format.value' = 'delimited';"
        "CREATE STREAM s (v STRING) WITH (kafka_topic='t', partitions=1);"
    )
    assert engine.metastore.sources["S"].value_format.info == FormatInfo("DELIMITED")


def test_headers(run: Run, engine: Engine) -> None:
    run(f"CREATE STREAM s (v STRING, one BYTES HEADER('a'), every ARRAY<STRUCT<key STRING, value BYTES>> HEADERS) {JSON};")
    assert [column.header_key for column in engine.metastore.sources["S"].schema.headers] == ["a", None]


def test_a_topic_is_needed(run: Run, refusal: Refusal, engine: Engine) -> None:
    text = "CREATE STREAM s (v STRING) WITH (kafka_topic='nope', value_format='json');"
    assert refusal(text) == (
        "Topic 'nope' does not exist. If you want to create a new topic for the stream/table please re-run the statement "
        "providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS'). For example: "
        "CREATE STREAM S (V STRING) WITH (KAFKA_TOPIC='nope', KEY_FORMAT='KAFKA', PARTITIONS=2, VALUE_FORMAT='JSON');"
    )
    engine.broker.create("nope", 4)
    run(text)
    assert engine.broker.topics["nope"].partitions == 4


def test_a_topic_made_as_needed(run: Run, engine: Engine) -> None:
    engine.auto_create_topics, engine.default_partitions = True, 4
    run("CREATE STREAM s (v STRING) WITH (kafka_topic='new', value_format='json');")
    assert engine.broker.topics["new"].partitions == 4


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (f"CREATE STREAM s {JSON};", "No columns supplied."),
        (
            f"CREATE STREAM s (rowtime BIGINT) {JSON};",
            "'ROWTIME' is a reserved column name. You cannot use it as a name for a column.",
        ),
        (f"CREATE TABLE s (v STRING) {JSON};", "Tables require a PRIMARY KEY. Please define the PRIMARY KEY."),
        (
            "CREATE STREAM s (v STRING) WITH (kafka_topic='t', partitions=1);",
            "Statement is missing the 'VALUE_FORMAT' property from the WITH clause. "
            "Either provide one or set a default via the 'ksql.persistence.default.format.value' config.",
        ),
        ("CREATE STREAM s (v STRING) WITH (kafka_topic='t', partitions=1, value_format='xml');", "Unknown format: XML"),
        (
            f"CREATE STREAM s (v STRING, h ARRAY<STRUCT<key STRING, value BYTES>> HEADERS, k BYTES HEADER('a')) {JSON};",
            "Schema already contains a HEADERS column.",
        ),
        (
            f"CREATE STREAM s (v STRING, k BYTES HEADER('a'), l BYTES HEADER('a')) {JSON};",
            "Schema already contains a HEADER('a') column.",
        ),
        (
            "CREATE STREAM s (v STRING) WITH (kafka_topic='t', partitions=1, value_format='json', timestamp='x');",
            "The TIMESTAMP column set in the WITH clause does not exist in the schema: 'X'",
        ),
        (
            "CREATE STREAM s (v STRING) WITH (kafka_topic='t', partitions=1, value_format='json', timestamp='v');",
            "A String timestamp field has been specified without also specifying the timestamp_format",
        ),
        (
            "CREATE STREAM s (v INT) WITH (kafka_topic='t', partitions=1, value_format='json', timestamp='v');",
            "Timestamp column, `V`, should be LONG(INT64), TIMESTAMP, or a String with a timestamp_format specified.",
        ),
        (
            "CREATE STREAM s (v BIGINT) WITH (kafka_topic='t', partitions=1, value_format='json', timestamp='v', "
            "timestamp_format='yyyy');",
            "'TIMESTAMP_FORMAT' set in the WITH clause can only be used when the timestamp column is of type STRING.",
        ),
        (
            "CREATE STREAM s (v INT, w INT) WITH (kafka_topic='t', partitions=1, value_format='json', wrap_single_value=false);",
            "'WRAP_SINGLE_VALUE' is only valid for single-field value schemas",
        ),
        (
            "CREATE STREAM s (v INT) WITH (kafka_topic='t', partitions=1, value_format='json', cleanup_policy='delete');",
            "Invalid config variable in the WITH clause: CLEANUP_POLICY.\nThe CLEANUP_POLICY config is automatically inferred "
            "based on the type of source (STREAM or TABLE).\nUsers can't set the CLEANUP_POLICY config manually.",
        ),
        (
            "CREATE TABLE s (k INT PRIMARY KEY) WITH (kafka_topic='t', partitions=1, value_format='json', retention_ms=1);",
            "Invalid config variable in the WITH clause: RETENTION_MS. Non-windowed tables do not support retention.",
        ),
    ],
)
def test_create_refuses(refusal: Refusal, engine: Engine, statement: str, message: str) -> None:
    assert refusal(statement) == message
    assert not engine.metastore.sources
    assert not engine.broker.topics


def test_the_topic_must_be_as_is_said(run: Run, refusal: Refusal) -> None:
    run(f"CREATE STREAM s (v STRING) {JSON};")
    assert refusal("CREATE STREAM u (v STRING) WITH (kafka_topic='t', value_format='json', partitions=2);") == (
        "A Kafka topic with the name 't' already exists, with different partition/replica/retention configuration than "
        "required. KSQL expects 2 partitions (topic has 1), 1 replication factor (topic has 1), "
        "and 604800000 retention (topic has 604800000)."
    )


def test_a_name_is_taken_once(run: Run, refusal: Refusal) -> None:
    run(f"CREATE STREAM s (v STRING) {JSON};")
    assert refusal(f"CREATE TABLE s (v STRING PRIMARY KEY) {JSON};") == (
        "Cannot add table 'S': A stream with the same name already exists"
    )


def test_if_not_exists_warns(run: Run, engine: Engine) -> None:
    run(f"CREATE STREAM s (v STRING) {JSON};")
    answer = run(f"CREATE STREAM IF NOT EXISTS s (w INT) {JSON};")
    assert (answer["@type"], answer["message"]) == (
        "warning_entity",
        "Cannot add stream `S`: A stream with the same name already exists.",
    )
    assert str(engine.metastore.sources["S"].schema) == "`V` STRING"


def test_replace_may_add_columns(run: Run, refusal: Refusal, engine: Engine) -> None:
    run(f"CREATE STREAM s (v STRING) {JSON};")
    run(f"CREATE OR REPLACE STREAM s (v STRING, w INT) {JSON};")
    assert str(engine.metastore.sources["S"].schema) == "`V` STRING, `W` INTEGER"
    assert refusal(f"CREATE OR REPLACE STREAM s (v STRING, w BIGINT) {JSON};") == (
        "Cannot upgrade data source: DataSource '`S`' has schema = `V` STRING, `W` INTEGER which is not upgradeable to "
        "`V` STRING, `W` BIGINT. (The following columns are changed, missing or reordered: [`W` INTEGER])"
    )


def test_source_streams_are_not_replaced(run: Run, refusal: Refusal) -> None:
    run(f"CREATE SOURCE STREAM s (v STRING) {JSON};")
    assert refusal(f"CREATE OR REPLACE STREAM s (v STRING) {JSON};") == (
        "Cannot add stream 'S': CREATE OR REPLACE is not supported on source streams."
    )
