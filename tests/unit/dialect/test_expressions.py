from __future__ import annotations

import pytest
from sqlglot import exp

from minisql.dialect import nodes, parse_expression, sql, text


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("a or b and c", "(A OR (B AND C))"),
        ("not a and b", "((NOT A) AND B)"),
        ("not a = b", "(NOT (A = B))"),
        ("a + b = c * d", "((A + B) = (C * D))"),
        ("a - b - c", "((A - B) - C)"),
        ("a + b * c", "(A + (B * C))"),
        ("a || b + c || d", "((A || (B + C)) || D)"),
        ("-a * b", "(-A * B)"),
        ("a * -b", "(A * -B)"),
        ("-a at time zone 'x'", "-A AT TIME ZONE 'x'"),
        ("a between 1 and 2 and b", "((A BETWEEN 1 AND 2) AND B)"),
        ("a[1]->b[c]", "A[1]->B[C]"),
        ("a->b || c", "(A->B || C)"),
        ("((a))", "A"),
        ("array[1][1]", "ARRAY[1][1]"),
    ],
)
def test_precedence(given: str, read: str) -> None:
    assert sql(parse_expression(given)) == read


def test_a_minus_before_a_number_is_a_part_of_it() -> None:
    assert parse_expression("- 1") == exp.Literal(this="-1", is_string=False)
    assert isinstance(parse_expression("-(1)"), exp.Neg)
    assert isinstance(parse_expression("a -1"), exp.Sub)


def test_words_of_the_grammar_are_names() -> None:
    assert parse_expression("key").name == "KEY"
    assert isinstance(parse_expression("map(a)"), exp.Anonymous)
    assert isinstance(parse_expression("map('a' := 1)"), nodes.MapConstructor)
    assert isinstance(parse_expression("struct(a)"), exp.Anonymous)
    assert isinstance(parse_expression("array[1]"), exp.Array)
    assert isinstance(parse_expression("`array`[1]"), exp.Bracket)


def test_units_of_time_are_arguments_where_they_are_no_names() -> None:
    days, day = parse_expression("f(days, day)").expressions
    assert isinstance(days, nodes.IntervalUnit)
    assert isinstance(day, exp.Column)


def test_the_star_of_a_call() -> None:
    assert parse_expression("count()").expressions == [exp.Star()]
    assert parse_expression("sum(*)").expressions == []


def test_names_fold_unless_quoted() -> None:
    column = parse_expression('a."b"')
    assert (column.args["table"].this, column.this.this, column.this.quoted) == ("A", "b", True)


def test_places_of_columns() -> None:
    column = parse_expression("1 +\n foo").expression
    assert {name: column.meta[name] for name in ("line", "column", "start", "end")} == {
        "line": 2,
        "column": 2,
        "start": 5,
        "end": 8,
    }


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a || 'x'", "concat(A, 'x')"),
        ("a is not distinct from b", "(NOT (A IS DISTINCT FROM B))"),
        ("`a b`->`c`", "a b->c"),
        ("-(1)", "-1"),
        ("1000e0", "1E3"),
        ("-1.50e-10", "-1.5E-10"),
        ("0e0", "0E0"),
        ("1.", "1"),
        (".5", "0.5"),
        ("1.50", "1.50"),
        ("0.0000001", "1E-7"),
        ("007", "7"),
        ("\"DECIMAL\" '1.50'", "1.50"),
        ("case when a then null end", "(CASE WHEN A THEN null END)"),
    ],
)
def test_text_in_messages(given: str, shown: str) -> None:
    assert text(parse_expression(given)) == shown
