"""Schemas that are tried with random records."""

import json

import pytest

from minisql.testing.corpus.case import PASSED
from minisql.testing.corpus.discover import read

RECORD = {
    "type": "record",
    "name": "r",
    "fields": [
        {"name": "whole", "type": ["null", "int"]},
        {"name": "choice", "type": ["null", "int", "string"]},
        {"name": "inner", "type": {"type": "record", "name": "i", "fields": [{"name": "text", "type": "string"}]}},
        {"name": "many", "type": {"type": "map", "values": {"type": "array", "items": "double"}}},
    ],
}


@pytest.mark.parametrize(
    ("format", "schema"),
    [
        ("AVRO", RECORD),
        (
            "JSON_SR",
            {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string"}}}},
        ),
    ],
)
def test_a_schema_is_tried_by_subject_and_by_id(format: str, schema, tmp_path) -> None:
    path = tmp_path / "schemas.json"
    path.write_text(json.dumps({"tests": [{"name": "s", "format": format, "schema": schema}]}))
    file = read(path)
    assert file is not None
    assert file.corpus == "schema-validation"
    assert [case.name for case in file.cases] == ["schemas - s", "schemas - s - by id"]
    assert [(case.run().status, case.run().message) for case in file.cases] == [(PASSED, "")] * 2
