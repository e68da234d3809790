"""STDDEV_SAMPLE and STDDEV_SAMP: the running variance of Youngs and Cramer.

STDDEV_SAMP gives the variance, whatever its name says; ksqlDB added STDDEV_SAMPLE to have the root taken.
"""

from collections.abc import Callable, Sequence
from typing import Any

from minisql.functions.registry import aggregate
from minisql.java import square_root, wrap32, wrap64
from minisql.types import BIGINT, INTEGER, SqlType

State = tuple[float, int, float]
"""The sum and the number of the values, and the sum of their squared deviations."""


WRAPS: dict[SqlType | None, Callable[[Any], Any]] = {INTEGER: wrap32, BIGINT: wrap64}


class Deviation:
    """The parts that STDDEV_SAMP and STDDEV_SAMPLE share."""

    wrap: Callable[[Any], Any] = float
    zero: float = 0.0

    def bind_types(self, kinds: Sequence[SqlType | None]) -> None:
        """Sums are kept in the column's type, and wrap in it."""
        if kinds[0] in WRAPS:
            self.wrap = WRAPS[kinds[0]]
            self.zero = 0

    def mean(self, state: State) -> float:
        """The mean of the values, which `merge` compares."""
        return float(state[0]) / state[1]

    def initialize(self) -> State:
        return (self.zero, 0, 0.0)

    def aggregate(self, state: State, value: float | None) -> State:
        if value is None:
            return state
        total, count, squares = state
        added = self.distance(state, value) ** 2 / ((count + 1) * count) if count > 0 else 0.0
        return (self.wrap(total + value), count + 1, added + squares)

    def distance(self, state: State, value: float) -> float:
        """How far ``value`` is from those that the state holds, times one more than their number."""
        return float(value * (state[1] + 1) - self.wrap(state[0] + value))

    def merge(self, one: State, other: State) -> State:
        squares = one[2] + other[2]
        count = one[1] + other[1]
        if one[1] and other[1]:
            distance = self.mean(one) - self.mean(other)
            squares += one[1] * other[1] * distance * distance / count
        return (self.wrap(one[0] + other[0]), count, squares)

    def undo(self, state: State, value: float | None) -> State:
        if value is None:
            return state
        total, count, squares = state
        # ksqlDB measures the distance as for a new value, though the state still holds this one.
        removed = self.distance(state, value) ** 2 / ((count - 1) * count) if count > 1 else 0.0
        return (self.wrap(total - value), count - 1, squares - removed)


@aggregate("STDDEV_SAMP(val1 DOUBLE) -> DOUBLE", intermediate="STRUCT<SUM DOUBLE, COUNT BIGINT, M2 DOUBLE>")
class Variance(Deviation):
    """The sample variance of a column (STDDEV_SAMPLE is the standard deviation); 0 for less than two values."""

    def map(self, state: State) -> float:
        return state[2] / (state[1] - 1) if state[1] > 1 else 0.0


@aggregate("STDDEV_SAMP(val1 BIGINT) -> DOUBLE", intermediate="STRUCT<SUM BIGINT, COUNT BIGINT, M2 DOUBLE>")
@aggregate("STDDEV_SAMP(val1 INT) -> DOUBLE", intermediate="STRUCT<SUM INT, COUNT BIGINT, M2 DOUBLE>")
class WholeVariance(Variance):
    """The sample variance of a column of whole numbers."""

    def mean(self, state: State) -> float:
        """The mean, cut off: ksqlDB divides whole numbers there."""
        mean = abs(int(state[0])) // state[1]
        return mean if state[0] >= 0 else -mean


@aggregate("STDDEV_SAMPLE(val1 DOUBLE) -> DOUBLE", intermediate="STRUCT<SUM DOUBLE, COUNT BIGINT, M2 DOUBLE>")
@aggregate("STDDEV_SAMPLE(val1 BIGINT) -> DOUBLE", intermediate="STRUCT<SUM BIGINT, COUNT BIGINT, M2 DOUBLE>")
@aggregate("STDDEV_SAMPLE(val1 INT) -> DOUBLE", intermediate="STRUCT<SUM INT, COUNT BIGINT, M2 DOUBLE>")
class StandardDeviation(Deviation):
    """The sample standard deviation of a column; 0 for less than two values."""

    def map(self, state: State) -> float:
        return square_root(state[2] / (state[1] - 1)) if state[1] > 1 else 0.0
