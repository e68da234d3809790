"""CREATE TYPE, DROP TYPE and SHOW TYPES."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.engine import Engine

Run = Callable[[str], dict[str, Any]]
Refusal = Callable[[str], str]


def test_register_and_use(run: Run, engine: Engine) -> None:
    answer = run("CREATE TYPE address AS STRUCT<street STRING, number INT>;")
    assert answer["commandId"] == "type/ADDRESS/create"
    assert answer["commandStatus"]["message"] == (
        "Registered custom type with name 'ADDRESS' and SQL type STRUCT<`STREET` STRING, `NUMBER` INTEGER>"
    )
    run("CREATE STREAM s (a ARRAY<address>) WITH (kafka_topic='t', value_format='json', partitions=1);")
    assert str(engine.metastore.sources["S"].schema) == "`A` ARRAY<STRUCT<`STREET` STRING, `NUMBER` INTEGER>>"


def test_show_types(run: Run) -> None:
    answer = run("CREATE TYPE money AS DECIMAL(9, 2); CREATE TYPE bag AS MAP<STRING, INT>; SHOW TYPES;")
    assert answer["types"] == {
        "MONEY": {"type": "DECIMAL", "fields": None, "memberSchema": None, "parameters": {"precision": 9, "scale": 2}},
        "BAG": {
            "type": "MAP",
            "fields": None,
            "memberSchema": {"type": "INTEGER", "fields": None, "memberSchema": None},
        },
    }


def test_a_name_is_taken_once(run: Run, refusal: Refusal) -> None:
    run("CREATE TYPE t AS INT;")
    assert refusal("CREATE TYPE t AS STRING;") == (
        "Cannot register custom type 'T' since it is already registered with type: INTEGER"
    )
    answer = run("CREATE TYPE IF NOT EXISTS t AS STRING;")
    assert answer["commandStatus"]["message"] == "T is already registered with type INTEGER"


def test_drop(run: Run, refusal: Refusal, engine: Engine) -> None:
    assert run("CREATE TYPE t AS INT; DROP TYPE t;")["commandStatus"]["message"] == "Dropped type 'T'"
    assert not engine.metastore.types
    assert refusal("DROP TYPE t;") == "Type T does not exist."
    assert run("DROP TYPE IF EXISTS t;")["commandStatus"]["message"] == "Type 'T' does not exist"
