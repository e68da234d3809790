"""Entities as JSON, and as the tables of ksqlDB's command line."""

from __future__ import annotations

from typing import Any

import pytest

from minisql.results import Entity, command_status, field_info, schema_info
from minisql.schema import Column, Namespace
from minisql.types import BYTES, INTEGER, STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct


def test_keys_come_in_the_servers_order() -> None:
    entity = command_status("DROP STREAM S;", ("stream", "S", "drop"), "gone", 4, warnings=["careful"])
    assert list(entity.to_dict()) == [
        "@type",
        "statementText",
        "commandId",
        "commandStatus",
        "commandSequenceNumber",
        "warnings",
    ]
    assert entity.to_dict()["warnings"] == [{"message": "careful"}]


def test_an_answer_of_nothing() -> None:
    entity = Entity.nothing("SET 'a' = 'b';")
    assert not entity.answered
    assert entity.table() == ((), [])


def test_fields() -> None:
    assert field_info(Column("K", INTEGER, Namespace.KEY))["type"] == "KEY"
    assert "type" not in field_info(Column("V", INTEGER))
    header = field_info(Column("H", BYTES, Namespace.HEADERS, "trace"))
    assert (header["type"], header["headerKey"]) == ("HEADER", "trace")


PLAIN = {"fields": None, "memberSchema": None}


@pytest.mark.parametrize(
    ("kind", "info"),
    [
        (SqlArray(STRING), {"type": "ARRAY", "fields": None, "memberSchema": {"type": "STRING", **PLAIN}}),
        (SqlMap(STRING, INTEGER), {"type": "MAP", "fields": None, "memberSchema": {"type": "INTEGER", **PLAIN}}),
        (
            SqlStruct((("A", SqlDecimal(4, 2)),)),
            {
                "type": "STRUCT",
                "fields": [{"name": "A", "schema": {"type": "DECIMAL", **PLAIN, "parameters": {"precision": 4, "scale": 2}}}],
                "memberSchema": None,
            },
        ),
    ],
)
def test_types(kind: Any, info: dict[str, Any]) -> None:
    assert schema_info(kind) == info


def test_tables() -> None:
    assert command_status("", ("stream", "S", "drop"), "first\nsecond", 0).table() == (("Message",), [("first",)])
    bag = schema_info(SqlMap(STRING, SqlArray(SqlStruct((("A", STRING), ("B", SqlDecimal(4, 2)))))))
    assert Entity("type_list", "", {"types": {"BAG": bag}}).table() == (
        ("Type Name", "Schema"),
        [("BAG", "MAP<STRING, ARRAY<STRUCT<A VARCHAR(STRING), B DECIMAL(4, 2)>>>")],
    )
