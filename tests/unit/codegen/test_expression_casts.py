"""The table of casts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from minisql.codegen.casts import WRITERS
from minisql.codegen.errors import EvaluationError
from minisql.codegen.expressions import emit
from minisql.dialect import parse_expression
from minisql.errors import KsqlError
from tests.unit.codegen.conftest import Run, scope_of


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("cast(b as int)", {"b": 2**31}, -(2**31)),
        ("cast(d as int)", {"d": 1e10}, 2**31 - 1),
        ("cast(d as bigint)", {"d": -1.9}, -1),
        ("cast(n as int)", {"n": Decimal("-1.99")}, -1),
        ("cast(d as decimal(3, 1))", {"d": 0.25}, Decimal("0.3")),
        ("cast(d as decimal(3, 1))", {"d": -0.01}, Decimal("0.0")),
        ("cast(s as decimal(3, 1))", {"s": " 1.25 "}, Decimal("1.3")),
        ("cast(n as decimal(3, 1))", {"n": Decimal("1.25")}, Decimal("1.3")),
        ("cast(i as decimal(4, 2))", {"i": 7}, Decimal("7.00")),
        ("cast(d as string)", {"d": 1e10}, "1.0E10"),
        ("cast(n as string)", {"n": Decimal("0.00")}, "0.00"),
        ("cast(f as string)", {"f": True}, "true"),
        ("cast(s as boolean)", {"s": " YE"}, True),
        ("cast(s as boolean)", {"s": "maybe"}, False),
        ("cast(s as int)", {"s": " +7"}, 7),
        ("cast(s as double)", {"s": "1e3"}, 1000.0),
        ("cast(s as bytes)", {"s": "YWI="}, b"ab"),
        ("cast(s as timestamp)", {"s": "1970-01-01T01"}, 3_600_000),
        ("cast(s as date)", {"s": "1970-02"}, 31),
        ("cast(s as time)", {"s": "00:01"}, 60_000),
        ("cast(ts as string)", {"ts": -1}, "1969-12-31T23:59:59.999"),
        ("cast(ts as date)", {"ts": -1}, -1),
        ("cast(ts as time)", {"ts": -1}, 86_399_999),
        ("cast(dt as timestamp)", {"dt": 1}, 86_400_000),
        ("cast(dt as string)", {"dt": 0}, "1970-01-01"),
        ("cast(tm as string)", {"tm": 3_600_123}, "01:00"),
        ("cast(a as array<string>)", {"a": [1, None]}, ["1", None]),
        ("cast(a as string)", {"a": [1, None]}, "[1, null]"),
        ("cast(m as map<string, bigint>)", {"m": {"k": None}}, {"k": None}),
        ("cast(m as string)", {"m": {"k": 1}}, "{k=1}"),
        ("cast(st as struct<y string, z int>)", {"st": {"X": 1, "Y": "y"}}, {"Y": "y", "Z": None}),
        ("cast(st as string)", {"st": {"X": 1, "Y": None}}, "Struct{X=1}"),
        ("cast(null as int)", {}, None),
        ("cast(i as string)", {}, None),
    ],
)
def test_results(run: Run, text: str, values: dict[str, Any], result: object) -> None:
    found = run(text, **values)
    assert (found, str(found)) == (result, str(result))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cast(s as int)", {"s": "1.0"}),
        ("cast(s as double)", {"s": "NaN"}),
        ("cast(i as decimal(3, 2))", {"i": 10}),
        ("cast(s as date)", {"s": "2021-02-29"}),
        ("cast(d as decimal(3, 2))", {"d": float("inf")}),
    ],
)
def test_values_that_cannot_be_cast(run: Run, text: str, values: dict[str, Any]) -> None:
    with pytest.raises((EvaluationError, KsqlError, ValueError)):
        run(text, **values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cast(i as boolean)", "Cast of INTEGER to BOOLEAN is not supported"),
        ("cast(b as timestamp)", "Cast of BIGINT to TIMESTAMP is not supported"),
        ("cast(a as array<boolean>)", "Cast of ARRAY<INTEGER> to ARRAY<BOOLEAN> is not supported"),
        ("cast(i as decimal(2, 3))", "Failed to prepare statement: DECIMAL precision must be >= scale: DECIMAL(2,3)"),
        ("cast(i as elsewhere)", "Failed to prepare statement: Cannot resolve unknown type: ELSEWHERE"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(KsqlError) as refused:
        emit(parse_expression(text), scope_of())
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("cast(array[f and f] as array<boolean>)", {"f": True}, [True]),
        ("cast(array[d, m['a']] as array<decimal(4, 2)>)", {"d": 1.5, "m": {"a": 1}}, [Decimal("1.50"), Decimal("1.00")]),
        ("cast(map('a' := i / j) as map<string, bigint>)", {"i": 7, "j": 2}, {"a": 3}),
        ("cast(struct(x := f and f) as struct<x boolean, y int>)", {"f": True}, {"X": True, "Y": None}),
        ("cast(array[struct(x := i / j)] as array<struct<x bigint, y int>>)", {"i": 7, "j": 2}, [{"X": 3, "Y": None}]),
    ],
)
def test_what_is_cast_within_may_be_any_expression(run: Run, text: str, values: dict[str, Any], result: object) -> None:
    """Python allows no walrus in what a comprehension goes over."""
    assert run(text, **values) == result


def test_there_are_as_many_casts_as_ksqldb_has() -> None:
    assert len(WRITERS) == 39
