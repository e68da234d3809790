"""Trigonometry, in radians."""

import math

from minisql.functions import ieee
from minisql.functions.registry import scalar
from minisql.functions.scalar.math import numeric
from minisql.java import divide

CATEGORY = "MATHEMATICAL"

_acos, _asin = ieee.total(math.acos), ieee.total(math.asin)
_sin, _cos, _tan = ieee.total(math.sin), ieee.total(math.cos), ieee.total(math.tan)
_cosh = ieee.total(math.cosh)


@scalar(*numeric("acos(value {0}) -> DOUBLE"))
def acos(value: float) -> float:
    """The inverse cosine of a number; NaN beyond 1.

    >>> ACOS(1)
    0.0
    """
    return _acos(value)


@scalar(*numeric("asin(value {0}) -> DOUBLE"))
def asin(value: float) -> float:
    """The inverse sine of a number; NaN beyond 1.

    >>> ASIN(0)
    0.0
    """
    return _asin(value)


@scalar(*numeric("atan(value {0}) -> DOUBLE"))
def atan(value: float) -> float:
    """The inverse tangent of a number.

    >>> ATAN(0)
    0.0
    """
    return math.atan(value)


@scalar(*numeric("atan2(y {0}, x {0}) -> DOUBLE"))
def atan2(y: float, x: float) -> float:
    """The angle of the point (x, y).

    >>> ATAN2(0, 1)
    0.0
    """
    return math.atan2(y, x)


@scalar(*numeric("cos(value {0}) -> DOUBLE"))
def cos(value: float) -> float:
    """The cosine of an angle.

    >>> COS(0)
    1.0
    """
    return _cos(value)


@scalar(*numeric("cosh(value {0}) -> DOUBLE"))
def cosh(value: float) -> float:
    """The hyperbolic cosine of a number.

    >>> COSH(0)
    1.0
    """
    return _cosh(value)


@scalar(*numeric("cot(value {0}) -> DOUBLE"))
def cot(value: float) -> float:
    """The cotangent of an angle; infinite at 0.

    >>> COT(0)
    inf
    """
    return divide(1.0, _tan(value))


@scalar(*numeric("degrees(value {0}) -> DOUBLE"))
def degrees(value: float) -> float:
    """An angle given in radians, in degrees.

    >>> DEGREES(PI())
    180.0
    """
    return math.degrees(value)


@scalar(*numeric("radians(value {0}) -> DOUBLE"))
def radians(value: float) -> float:
    """An angle given in degrees, in radians.

    >>> RADIANS(180)
    3.141592653589793
    """
    return math.radians(value)


@scalar(*numeric("sin(value {0}) -> DOUBLE"))
def sin(value: float) -> float:
    """The sine of an angle.

    >>> SIN(0)
    0.0
    """
    return _sin(value)


@scalar(*numeric("sinh(value {0}) -> DOUBLE"))
def sinh(value: float) -> float:
    """The hyperbolic sine of a number.

    >>> SINH(0)
    0.0
    """
    return ieee.sinh(value)


@scalar(*numeric("tan(value {0}) -> DOUBLE"))
def tan(value: float) -> float:
    """The tangent of an angle.

    >>> TAN(0)
    0.0
    """
    return _tan(value)


@scalar(*numeric("tanh(value {0}) -> DOUBLE"))
def tanh(value: float) -> float:
    """The hyperbolic tangent of a number.

    >>> TANH(0)
    0.0
    """
    return math.tanh(value)
