"""Reading and rewriting trees."""

from __future__ import annotations

from minisql.analyzer.trees import calls_in, column, column_name, columns_in, is_column, rewrite
from minisql.dialect import parse_expression, text


def test_variables_of_lambdas_are_no_columns() -> None:
    found = columns_in(parse_expression("TRANSFORM(A, X => X + B)"))
    assert [column_name(node) for node in found] == ["A", "B"]


def test_rewriting_leaves_the_tree_as_it_was() -> None:
    before = parse_expression("A + F(A, B)")
    after = rewrite(before, lambda node: column("C") if is_column(node) and column_name(node) == "A" else None)
    assert (text(before), text(after)) == ("(A + F(A, B))", "(C + F(C, B))")


def test_places_in_the_text_survive() -> None:
    node = rewrite(parse_expression("1 + AB"), lambda node: None)
    (found,) = columns_in(node)
    assert found.meta["column"] == 5


def test_outer_calls_come_first() -> None:
    assert [call.this for call in calls_in(parse_expression("F(G(1), H(2)) + I()"))] == ["F", "G", "H", "I"]
