"""What formats refuse, and which features ksqlDB chooses."""

import sys

import pytest

from minisql.errors import KsqlError, NotSupportedError
from minisql.formats import (
    FORMATS,
    check_key,
    check_value,
    format_of,
    key_codec,
    key_features,
    suit_key_format,
    value_codec,
    value_features,
)
from minisql.formats.format import SCHEMA_INFERENCE
from minisql.formats.info import FormatInfo, KeyFormat, Subject, ValueFormat, WindowInfo
from minisql.formats.registry import SchemaRegistry
from minisql.schema import Column, Namespace
from minisql.types import BOOLEAN, DATE, INTEGER, STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

UNWRAP, WRAP, NOTHING = frozenset({"UNWRAP_SINGLES"}), frozenset({"WRAP_SINGLES"}), frozenset()
MAP = SqlMap(STRING, INTEGER)


def key(*kinds: SqlType) -> tuple[Column, ...]:
    return tuple(Column("K" * (1 + index), kind, Namespace.KEY) for index, kind in enumerate(kinds))


def value(*kinds: SqlType) -> tuple[Column, ...]:
    return tuple(Column("V" * (1 + index), kind) for index, kind in enumerate(kinds))


def refusal(side: str, name: str, schema: str, reason: str, features: str = "") -> str:
    return (
        f"{side} format does not support schema.\nformat: {name}\n"
        f"schema: Persistence{{columns=[{schema}], features=[{features}]}}\nreason: {reason}"
    )


def test_every_format_has_a_row() -> None:
    assert set(FORMATS) == {"AVRO", "DELIMITED", "JSON", "JSON_SR", "KAFKA", "NONE", "PROTOBUF", "PROTOBUF_NOSR"}
    assert format_of("json") is FORMATS["JSON"]
    with pytest.raises(KsqlError, match=r"^Unknown format: CSV$"):
        format_of("CSV")


