"""oneOf in JSON Schema: read as a STRUCT with a field for each choice, written as the one that is set."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minisql
from minisql.formats.json_sr.schema import JsonSchema

CHOICE = {"oneOf": [{"type": "null"}, {"type": "integer"}, {"type": "string"}, {"type": "array", "items": {"type": "boolean"}}]}
TREE = {
    "type": "object",
    "properties": {
        "ID": {"type": "integer"},
        "ONE": CHOICE,
        "MANY": {"type": "array", "items": CHOICE},
        "NAMED": {"type": "object", "additionalProperties": CHOICE, "connect.type": "map"},
    },
}
CHOSEN = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.lists(st.booleans(), max_size=2)
RECORDS = st.fixed_dictionaries(
    {
        "ID": st.integers(0, 9),
        "ONE": CHOSEN,
        "MANY": st.lists(CHOSEN, max_size=3),
        "NAMED": st.dictionaries(st.text(max_size=3), CHOSEN, max_size=3),
    }
)


@given(RECORDS)
def test_what_was_read_is_written_again(record: dict[str, Any]) -> None:
    parsed = JsonSchema(TREE)
    value = parsed.reader({})(json.dumps(record).encode())
    assert json.loads(parsed.writer(parsed.connect({}), {})(value)) == record


def test_a_sink_with_a_schema_of_somebody_else() -> None:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    registry = conn.schema_registry
    source = registry.register("a-value", TREE, "JSON")
    conn.execute(f"""
        CREATE STREAM a WITH (kafka_topic='a', partitions=1, value_format='JSON_SR', value_schema_id={source});
        CREATE STREAM b WITH (kafka_topic='b', value_schema_id={source}) AS SELECT * FROM a;
    """)
    records = [
        b'{"ID":1,"ONE":"x","MANY":[1,null,[true]],"NAMED":{"n":2}}',
        b'{"ID":2,"ONE":null,"MANY":[],"NAMED":{}}',
    ]
    for record in records:
        conn.topic("a").produce(b"\0\0\0\0\1" + record)
    # Without places of their own, properties are in the order of Java's hash table.
    written = [b'{"NAMED":{"n":2},"ONE":"x","ID":1,"MANY":[1,null,[true]]}', b'{"NAMED":{},"ONE":null,"ID":2,"MANY":[]}']
    assert [each.value for each in conn.topic("b").raw()] == [b"\0\0\0\0\1" + record for record in written]


def test_a_choice_that_has_to_be_made() -> None:
    parsed = JsonSchema({"type": "object", "properties": {"A": {"oneOf": CHOICE["oneOf"][1:]}}})
    schema = parsed.connect({})
    nothing = dict.fromkeys(name for name, _ in schema.fields[0][1].fields)
    with pytest.raises(minisql.KsqlError, match="null value for field that is required and has no default value"):
        parsed.writer(schema, {})({"A": nothing})
