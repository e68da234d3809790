"""Predicates in disjunctive form."""

from __future__ import annotations

import pytest

from minisql.dialect import parse_expression, text
from minisql.planner.disjuncts import disjunctive, disjuncts


@pytest.mark.parametrize(
    ("predicate", "parts"),
    [
        ("A = 1", ["(A = 1)"]),
        ("A = 1 AND B = 2", ["((A = 1) AND (B = 2))"]),
        ("A = 1 AND (B = 2 OR C = 3)", ["((A = 1) AND (B = 2))", "((A = 1) AND (C = 3))"]),
        ("(A = 1 OR B = 2) AND (C = 3 OR D = 4)", [f"(({x}) AND ({y}))" for x in ("A = 1", "B = 2") for y in ("C = 3", "D = 4")]),
        ("A IN (1, 2, 3)", ["(A = 1)", "(A = 2)", "(A = 3)"]),
        ("A BETWEEN 1 AND 5", ["((A >= 1) AND (A <= 5))"]),
        ("NOT (A = 1 AND B = 2)", ["(NOT (A = 1))", "(NOT (B = 2))"]),
        ("NOT (NOT (A = 1))", ["(A = 1)"]),
        ("ROWTIME > '1970-01-02'", ["(ROWTIME > 86400000)"]),
    ],
)
def test_disjuncts(predicate: str, parts: list[str]) -> None:
    assert [text(part) for part in disjuncts(disjunctive(parse_expression(predicate)))] == parts
