"""JSON in texts: what Jackson takes for it, paths, searches, and values written as JSON."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.errors import KsqlError
from minisql.functions import jackson, json_path
from minisql.functions.registry import builtins
from minisql.functions.scalar.json import (
    extract_json_field,
    is_json_string,
    json_array_length,
    json_concat,
    json_items,
    json_keys,
    json_records,
)
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(TREES)
def test_trees_survive(tree: Any) -> None:
    assert jackson.read(jackson.write(tree)) == tree
    assert jackson.read(json.dumps(tree)) == tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" [1, 2] x", True),
        ("1 x", True),
        ("1x", False),
        ("1,", False),
        ("01", False),
        ("true,", True),
        ("truex", False),
        ("null0", False),
        ("NaN", False),
        ("-Infinity", False),
        ("'a'", False),
        ('"a\tb"', False),
        ("[1,]", False),
        ("1e99999999999999999999", False),
        ("", False),
        (" \n", False),
        (None, False),
    ],
)
def test_what_json_is(text: str | None, expected: bool) -> None:
    assert is_json_string(text) is expected


def test_numbers_keep_their_digits() -> None:
    text = "[1.50,-0,-0.0,1e3,1E-7,123456789012345678901234567890,0.10e1]"
    assert json_items(text) == ["1.50", "0", "0.0", "1E+3", "1E-7", "123456789012345678901234567890", "1.0"]
    assert json_concat(text) == "[1.50,0,0.0,1000,0.0000001,123456789012345678901234567890,1.0]"


def test_strings_are_written_as_jackson_does() -> None:
    assert jackson.write('\x1f\\u00af/\u2028é\x7f"\b') == '"\\u001F\\\\u00af/\u2028é\x7f\\"\\b"'


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$", '{"a":{"b c":["x",null,[1,{"d":"e"}]]},"@t:1":2}'),
        ('$.a["b c"][0]', "x"),
        ('$.a["b c"][1]', "null"),
        ('$["a"]["b c"][2]', '[1,{"d":"e"}]'),
        ('$.a["b c"].2.1.d', "e"),
        ('$.a["b c"][9]', None),
        ('$.a["b c"]["-1"]', None),
        ('$.a["b c"].x', None),
        ('$.a["b c"].99999999999', None),
        ("$.@t:1", "2"),
        ("$.@t:1.x", None),
        ("$.none.x", None),
    ],
)
def test_paths(path: str, expected: str | None) -> None:
    assert extract_json_field('{"a": {"b c": ["x", null, [1, {"d": "e"}]]}, "@t:1": 2}', path) == expected


@pytest.mark.parametrize("path", ["", "a", "$a", "$.", "$..a", "$[]", "$[a b]", '$["a]', '$["a\\n"]', "$[a", "$.a b", '$["a"'])
def test_what_is_no_path(path: str) -> None:
    with pytest.raises(KsqlError) as caught:
        json_path.parse(path)
    assert caught.value.message == f"Invalid JSON path: '{path}'"


def test_texts_without_a_value() -> None:
    assert extract_json_field("", "$") == ""
    assert extract_json_field(" ", "$.a") is None
    assert json_array_length("") is json_keys("") is json_records(" ") is None
    assert json_concat("[1]", "") is None
    with pytest.raises(KsqlError, match="Invalid JSON format:"):
        json_items("")


def test_what_is_no_json() -> None:
    for function in (json_array_length, json_keys, json_records, json_items, json_concat):
        with pytest.raises(KsqlError) as caught:
            function("{oops")  # type: ignore[operator]
        assert caught.value.message == "Invalid JSON format:{oops"


def test_other_values() -> None:
    assert json_keys("[1]") is json_records("1") is json_array_length('"x"') is None
    with pytest.raises(KsqlError, match="Invalid JSON format:null"):
        json_items("null")


def test_records_have_the_order_of_java() -> None:
    assert json_records('{"zebra": 1, "apple": "x", "mango": null}') == {"zebra": "1", "apple": "x", "mango": "null"}
    assert list(json_records('{"b": 1, "a": 2}') or ()) == ["a", "b"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (['{"a": 1}'], '{"a":1}'),
        (["1"], "1"),
        (['{"a": 1}', '{"b": [2]}', '{"a": 3}'], '{"a":3,"b":[2]}'),
        (['{"a": 1}', "[2]", "null"], '[{"a":1},2,null]'),
        (["1", "2"], "[1,2]"),
        (["1", None], None),
    ],
)
def test_concatenation(texts: list[str | None], expected: str | None) -> None:
    assert json_concat(*texts) == expected


@pytest.mark.parametrize(
    ("text", "kind", "value", "expected"),
    [
        ("[1, 2]", INTEGER, 2, True),
        ("[1, 2.0]", INTEGER, 2, False),
        ("[true]", INTEGER, 1, False),
        ("[3000000000, 1]", INTEGER, 1, False),
        ("[3000000000, 1]", BIGINT, 1, True),
        ("[99999999999999999999, 1]", BIGINT, 1, False),
        ("[1.0]", DOUBLE, 1.0, True),
        ("[1]", DOUBLE, 1.0, False),
        ("[0.0]", DOUBLE, -0.0, False),
        ("[1e999]", DOUBLE, float("inf"), True),
        ('["a"]', STRING, "a", True),
        ("[[1], {}, false]", BOOLEAN, False, True),
        ("[0]", BOOLEAN, False, False),
        ("[1.0]", SqlDecimal(2, 1), Decimal("1.0"), False),
        ("[7]", DATE, 7, False),
        ("[1, null]", INTEGER, None, True),
        ("[1]", None, None, False),
        ("[1, oops", INTEGER, 1, True),
        ("[oops, 1]", INTEGER, 1, False),
        ("[]", INTEGER, 1, False),
        ("1", INTEGER, 1, False),
        ("", INTEGER, 1, False),
    ],
)
def test_search(text: str, kind: SqlType | None, value: Any, expected: bool) -> None:
    assert builtins().scalar("JSON_ARRAY_CONTAINS", [STRING, kind]).function(text, value) is expected


PERSON = SqlStruct((("b", INTEGER), ("A", SqlArray(DATE)), ("é", SqlMap(STRING, TIME))))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (BOOLEAN, True, "true"),
        (BIGINT, 2**40, "1099511627776"),
        (DOUBLE, 1e10, "1.0E10"),
        (DOUBLE, float("-inf"), '"-Infinity"'),
        (SqlDecimal(5, 2), Decimal("-0.50"), "-0.50"),
        (SqlDecimal(10, 9), Decimal("0E-9"), "0.000000000"),
        (STRING, 'a"\n', '"a\\"\\n"'),
        (BYTES, b"abc", '"YWJj"'),
        (DATE, -1, '"1969-12-31"'),
        (TIME, 61_500, '"00:01:01"'),
        (TIMESTAMP, -1, '"1969-12-31T23:59:59.999"'),
        (SqlArray(STRING), [None, "x"], '[null,"x"]'),
        (SqlMap(STRING, INTEGER), {"b": 1, "a": None}, '{"a":null,"b":1}'),
        (SqlMap(INTEGER, INTEGER), {10: 1, 9: 2}, '{"10":1,"9":2}'),
        (PERSON, {"b": None, "A": [0], "é": {"k": 60_000}}, '{"A":["1970-01-01"],"b":null,"é":{"k":"00:01"}}'),
        (PERSON, None, "null"),
        (None, None, "null"),
    ],
)
def test_values_as_json(kind: SqlType | None, value: Any, expected: str) -> None:
    assert builtins().scalar("TO_JSON_STRING", [kind]).function(value) == expected
