"""Arithmetic: Java's, and BigDecimal's."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from minisql.codegen.errors import EvaluationError
from minisql.codegen.expressions import emit
from minisql.dialect import parse_expression
from minisql.errors import KsqlError
from minisql.types import DOUBLE, SqlDecimal
from tests.unit.codegen.conftest import Run, scope_of


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("i + 1", {"i": 2**31 - 1}, -(2**31)),
        ("b * b", {"b": 2**40}, 0),
        ("i * i * i", {"i": 3000}, 27_000_000_000 - 6 * 2**32),
        ("i * i + b", {"i": 65536, "b": 1}, 1),
        ("-i", {"i": -(2**31)}, -(2**31)),
        ("i / 2", {"i": -7}, -3),
        ("i % 3", {"i": -7}, -1),
        ("i / j", {"i": 7, "j": -2}, -3),
        ("i % j", {"i": 7, "j": -2}, 1),
        ("b / -1", {"b": -(2**63)}, -(2**63)),
        ("s + t", {"s": "a"}, "anull"),
        ("d * 2", {"d": 1.5}, 3.0),
        ("d % 2", {"d": -5.5}, -1.5),
        ("n + 1", {"n": Decimal("1.50")}, Decimal("2.50")),
        ("n * n", {"n": Decimal("-1.50")}, Decimal("2.2500")),
        ("n / 4", {"n": Decimal("1.00")}, Decimal("0.2500000000000")),
        ("n % 0.4", {"n": Decimal("1.50")}, Decimal("0.30")),
        ("-n", {"n": Decimal("0.00")}, Decimal("0.00")),
        ("n + d", {"n": Decimal("1.50"), "d": 1.0}, 2.5),
    ],
)
def test_results(run: Run, text: str, values: dict[str, Any], result: object) -> None:
    found = run(text, **values)
    assert (found, str(found)) == (result, str(result))


def test_division_of_doubles_by_zero(run: Run) -> None:
    assert run("d / 0", d=-1.0) == -math.inf
    assert math.isnan(run("d / e", d=0.0, e=0.0))
    assert math.isnan(run("d % e", d=1.0, e=0.0))


@pytest.mark.parametrize(
    "text", ["i + 1", "i / 2", "i % 2", "i / j", "-i", "+d", "d / e", "d % 2", "n + 1", "1 - n", "n / 2", "-n"]
)
def test_null_fails(run: Run, text: str) -> None:
    with pytest.raises(TypeError):
        run(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("i / 0", {"i": 1}),
        ("i % 0", {"i": 1}),
        ("n / 3", {"n": Decimal("1.00")}),
        ("n / 0", {"n": Decimal("1.00")}),
        ("n % 0.0", {"n": Decimal("1.00")}),
    ],
)
def test_what_has_no_result_fails(run: Run, text: str, values: dict[str, Any]) -> None:
    with pytest.raises((EvaluationError, ArithmeticError)):
        run(text, **values)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("n + n", SqlDecimal(5, 2)),
        ("n * n", SqlDecimal(9, 4)),
        ("n / n", SqlDecimal(11, 7)),
        ("n % n", SqlDecimal(4, 2)),
        ("n + i", SqlDecimal(13, 2)),
        ("b - n", SqlDecimal(22, 2)),
        ("n + d", DOUBLE),
        ("0.005", SqlDecimal(4, 3)),
        ("12.50", SqlDecimal(4, 2)),
    ],
)
def test_types_of_results(text: str, kind: object) -> None:
    assert emit(parse_expression(text), scope_of()).type == kind


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("i + null", "Error processing expression: (I + null). Arithmetic on types INTEGER and null are not supported."),
        ("true + 1.5", "Error processing expression: (true + 1.5). Unsupported arithmetic types. BOOLEAN DECIMAL"),
        ("s - 'x'", "Error processing expression: (S - 'x'). Unsupported arithmetic types. STRING STRING"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(KsqlError) as refused:
        emit(parse_expression(text), scope_of())
    assert refused.value.message == message
