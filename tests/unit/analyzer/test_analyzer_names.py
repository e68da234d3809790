"""Generated column names."""

from __future__ import annotations

import pytest

from minisql.analyzer.names import AliasGenerator, synthetic_key
from minisql.dialect import parse_expression
from minisql.schema import Schema, schema_of
from minisql.types import INTEGER


def having(*names: str) -> Schema:
    return schema_of([], [(name, INTEGER) for name in names])


def test_expressions_are_numbered_from_zero() -> None:
    generator = AliasGenerator([having("A")])
    assert [generator.name_for(parse_expression("A + 1")) for _ in range(2)] == ["KSQL_COL_0", "KSQL_COL_1"]


def test_numbers_of_existing_columns_are_skipped() -> None:
    generator = AliasGenerator([having("KSQL_COL_0"), having("KSQL_COL_2")])
    assert [generator.name_for(parse_expression("1")) for _ in range(2)] == ["KSQL_COL_1", "KSQL_COL_3"]


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [(["S"], ["TOWN", "TOWN_1"]), (["TOWN"], ["TOWN_1", "TOWN_2"]), (["TOWN_1"], ["TOWN", "TOWN_2"])],
)
def test_fields_keep_their_name_until_it_is_taken(columns: list[str], wanted: list[str]) -> None:
    generator = AliasGenerator([having(*columns)])
    assert [generator.name_for(parse_expression("S->TOWN")) for _ in range(2)] == wanted


def test_synthetic_key_avoids_the_columns_of_all_sources() -> None:
    assert synthetic_key([having("A")]) == "ROWKEY"
    assert synthetic_key([having("ROWKEY"), having("ROWKEY_1")]) == "ROWKEY_2"