@pytest.mark.parametrize(("name", "module", "extra"), [("AVRO", "fastavro", "avro"), ("PROTOBUF", "google.protobuf", "protobuf")])
def test_a_format_whose_library_is_missing_says_what_to_install(
    name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    fresh = ValueFormat(FormatInfo(name), subject=Subject(SchemaRegistry(), "t-value"))
    with pytest.raises(NotSupportedError, match=rf"the {name} format needs .*: pip install 'minisql-ksqldb\[{extra}\]'"):
        value_codec(fresh, value(STRING))


@pytest.mark.parametrize(
    ("info", "features", "columns", "message"),
    [
        (
            FormatInfo("KAFKA"),
            NOTHING,
            key(STRING, INTEGER),
            refusal(
                "Key",
                "KAFKA",
                "`K` STRING KEY, `KK` INTEGER KEY",
                "The 'KAFKA' format only supports a single field. Got: [`K` STRING KEY, `KK` INTEGER KEY]",
            ),
        ),
        (
            FormatInfo("KAFKA"),
            NOTHING,
            key(SqlDecimal(4, 2)),
            refusal("Key", "KAFKA", "`K` DECIMAL(4, 2) KEY", "The 'KAFKA' format does not support type 'DECIMAL'"),
        ),
        (
            FormatInfo("DELIMITED"),
            NOTHING,
            key(SqlStruct((("F", STRING),))),
            refusal(
                "Key",
                "DELIMITED",
                "`K` STRUCT<`F` STRING> KEY",
                "The 'DELIMITED' format does not support type 'STRUCT', column: `K`",
            ),
        ),
        (
            FormatInfo("NONE"),
            NOTHING,
            key(STRING),
            refusal(
                "Key",
                "NONE",
                "`K` STRING KEY",
                "The 'NONE' format can only be used when no columns are defined. Got: [`K` STRING KEY]",
            ),
        ),
        (
            FormatInfo("JSON", (("delimiter", ";"),)),
            UNWRAP,
            key(STRING),
            refusal(
                "Key", "JSON", "`K` STRING KEY", "JSON does not support the following configs: [delimiter]", "UNWRAP_SINGLES"
            ),
        ),
        (
            FormatInfo("DELIMITED"),
            WRAP,
            key(STRING),
            refusal("Key", "DELIMITED", "`K` STRING KEY", "Unsupported features: [WRAP_SINGLES]", "WRAP_SINGLES"),
        ),
        (FormatInfo("JSON"), UNWRAP, key(STRING, STRING), "Unwrapping only valid for single field"),
        (
            FormatInfo("JSON"),
            UNWRAP,
            key(SqlArray(MAP)),
            "Map keys, including types that contain maps, are not supported as they may lead to unexpected behavior due to "
            "inconsistent serialization. Key column name: `K`. Column type: ARRAY<MAP<STRING, INTEGER>>. "
            "See https://github.com/confluentinc/ksql/issues/6621 for more.",
        ),
    ],
)
def test_keys_that_a_format_cannot_hold(info: FormatInfo, features: frozenset[str], columns, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        check_key(KeyFormat(info, features), columns)
    assert caught.value.message == message
    with pytest.raises(KsqlError):
        key_codec(KeyFormat(info, features), columns)


def test_values_that_a_format_cannot_hold() -> None:
    with pytest.raises(KsqlError) as caught:
        check_value(ValueFormat(FormatInfo("JSON")), value(SqlStruct((("F", SqlMap(INTEGER, STRING)),))))
    schema = "`V` STRUCT<`F` MAP<INTEGER, STRING>>"
    assert caught.value.message == refusal("Value", "JSON", schema, "JSON only supports MAP types with STRING keys")
    check_value(ValueFormat(FormatInfo("JSON")), value(MAP))


def test_properties_must_be_known_and_not_empty() -> None:
    with pytest.raises(KsqlError, match=r"^KAFKA does not support the following configs: \[a, b\]$"):
        FORMATS["KAFKA"].check_properties({"a": "1", "b": "2"})
    with pytest.raises(KsqlError, match=r"^delimiter cannot be empty. Format configuration: {delimiter= }$"):
        FORMATS["DELIMITED"].check_properties({"delimiter": " "})


def test_what_formats_support() -> None:
    assert [name for name in FORMATS if FORMATS[name].supports(SCHEMA_INFERENCE)] == ["AVRO", "JSON_SR", "PROTOBUF"]
    assert [name for name in FORMATS if FORMATS[name].supports_key_type(MAP)] == [
        name for name in FORMATS if name not in ("DELIMITED", "KAFKA", "NONE")
    ]
    assert not FORMATS["DELIMITED"].supports_key_type(SqlDecimal(4, 2))
    assert FORMATS["DELIMITED"].supports_key_type(DATE)
    assert not FORMATS["KAFKA"].supports_key_type(BOOLEAN)


def test_features_of_keys() -> None:
    assert {name: key_features(name, 1) for name in FORMATS} == {
        "AVRO": UNWRAP,
        "DELIMITED": NOTHING,
        "JSON": UNWRAP,
        "JSON_SR": UNWRAP,
        "KAFKA": NOTHING,
        "NONE": NOTHING,
        "PROTOBUF": NOTHING,
        "PROTOBUF_NOSR": UNWRAP,
    }
    assert key_features("JSON", 2) == key_features("JSON", 0) == NOTHING


def test_features_of_values() -> None:
    assert value_features("JSON", 1, None, None) == NOTHING
    assert value_features("JSON", 1, False, None) == value_features("JSON", 1, None, False) == UNWRAP
    assert value_features("JSON", 1, True, False) == WRAP
    assert value_features("JSON", 2, None, True) == value_features("KAFKA", 1, None, True) == NOTHING
    with pytest.raises(KsqlError, match=r"^'WRAP_SINGLE_VALUE' is only valid for single-field value schemas$"):
        value_features("JSON", 2, True, None)
    with pytest.raises(KsqlError, match=r"^Format 'KAFKA' does not support 'WRAP_SINGLE_VALUE' set to 'true'.$"):
        value_features("KAFKA", 1, True, None)


def test_a_key_format_follows_the_new_key() -> None:
    kafka, json = KeyFormat(FormatInfo("KAFKA")), KeyFormat(FormatInfo("JSON"), UNWRAP)
    assert suit_key_format(kafka, [STRING], True) == kafka
    assert suit_key_format(kafka, [BOOLEAN], True) == json
    assert suit_key_format(kafka, [STRING, STRING], True) == KeyFormat(FormatInfo("JSON"))
    assert suit_key_format(kafka, [STRING, STRING], False) == kafka
    assert suit_key_format(json, [STRING, STRING], True) == KeyFormat(FormatInfo("JSON"))
    assert suit_key_format(KeyFormat(FormatInfo("NONE")), [STRING], True) == json
    windowed = KeyFormat(FormatInfo("JSON"), NOTHING, WindowInfo("SESSION"))
    assert suit_key_format(windowed, [STRING], True) == KeyFormat(FormatInfo("JSON"), UNWRAP, WindowInfo("SESSION"))
