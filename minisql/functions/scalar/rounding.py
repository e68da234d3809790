"""Rounding, in all its directions."""

import math
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from minisql.functions.registry import scalar
from minisql.functions.rules import first, without_decimals
from minisql.java import round_double, round_half_up, set_scale, to_long

CATEGORY = "MATHEMATICAL"

WHOLE = 2.0**53
"""Below it a double's whole part is exact."""


@scalar("Round(val BIGINT!) -> BIGINT", "Round(val INT!) -> BIGINT")
def round_whole(value: int) -> int:
    """Round to a number of decimal places, which may be negative; ties go towards positive infinity.

    >>> ROUND(7)
    7
    """
    return value


@scalar("Round(val DOUBLE) -> BIGINT")
def round_to_whole(value: float) -> int:
    """Round a double to a whole number.

    >>> ROUND(2.5E0)
    3
    >>> ROUND(-2.5E0)
    -2
    """
    return round_double(value)


BEYOND = 400
"""No double has so many digits: rounded to a unit of that size it is zero, as it is to any larger one."""


@scalar("Round(val DOUBLE, decimalPlaces INT) -> DOUBLE")
def round_to_places(value: float, places: int) -> float:
    """Round a double to some decimal places; zero has no sign, as in Java's BigDecimal.

    >>> ROUND(1234.5678E0, 2)
    1234.57
    >>> ROUND(1234.5678E0, -2)
    1200.0
    """
    return (
        round_to_unit(value, 10 ** min(-places, BEYOND))
        if places < 0
        else float(round_half_up(Decimal(repr(value)), places)) + 0.0
    )


def round_to_unit(value: float, unit: int) -> float:
    """Round to a multiple of a power of ten, ties up.

    Ties are whole numbers here, which doubles hold exactly: no decimal is needed to see on which side a value lies.
    """
    if -WHOLE < value < WHOLE:
        return float((math.floor(value) + unit // 2) // unit * unit)
    return float(round_half_up(Decimal(repr(value)), 1 - len(str(unit)))) + 0.0


@scalar("Round(val DECIMAL) -> DECIMAL", returns=without_decimals)
def round_decimal(value: Decimal) -> Decimal:
    """Round a decimal to a whole number.

    >>> ROUND(2.5)
    Decimal('3')
    """
    return round_half_up(value, 0)


@scalar("Round(val DECIMAL, decimalPlaces INT) -> DECIMAL", returns=first)
def round_decimal_to_places(value: Decimal, places: int) -> Decimal:
    """Round a decimal to some decimal places; its type keeps its scale.

    >>> ROUND(12.345, 1)
    Decimal('12.300')
    """
    return set_scale(round_half_up(value, places), scale_of(value))


@scalar("trunc(val BIGINT) -> BIGINT", "trunc(val INT) -> BIGINT")
def trunc_whole(value: int) -> int:
    """Cut a number off after some decimal places, which may be negative.

    >>> TRUNC(7)
    7
    """
    return value


@scalar("trunc(val DOUBLE) -> BIGINT")
def trunc_to_whole(value: float) -> int:
    """Cut a double off to a whole number.

    >>> TRUNC(-2.9E0)
    -2
    """
    return to_long(value)


@scalar("trunc(val DOUBLE, decimalPlaces INT) -> DOUBLE")
def trunc_to_places(value: float, places: int) -> float:
    """Cut a double off after some decimal places.

    >>> TRUNC(1234.5678E0, 1)
    1234.5
    """
    return float(set_scale(Decimal(repr(value)), places, ROUND_DOWN)) + 0.0  # decimals have no negative zero


@scalar("trunc(val DECIMAL) -> DECIMAL", returns=without_decimals)
def trunc_decimal(value: Decimal) -> Decimal:
    """Cut a decimal off to a whole number.

    >>> TRUNC(-2.9)
    Decimal('-2')
    """
    return set_scale(value, 0, ROUND_DOWN)


@scalar("trunc(val DECIMAL, decimalPlaces INT) -> DECIMAL", returns=first)
def trunc_decimal_to_places(value: Decimal, places: int) -> Decimal:
    """Cut a decimal off after some decimal places; its type keeps its scale.

    >>> TRUNC(12.345, 1)
    Decimal('12.300')
    """
    return set_scale(set_scale(value, places, ROUND_DOWN), scale_of(value))


@scalar("Ceil(val INT) -> INT", "Ceil(val BIGINT) -> BIGINT")
def ceil_whole(value: int) -> int:
    """The smallest whole number that is not below a number; the type stays.

    >>> CEIL(7)
    7
    """
    return value


@scalar("Ceil(val DOUBLE) -> DOUBLE")
def ceil_double(value: float) -> float:
    """The smallest whole number that is not below a double.

    >>> CEIL(1.2E0)
    2.0
    """
    return float(math.ceil(value)) if math.isfinite(value) else value


@scalar("Ceil(val DECIMAL) -> DECIMAL", returns=first)
def ceil_decimal(value: Decimal) -> Decimal:
    """The smallest whole number that is not below a decimal.

    >>> CEIL(1.25)
    Decimal('2.00')
    """
    return set_scale(set_scale(value, 0, ROUND_CEILING), scale_of(value))


@scalar("Floor(val INT) -> INT", "Floor(val BIGINT) -> BIGINT")
def floor_whole(value: int) -> int:
    """The largest whole number that is not above a number; the type stays.

    >>> FLOOR(7)
    7
    """
    return value


@scalar("Floor(val DOUBLE) -> DOUBLE")
def floor_double(value: float) -> float:
    """The largest whole number that is not above a double.

    >>> FLOOR(-1.2E0)
    -2.0
    """
    return float(math.floor(value)) if math.isfinite(value) else value


@scalar("Floor(val DECIMAL) -> DECIMAL", returns=first)
def floor_decimal(value: Decimal) -> Decimal:
    """The largest whole number that is not above a decimal.

    >>> FLOOR(-1.25)
    Decimal('-2.00')
    """
    return set_scale(set_scale(value, 0, ROUND_FLOOR), scale_of(value))


def scale_of(value: Decimal) -> int:
    """The number of decimals."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent
