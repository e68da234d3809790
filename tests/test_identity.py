"""Every form of ksqlDB's grammar is read, printed and read back: tests/cases/identity.sql, one statement a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from minisql.dialect import parse, sql

_LINES = (Path(__file__).parent / "cases" / "identity.sql").read_text(encoding="utf-8").splitlines()
_RULES = [number for number, line in enumerate(_LINES) if line.startswith("-- ")]
CANONICAL = _LINES[_RULES[0] + 1 : _RULES[1]]
OTHERS = _LINES[_RULES[1] + 1 :]


def tree(node: Any) -> Any:
    """The node as nested tuples, without places and without how names were quoted, for ksqlDB keeps neither."""
    if isinstance(node, list):
        return [tree(item) for item in node]
    if not isinstance(node, exp.Expr):
        return node
    ignored = {"quoted"} if isinstance(node, exp.Identifier) else set()
    return type(node).__name__, {name: tree(value) for name, value in node.args.items() if name not in ignored and value}


@pytest.mark.parametrize("line", CANONICAL)
def test_a_printed_statement_prints_the_same(line: str) -> None:
    assert sql(parse(line, test=True)) == line


@pytest.mark.parametrize("line", OTHERS)
def test_a_statement_prints_what_reads_as_the_same_tree(line: str) -> None:
    first = parse(line, test=True)
    assert tree(parse(sql(first), test=True)) == tree(first)


def test_each_line_is_there_once() -> None:
    assert len(set(_LINES)) == len(_LINES)
