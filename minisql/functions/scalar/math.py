"""Mathematics, on doubles as Java computes with them."""

import math
import random as python_random
from decimal import Decimal

from minisql.functions import ieee
from minisql.functions.registry import scalar
from minisql.functions.rules import first
from minisql.java import divide, square_root, wrap32, wrap64

CATEGORY = "MATHEMATICAL"


def numeric(signature: str) -> tuple[str, ...]:
    """The signature for each type that ksqlDB gives a variant of its own; ``{0}`` stands for the type."""
    return tuple(signature.format(kind) for kind in ("INT", "BIGINT", "DOUBLE"))


@scalar("Abs(val INT) -> INT")
def abs_integer(value: int) -> int:
    """The absolute value of a number; that of the least INT or BIGINT is itself, as in Java.

    >>> ABS(-7)
    7
    >>> ABS(-7.5)
    Decimal('7.5')
    """
    return wrap32(abs(value))


@scalar("Abs(val BIGINT) -> BIGINT")
def abs_bigint(value: int) -> int:
    """The absolute value of a BIGINT.

    >>> ABS(-9000000000)
    9000000000
    """
    return wrap64(abs(value))


@scalar("Abs(val DOUBLE) -> DOUBLE")
def abs_double(value: float) -> float:
    """The absolute value of a DOUBLE.

    >>> ABS(-1.5E0)
    1.5
    """
    return abs(value)


@scalar("Abs(val DECIMAL) -> DECIMAL", returns=first)
def abs_decimal(value: Decimal) -> Decimal:
    """The absolute value of a DECIMAL, of the same type.

    >>> ABS(-1.50)
    Decimal('1.50')
    """
    return value.copy_abs()


@scalar(*numeric("sign(value {0}) -> INT"))
def sign(value: float) -> int:
    """The sign of a number: 1, 0 or -1.

    >>> SIGN(-2.5E0)
    -1
    """
    return (value > 0) - (value < 0)


@scalar(*numeric("sqrt(value {0}) -> DOUBLE"))
def sqrt(value: float) -> float:
    """The square root of a number; NaN for negative ones.

    >>> SQRT(16)
    4.0
    """
    return square_root(value)


@scalar(*numeric("cbrt(value {0}) -> DOUBLE"))
def cbrt(value: float) -> float:
    """The cube root of a number.

    >>> CBRT(-27)
    -3.0
    """
    return ieee.cube_root(value)


@scalar(*numeric("exp(exponent {0}) -> DOUBLE"))
def exp(exponent: float) -> float:
    """Euler's number to the power of the argument.

    >>> EXP(0)
    1.0
    """
    return _exp(exponent)


_exp = ieee.total(math.exp)


@scalar(*numeric("ln(value {0}) -> DOUBLE"))
def ln(value: float) -> float:
    """The natural logarithm of a number.

    >>> LN(1)
    0.0
    """
    return ieee.log(value)


@scalar(*numeric("log(value {0}) -> DOUBLE"))
def log(value: float) -> float:
    """The logarithm to a base, LOG(base, value); with one argument it is the natural one.

    >>> LOG(1)
    0.0
    """
    return ieee.log(value)


@scalar(*numeric("log(base {0}, value {0}) -> DOUBLE"))
def log_to_base(base: float, value: float) -> float:
    """The logarithm of a value to a base; NaN for the bases 1, 0 and below.

    >>> LOG(2, 8)
    3.0
    """
    return math.nan if base <= 0 or base == 1 else divide(ieee.log(value), ieee.log(base))


@scalar(*numeric("power(base {0}, exponent {0}) -> DOUBLE"))
def power(base: float, exponent: float) -> float:
    """A base to the power of an exponent.

    >>> POWER(2, 10)
    1024.0
    """
    return ieee.power(base, exponent)


@scalar("pi() -> DOUBLE")
def pi() -> float:
    """An approximation of pi.

    >>> PI()
    3.141592653589793
    """
    return math.pi


@scalar("random() -> DOUBLE")
def random() -> float:
    """A random number from 0 up to, and without, 1."""
    return python_random.random()
