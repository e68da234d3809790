"""The WITH clause: what is read, and the words of what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from sqlglot import exp

from minisql.analyzer.with_properties import SourceProperties, column_name, insert_query_id
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.formats.info import FormatInfo, WindowInfo


def given(**values: Any) -> list[nodes.Property]:
    def literal(value: Any) -> exp.Expression:
        if isinstance(value, bool):
            return exp.Boolean(this=value)
        return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)

    return [nodes.Property(this=name, expression=literal(value)) for name, value in values.items()]


def test_create_reads_every_kind_of_value() -> None:
    found = SourceProperties.of(
        given(
            kafka_topic="t", PARTITIONS=3, replicas=65537, wrap_single_value="True", window_type="hopping", window_size="1 minute"
        ),
        derived=False,
    )
    assert (found.kafka_topic, found.partitions, found.replicas) == ("t", 3, 1)
    assert found.value_features == {"WRAP_SINGLES"}
    assert found.window == WindowInfo("HOPPING", 60_000)


def test_format_stands_for_both() -> None:
    found = SourceProperties.of(given(FORMAT="delimited", KEY_DELIMITER="TAB"), derived=True)
    assert found.key_format_info("S") == FormatInfo("DELIMITED", (("delimiter", "TAB"),))
    assert found.value_format_info() == FormatInfo("DELIMITED")


def test_default_format_applies_only_when_none_is_given() -> None:
    found = SourceProperties.of(given(VALUE_FORMAT="json"), derived=True)
    assert found.key_format_info("S") is None
    assert found.key_format_info("S", "kafka") == FormatInfo("KAFKA")
    assert found.value_format_info("kafka") == FormatInfo("JSON")


def test_avro_key_gets_a_schema_name_of_its_own() -> None:
    found = SourceProperties.of(given(KEY_FORMAT="avro"), derived=True)
    assert found.key_format_properties("MY_SINK", "AVRO") == (("fullSchemaName", "io.confluent.ksql.avro_schemas.MySinkKey"),)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, 'Missing required property "KAFKA_TOPIC" which has no default value.'),
        ({"KAFKA_TOPIC": ""}, "Invalid value  for property KAFKA_TOPIC: String must be non-empty"),
        (
            {"KAFKA_TOPIC": 1},
            "Invalid value 1 for property KAFKA_TOPIC: Expected value to be a string, but it was a java.lang.Integer",
        ),
        ({"KAFKA_TOPIC": "t", "PARTITIONS": "x"}, "Invalid value x for property PARTITIONS: Not a number of type INT"),
        (
            {"KAFKA_TOPIC": "t", "PARTITIONS": True},
            "Invalid value true for property PARTITIONS: Expected value to be a 32-bit integer, but it was a java.lang.Boolean",
        ),
        (
            {"KAFKA_TOPIC": "t", "PARTITIONS": 3_000_000_000},
            "Invalid value 3000000000 for property PARTITIONS: Expected value to be a 32-bit integer, but "
            "it was a java.lang.Long",
        ),
        (
            {"KAFKA_TOPIC": "t", "WRAP_SINGLE_VALUE": "maybe"},
            "Invalid value maybe for property WRAP_SINGLE_VALUE: Expected value to be either true or false",
        ),
        ({"KAFKA_TOPIC": "t", "Nonsense": "x"}, "Invalid config variable(s) in the WITH clause: NONSENSE"),
        (
            {"KAFKA_TOPIC": "t", "WINDOW_TYPE": "SLIDING"},
            "Invalid value SLIDING for property WINDOW_TYPE: String must be one of: SESSION, HOPPING, TUMBLING, null",
        ),
        (
            {"KAFKA_TOPIC": "t", "WINDOW_TYPE": "tumbling"},
            "TUMBLING windows require 'WINDOW_SIZE' to be provided in the WITH clause. For example: 'WINDOW_SIZE'='10 SECONDS'",
        ),
        (
            {"KAFKA_TOPIC": "t", "WINDOW_TYPE": "session", "WINDOW_SIZE": "1 DAY"},
            "'WINDOW_SIZE' should not be set for SESSION windows.",
        ),
        (
            {"KAFKA_TOPIC": "t", "WINDOW_TYPE": "hopping", "WINDOW_SIZE": "1 fortnight"},
            "Configuration WINDOW_SIZE is invalid: Invalid duration: '1 fortnight'. Unknown time unit: 'FORTNIGHT'\n"
            "Supported time units are: NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS",
        ),
        (
            {"KAFKA_TOPIC": "t", "VALUE_DELIMITER": "||"},
            "Configuration VALUE_DELIMITER is invalid: Invalid delimiter value: '||'. "
            "Delimiter must be a single character or TAB,SPACE\nExample valid value: ';'",
        ),
        (
            {"KAFKA_TOPIC": "t", "FORMAT": "json", "VALUE_FORMAT": "json"},
            "Cannot supply both 'VALUE_FORMAT' and 'FORMAT' properties, as 'FORMAT' sets both key and value formats. "
            "Either use just 'FORMAT', or use 'KEY_FORMAT' and 'VALUE_FORMAT'.",
        ),
        (
            {"KAFKA_TOPIC": "t", "TIMESTAMP_FORMAT": "yyyy-MM-dd J"},
            "Invalid datetime format for config:TIMESTAMP_FORMAT, reason:Unknown pattern letter: J",
        ),
        ({"KAFKA_TOPIC": "t", "kafka_topic": "u"}, "Duplicate key KAFKA_TOPIC (attempted merging values 't' and 'u')"),
    ],
)
def test_create_refuses(values: dict[str, Any], message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        SourceProperties.of(given(**values), derived=False)
    assert caught.value.message == f"Failed to prepare statement: {message}"


def test_window_properties_are_not_for_create_as() -> None:
    with pytest.raises(KsqlError, match="WITH clause: WINDOW_TYPE"):
        SourceProperties.of(given(WINDOW_TYPE="SESSION"), derived=True)


def test_column_name_folds_like_an_identifier() -> None:
    assert [column_name(text) for text in ("ts", "`ts`", "s.`a b`", '"x"')] == ["TS", "ts", "a b", "x"]
    with pytest.raises(KsqlError, match="Cannot parse text that is not column reference: 1 \\+ 2"):
        column_name("1 + 2")


def test_query_id_of_insert_into() -> None:
    assert insert_query_id(given(query_id="my_id")) == "MY_ID"
    assert insert_query_id(None) is None
