"""What the examples in docstrings leave out: bounds, NaN, types."""

import math
from decimal import Decimal
from typing import Any

import pytest

from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.functions.table import cube_explode, explode
from minisql.types import BIGINT, BYTES, DATE, DOUBLE, INTEGER, STRING, SqlArray, SqlDecimal, SqlType

MONEY = SqlDecimal(5, 2)


def value(name: str, types: list[SqlType], *values: Any) -> Any:
    return builtins().scalar(name, types).function(*values)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("LN", [0.0], -math.inf),
        ("EXP", [1e6], math.inf),
        ("SINH", [-1e6], -math.inf),
        ("COSH", [-1e6], math.inf),
        ("POWER", [0.0, -1.0], math.inf),
        ("POWER", [-0.0, -1.0], -math.inf),
        ("POWER", [-10.0, 999.0], -math.inf),
        ("POWER", [1.0, 0.0], 1.0),
        ("LOG", [2.0, 0.0], -math.inf),
        ("COT", [0.0], math.inf),
        ("CBRT", [27.0], 3.0),
        ("CBRT", [-5e-324], -1.7031839360032603e-108),
        ("SIGN", [math.nan], 0),
        ("CEIL", [-0.5], 0.0),
        ("FLOOR", [math.inf], math.inf),
        ("TRUNC", [1e300], 2**63 - 1),
        ("ROUND", [math.nan], 0),
    ],
)
def test_doubles(name: str, arguments: list[float], expected: float) -> None:
    assert value(name, [DOUBLE] * len(arguments), *arguments) == expected


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("LN", [-1.0]),
        ("SQRT", [-1.0]),
        ("ACOS", [2.0]),
        ("ASIN", [-2.0]),
        ("SIN", [math.inf]),
        ("TAN", [math.inf]),
        ("POWER", [-8.0, 1 / 3]),
        ("POWER", [1.0, math.nan]),
        ("POWER", [-1.0, math.inf]),
        ("LOG", [1.0, 5.0]),
        ("LOG", [0.0, 5.0]),
    ],
)
def test_not_a_number(name: str, arguments: list[float]) -> None:
    assert math.isnan(value(name, [DOUBLE] * len(arguments), *arguments))


def test_the_least_number_has_no_absolute_value() -> None:
    assert value("ABS", [INTEGER], -(2**31)) == -(2**31)
    assert value("ABS", [BIGINT], -(2**63)) == -(2**63)


@pytest.mark.parametrize(
    ("name", "types", "returns"),
    [
        ("ROUND", [INTEGER], BIGINT),
        ("ROUND", [DOUBLE], BIGINT),
        ("ROUND", [DOUBLE, INTEGER], DOUBLE),
        ("ROUND", [MONEY], SqlDecimal(3, 0)),
        ("ROUND", [MONEY, INTEGER], MONEY),
        ("TRUNC", [MONEY], SqlDecimal(3, 0)),
        ("CEIL", [MONEY], MONEY),
        ("CEIL", [INTEGER], INTEGER),
        ("ABS", [MONEY], MONEY),
        ("SIGN", [BIGINT], INTEGER),
        ("GREATEST", [MONEY, SqlDecimal(4, 3)], SqlDecimal(6, 3)),
        ("LEAST", [DATE, None, DATE], DATE),
        ("COALESCE", [STRING, STRING, None], STRING),
        ("IFNULL", [SqlArray(MONEY), SqlArray(MONEY)], SqlArray(MONEY)),
    ],
)
def test_types(name: str, types: list[SqlType], returns: SqlType) -> None:
    assert builtins().scalar(name, types).returns == returns


def test_null_for_the_only_further_argument_is_ambiguous() -> None:
    """It may be one more argument or an array of them: ksqlDB finds the variant twice, and gives up."""
    with pytest.raises(KsqlError, match="ambiguous"):
        builtins().scalar("COALESCE", [STRING, None])


def test_a_decimal_of_decimals_only_cannot_be_rounded_to_a_whole_number() -> None:
    with pytest.raises(KsqlError, match=r"DECIMAL precision must be >= 1: DECIMAL\(0,0\)"):
        builtins().scalar("ROUND", [SqlDecimal(2, 2)])


@pytest.mark.parametrize(
    ("types", "arguments", "expected"),
    [
        ([DOUBLE, INTEGER], [-1.5, 0], -1.0),
        ([DOUBLE, INTEGER], [5.0, -1], 10.0),
        ([DOUBLE, INTEGER], [-5.0, -1], -0.0),
        ([MONEY, INTEGER], [Decimal("-1.25"), 1], Decimal("-1.20")),
        ([MONEY, INTEGER], [Decimal("1.25"), 4], Decimal("1.25")),
        ([MONEY], [Decimal("-2.50")], Decimal("-2")),
    ],
)
def test_round(types: list[SqlType], arguments: list[Any], expected: Any) -> None:
    assert value("ROUND", types, *arguments) == expected


def test_which_null_arguments_are_errors() -> None:
    assert builtins().scalar("ROUND", [INTEGER]).parameters[0].required
    assert not builtins().scalar("ROUND", [DOUBLE]).parameters[0].required
    assert [one.required for one in builtins().scalar("GEO_DISTANCE", [DOUBLE] * 4 + [STRING]).parameters] == [True] * 4 + [False]


def test_greatest_ignores_nulls() -> None:
    assert value("GREATEST", [INTEGER] * 3, None, 3, 2) == 3
    assert value("LEAST", [STRING] * 2, None, None) is None
    assert math.isnan(value("GREATEST", [DOUBLE] * 2, math.nan, math.inf))


def test_explode_and_cube() -> None:
    assert explode(None) == []
    assert explode([1, None]) == [1, None]
    assert cube_explode(None) == []
    assert cube_explode([None, 1]) == [[None, None], [None, 1]]
    assert builtins().table_function("EXPLODE", [SqlArray(MONEY)]).returns == MONEY
    with pytest.raises(KsqlError, match="cube_explode: too many columns"):
        cube_explode([1] * 21)


def test_random_is_below_one() -> None:
    assert 0 <= value("RANDOM", []) < 1


def test_sizes_that_would_fill_the_memory() -> None:
    assert value("ROUND", [DOUBLE, INTEGER], 1.5, -(2**31)) == 0.0
    with pytest.raises(ValueError, match="Java heap space"):
        value("LPAD", [STRING, INTEGER, STRING], "a", 2**31 - 1, "b")
    with pytest.raises(ValueError, match="Java heap space"):
        value("RPAD", [BYTES, INTEGER, BYTES], b"a", 2**31 - 1, b"b")
