"""Comparisons and what is made of them: two-valued logic, as Java has it."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from minisql.codegen.errors import EvaluationError
from minisql.codegen.expressions import emit
from minisql.dialect import parse_expression
from minisql.errors import KsqlError
from tests.unit.codegen.conftest import Run, scope_of

TRUE: list[tuple[str, dict[str, Any]]] = [
    ("not (i = 1)", {}),
    ("not (i = j)", {}),
    ("not (i <> 1)", {}),
    ("i is distinct from 1", {}),
    ("i is not distinct from j", {}),
    ("d is distinct from e", {"e": 1.0}),
    ("not (d is distinct from e)", {}),
    ("not (d <> e)", {"d": math.nan, "e": 1.0}),
    ("b = 9007199254740992e0", {"b": 9007199254740993}),
    ("n = 1.5", {"n": Decimal("1.50")}),
    ("d = 0.1", {"d": 0.1}),
    ("d <> n", {"d": 1.25, "n": Decimal("1.24")}),
    ("dt < ts", {"dt": 1, "ts": 86_400_001}),
    ("dt = '1970-02'", {"dt": 31}),
    ("'10:00' = tm", {"tm": 36_000_000}),
    ("ts >= s", {"ts": 0, "s": "1970"}),
    ("s > t", {"s": "\ue000", "t": "\U0001f600"}),
    ("s < 'b'", {"s": "a\U0001f600"}),
    ("bs < bt", {"bs": b"\x80", "bt": b"\x00"}),
    ("a = array[1, 2]", {"a": [1, 2]}),
    ("ad <> array[0e0]", {"ad": [-0.0]}),
    ("st = st", {"st": {"X": 1, "Y": None}}),
    ("i between 1 and j", {"i": 2, "j": 2}),
    ("not (i between 1 and j)", {"i": 2}),
    ("i in (1, '2', 3)", {"i": 2}),
    ("i not in (1, 2)", {}),
    ("d in (1, 2.5)", {"d": 2.5}),
    ("n in (1, 2.5)", {"n": Decimal("2.50")}),
    ("s in ('x', null, t)", {"s": "t", "t": "t"}),
    ("s like 'a_c%'", {"s": "abcdef"}),
    ("s like t", {"s": "a%", "t": "a%"}),
    ("s like 'a!%' escape '!'", {"s": "a%"}),
    ("not (s like 'a%')", {"s": "a\n"}),
    ("s is null", {}),
    ("f or i = 1", {"f": False, "i": 1}),
]


@pytest.mark.parametrize(("text", "values"), TRUE)
def test_what_is_true(run: Run, text: str, values: dict[str, Any]) -> None:
    assert run(text, **values) is True


@pytest.mark.parametrize("operator", ["=", "<>", "<", "<=", ">", ">="])
@pytest.mark.parametrize("sides", [("i", "1"), ("1", "i"), ("i", "j"), ("s", "t"), ("d", "n"), ("ts", "'2020'"), ("b", "d")])
def test_a_comparison_with_null_is_false(run: Run, operator: str, sides: tuple[str, str]) -> None:
    assert run(f"{sides[0]} {operator} {sides[1]}") is False


@pytest.mark.parametrize("text", ["f and i = 1", "not f", "i = 1 or f", "case when f then 1 end", "s like 'a'", "'a' like s"])
def test_a_null_boolean_or_text_fails_as_an_operand(run: Run, text: str) -> None:
    with pytest.raises((EvaluationError, TypeError)):
        run(text)


def test_case_takes_one_branch_only(run: Run) -> None:
    text = "case when i = 0 then 0 when i > 0 then 10 / i else 1 / (i - i) end"
    assert run(text, i=0) == 0
    assert run(text, i=5) == 2
    assert run("case when i = 0 then 'x' end", i=1) is None


def test_long_chains(run: Run) -> None:
    assert run(" or ".join(f"i = {number}" for number in range(500)), i=499) is True
    assert run(" and ".join(f"i <> {number}" for number in range(500)), i=499) is False
    branches = " ".join(f"when i = {number} then {number}" for number in range(500))
    assert run(f"case {branches} else -1 end", i=499) == 499


def test_a_text_that_is_no_time_fails_with_the_row(run: Run) -> None:
    assert run("ts = 'soon'") is False
    with pytest.raises(KsqlError, match=r"^Failed to parse timestamp 'soon'"):
        run("ts = 'soon'", ts=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("i = s", "Cannot compare I (INTEGER) to S (STRING) with EQUAL."),
        ("a < a", "Cannot compare A (ARRAY<INTEGER>) to A (ARRAY<INTEGER>) with LESS_THAN."),
        ("tm = ts", "Cannot compare TM (TIME) to TS (TIMESTAMP) with EQUAL."),
        ("i = null", "Comparison with NULL not supported: INTEGER = NULL\nUse 'IS NULL' or 'IS NOT NULL' instead."),
        ("i in (1, true)", "operator does not exist: INTEGER = BOOLEAN (true)\nHint: You might need to add explicit type casts."),
        ("i in (1, 'x')", 'invalid input syntax for type INTEGER: "x".'),
        ("case when i then 1 end", "WHEN operand type should be boolean.\nType for 'I' is INTEGER"),
        ("case when f then null end", "Invalid Case expression. All case branches have NULL type"),
        (
            "case when f then 1 when f then 'x' end",
            "Invalid Case expression. Type for all 'THEN' clauses should be the same.\n"
            "THEN expression 'WHEN F THEN 'x'' has type: STRING.\nPrevious THEN expression(s) type: INTEGER.",
        ),
        (
            "case when f then 1 else 'x' end",
            "Invalid Case expression. Type for the default clause should be the same as for 'THEN' clauses.\n"
            "THEN type: INTEGER.\nDEFAULT type: STRING.",
        ),
    ],
)
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(KsqlError) as refused:
        _planned(text)
    assert refused.value.message == message


def _planned(text: str) -> None:
    """What is wrong is found by its types, or by the compiler."""
    scope = scope_of()
    for each in (scope.of_types(), scope):
        emit(parse_expression(text), each)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("not (s = 1)", {"s": "1"}, True),
        ("not (s = i)", {}, True),
        ("not (s <> 1)", {"s": "1"}, False),
        ("not (s is distinct from i)", {"s": "1", "i": 1}, False),
        ("not (s is distinct from i)", {}, True),
        ("not (a = ad)", {"a": [1], "ad": [1.0]}, True),
        ("not (n = s)", {"n": Decimal("1.5"), "s": "1.50"}, False),
        ("not (s < 1)", {}, True),
    ],
)
def test_what_stands_in_not_is_compared_whatever_its_types(run: Run, text: str, values: dict[str, Any], expected: bool) -> None:
    assert run(text, **values) is expected


def test_a_text_and_a_number_have_no_order(run: Run) -> None:
    with pytest.raises(EvaluationError):
        run("not (s < 1)", s="0")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not (a < a)", "Unexpected array comparison: <"),
        ("not (tm = ts)", "Unexpected comparison to TIME: TIMESTAMP"),
        ("not (dt = i)", "Unexpected comparison to DATE: INTEGER"),
        ("f between f and f", "Unexpected boolean comparison: >="),
    ],
)
def test_comparisons_for_which_no_code_is_written(text: str, message: str) -> None:
    with pytest.raises(KsqlError) as refused:
        emit(parse_expression(text), scope_of())
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "kind"), [("3", "int"), ("i + 1", "int"), ("-b", "long"), ("d * d", "double"), ("i = 1", "boolean")]
)
def test_what_is_a_number_or_boolean_in_java_is_not_compared_with_null(text: str, kind: str) -> None:
    with pytest.raises(KsqlError) as refused:
        emit(parse_expression(f"({text}) is null"), scope_of())
    assert refused.value.message == f'Cannot compare primitive type "{kind}" with "null"'


@pytest.mark.parametrize("text", ["s + s", "n + n", "cast(i + 1 as int)", "abs(i)", "case when f then 1 end", "a[1]", "null"])
def test_what_is_an_object_in_java_is(run: Run, text: str) -> None:
    assert run(f"({text}) is null", s="a", n=Decimal(1), i=1, f=True, a=[1]) is (text == "null")


def test_a_pattern_that_is_null_fails_with_the_row(run: Run) -> None:
    with pytest.raises(TypeError):
        run("s like cast(null as string)", s="a")
