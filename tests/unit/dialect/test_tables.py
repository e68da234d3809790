"""The tables of the dialect are complete: every node is read by some entry and printed by another."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from sqlglot import exp

from minisql.dialect import nodes, parse
from minisql.dialect.generator import KsqlGenerator
from minisql.dialect.parser import KsqlParser

_ABSTRACT = {
    nodes.Statement,
    nodes.Extension,
    nodes.CreateSource,
    nodes.CreateAsSelect,
    nodes.DropSource,
    nodes.QueryCommand,
    nodes.AssertSource,
}
NODES = [
    kind for _, kind in inspect.getmembers(nodes, inspect.isclass) if kind.__module__ == nodes.__name__ and kind not in _ABSTRACT
]
LINES = [
    line
    for line in (Path(__file__).parents[2] / "cases" / "identity.sql").read_text(encoding="utf-8").splitlines()
    if not line.startswith("-- ")
]


@pytest.fixture(scope="module")
def made() -> set[type]:
    """Every class of node that the parser makes of the lines of identity.sql."""
    return {type(node) for line in LINES for node in parse(line, test=True).walk()}


@pytest.mark.parametrize("kind", NODES)
def test_every_node_is_read(kind: type, made: set[type]) -> None:
    assert kind in made


@pytest.mark.parametrize("kind", NODES)
def test_every_node_is_printed(kind: type) -> None:
    assert kind in KsqlGenerator.TRANSFORMS


def test_whatever_the_parser_makes_is_printed(made: set[type]) -> None:
    assert made - set(KsqlGenerator.TRANSFORMS) == set()


def test_nothing_is_printed_that_the_parser_does_not_make(made: set[type]) -> None:
    assert set(KsqlGenerator.TRANSFORMS) - made == set()


@pytest.mark.parametrize(
    "table",
    ["STATEMENTS", "CREATABLES", "DROPPABLES", "ASSERTABLES", "ABSENCES", "DESCRIBABLES", "SHOWN", "PREDICATES", "WINDOWS"],
)
def test_every_entry_is_used(table: str) -> None:
    text = "\n".join(LINES).upper().split()
    assert [word for word in getattr(KsqlParser, table) if word not in text] == []


def test_no_function_is_known_to_the_parser() -> None:
    assert KsqlParser.FUNCTIONS == {}


def test_every_type_has_a_name() -> None:
    kinds = set(KsqlParser.PRIMITIVE_TYPES.values())
    assert {exp.DType.BOOLEAN, exp.DType.VARBINARY, exp.DType.VARCHAR} < kinds
