"""Which differences of two JSON Schemas the registry finds, and which of them it minds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from minisql.formats.json_sr.compatibility import differences
from minisql.formats.json_sr.difference import COMPATIBLE, SENTENCES

INTEGER, STRING, NUMBER = {"type": "integer"}, {"type": "string"}, {"type": "number"}
LATER = "https://json-schema.org/draft/2020-12/schema"


def of(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **more}


def closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return of(properties, additionalProperties=False, **more)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (INTEGER, {}),
        (INTEGER, True),
        (False, INTEGER),
        (INTEGER, NUMBER),
        ({**STRING, "maxLength": 3}, {**STRING, "maxLength": 4}),
        ({**STRING, "minLength": 3}, STRING),
        ({**STRING, "pattern": "a"}, STRING),
        ({**INTEGER, "minimum": 3}, {**INTEGER, "minimum": 2}),
        ({**NUMBER, "multipleOf": 1.0}, {**NUMBER, "multipleOf": 0.25}),
        ({**NUMBER, "multipleOf": 0.5}, {**NUMBER, "multipleOf": 0.50}),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}),
        (STRING, {"oneOf": [{"type": "null"}, STRING]}),
        ({"oneOf": [STRING]}, STRING),
        ({"allOf": [STRING, {**STRING, "maxLength": 3}]}, STRING),
        ({"oneOf": [STRING, INTEGER]}, {"oneOf": [INTEGER, STRING]}),
        ({"oneOf": [STRING, INTEGER]}, {"anyOf": [INTEGER, STRING, {"type": "null"}]}),
        ({"oneOf": [STRING, INTEGER]}, {"oneOf": [NUMBER, {**STRING, "title": "t"}]}),
        ({"type": ["string", "null"]}, {"type": ["null", "string", "integer"]}),
        ({"not": NUMBER}, {"not": INTEGER}),
        (of({"a": INTEGER}), of({})),
        (of({}), of({"a": {}})),
        (closed({}), closed({"a": INTEGER})),
        (closed({}), closed({"a": {**INTEGER, "default": 1}}, required=["a"])),
        (closed({"a": False}), closed({})),
        (closed({}), of({})),
        (of({"a": INTEGER}, required=["a"]), of({"a": INTEGER})),
        (of({"a": INTEGER}), of({"a": {**INTEGER, "default": 0}}, required=["a"])),
        (of({}, additionalProperties=INTEGER), of({"a": INTEGER}, additionalProperties=INTEGER)),
        (of({"a_x": INTEGER}, patternProperties={"^a": INTEGER}), of({}, patternProperties={"^a": INTEGER})),
        (of({}, dependencies={"a": ["b", "c"]}), of({}, dependencies={"a": ["b"]})),
        (of({}, maxProperties=2), of({}, maxProperties=3)),
        ({"type": "array", "items": [STRING], "additionalItems": False}, {"type": "array", "items": [STRING, STRING]}),
        ({"type": "array", "items": [STRING, STRING]}, {"type": "array", "items": [STRING]}),
        ({"type": "array", "items": INTEGER, "uniqueItems": True}, {"type": "array", "items": NUMBER}),
        ({**STRING, "connect.type": "bytes"}, {**NUMBER, "connect.type": "bytes"}),
        ({**of({}), "$schema": LATER, "unevaluatedProperties": False}, {**of({}), "$schema": LATER}),
    ],
)
def test_what_fits(older: Any, newer: Any) -> None:
    assert differences(older, {}, newer, {}) == []


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (INTEGER, STRING, ["TYPE_CHANGED #/"]),
        ({}, STRING, ["TYPE_CHANGED #/"]),
        (NUMBER, INTEGER, ["TYPE_NARROWED #/"]),
        (STRING, {**STRING, "maxLength": 4}, ["MAX_LENGTH_ADDED #/maxLength"]),
        ({**STRING, "minLength": 1}, {**STRING, "minLength": 2}, ["MIN_LENGTH_INCREASED #/minLength"]),
        ({**STRING, "pattern": "a"}, {**STRING, "pattern": "b"}, ["PATTERN_CHANGED #/pattern"]),
        (
            {**INTEGER, "exclusiveMaximum": 9},
            {**INTEGER, "exclusiveMaximum": 8},
            ["EXCLUSIVE_MAXIMUM_DECREASED #/exclusiveMaximum"],
        ),
        ({**INTEGER, "multipleOf": 2}, {**INTEGER, "multipleOf": 4}, ["MULTIPLE_OF_EXPANDED #/multipleOf"]),
        ({**INTEGER, "multipleOf": 2}, {**INTEGER, "multipleOf": 3}, ["MULTIPLE_OF_CHANGED #/multipleOf"]),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, ["ENUM_ARRAY_NARROWED #/enum"]),
        ({"const": 1}, {"const": 2}, ["ENUM_ARRAY_CHANGED #/const"]),
        ({"oneOf": [STRING, INTEGER]}, {"oneOf": [STRING]}, ["SUM_TYPE_NARROWED #/"]),
        ({"allOf": [STRING]}, {"allOf": [STRING, {**STRING, "minLength": 0}]}, ["PRODUCT_TYPE_EXTENDED #/"]),
        (
            {"oneOf": [STRING, INTEGER]},
            {"oneOf": [STRING, {"type": "boolean"}]},
            ["COMBINED_TYPE_SUBSCHEMAS_CHANGED #/"],
        ),
        ({"anyOf": [STRING, INTEGER]}, {"allOf": [STRING, INTEGER]}, ["COMBINED_TYPE_CHANGED #/"]),
        ({"not": INTEGER}, {"not": NUMBER}, ["NOT_TYPE_EXTENDED #/not"]),
        (of({}), of({"a": INTEGER}), ["OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL #/properties/a"]),
        (of({}), of({"a": INTEGER}, required=["a"]), ["REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL #/properties/a"]),
        (
            of({}),
            of({"a": {**INTEGER, "default": 1}}, required=["a"]),
            ["REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL #/properties/a"],
        ),
        (closed({"a": INTEGER}), closed({}), ["PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL #/properties/a"]),
        (
            closed({}),
            closed({"a": INTEGER}, required=["a"]),
            ["REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL #/properties/a"],
        ),
        (of({}), closed({}), ["ADDITIONAL_PROPERTIES_REMOVED #/additionalProperties"]),
        (of({}), of({}, additionalProperties=INTEGER), ["ADDITIONAL_PROPERTIES_NARROWED #/additionalProperties"]),
        (
            of({}, additionalProperties=INTEGER),
            of({"a": STRING}, additionalProperties=INTEGER),
            ["TYPE_CHANGED #/properties/a", "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/properties/a"],
        ),
        (of({"a": INTEGER}), of({"a": INTEGER}, required=["a"]), ["REQUIRED_ATTRIBUTE_ADDED #/required/a"]),
        (of({"a": of({"b": INTEGER})}), of({"a": of({"b": STRING})}), ["TYPE_CHANGED #/properties/a/properties/b"]),
        (of({}), of({}, dependencies={"a": ["b"]}), ["DEPENDENCY_ARRAY_ADDED #/dependencies/a"]),
        (of({}), of({}, dependencies={"a": of({})}), ["DEPENDENCY_SCHEMA_ADDED #/dependencies/a"]),
        ({"type": "array", "items": NUMBER}, {"type": "array", "items": INTEGER}, ["TYPE_NARROWED #/items"]),
        ({"type": "array"}, {"type": "array", "items": INTEGER}, ["SCHEMA_ADDED #/items"]),
        (
            {"type": "array", "items": [STRING]},
            {"type": "array", "items": [STRING, INTEGER]},
            ["ITEM_ADDED_TO_OPEN_CONTENT_MODEL #/items/1"],
        ),
        ({"type": "array"}, {"type": "array", "uniqueItems": True}, ["UNIQUE_ITEMS_ADDED #/uniqueItems"]),
        (
            {**of({}), "$schema": LATER},
            {**of({}), "$schema": LATER, "unevaluatedProperties": False},
            ["UNEVALUATED_PROPERTIES_REMOVED #/unevaluatedProperties"],
        ),
    ],
)
def test_what_does_not_fit(older: Any, newer: Any, expected: list[str]) -> None:
    texts = differences(older, {}, newer, {})
    found = [f"{re.findall('errorType:.([A-Z_]+)', text)[0]}" for text in texts]
    assert found == [each.split()[0] for each in expected]
    for text, each in zip(texts, expected, strict=True):
        kind, path = each.split()
        if kind in SENTENCES:
            assert f"'{path}'" in text


def test_schemas_that_refer_to_themselves() -> None:
    def tree(leaf: Any) -> Any:
        return {
            "definitions": {"node": of({"next": {"$ref": "#/definitions/node"}, "leaf": leaf})},
            **of({"root": {"$ref": "#/definitions/node"}}),
        }

    assert differences(tree(INTEGER), {}, tree(NUMBER), {}) == []
    found = differences(tree(INTEGER), {}, tree(STRING), {})
    assert "'#/properties/root/properties/leaf'" in found[-1]


def test_a_property_that_a_sink_gains_is_refused() -> None:
    """ksqlDB registers objects that are open, so the registry's default level lets no column be added to a JSON_SR sink."""
    column = {"oneOf": [{"type": "null"}, STRING], "connect.index": 0}
    [text] = differences(of({"A": column}), {}, of({"A": column, "B": {**column, "connect.index": 1}}), {})
    assert text == (
        '{errorType:"OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", description:"The %s schema has an open content model '
        "and has a property or item at path '#/properties/B' which is missing in the %s schema'}"
    )


def test_every_kind_is_either_told_or_let_through() -> None:
    assert not COMPATIBLE.intersection(SENTENCES)
