"""CORRELATION."""

from minisql.functions.registry import aggregate
from minisql.java import divide, square_root

State = tuple[float, float, float, float, float, int]
"""The sums of x, y, x², y², xy, and their number."""


@aggregate(
    "correlation(val1 DOUBLE, val2 DOUBLE) -> DOUBLE",
    "correlation(val1 INT, val2 INT) -> DOUBLE",
    "correlation(val1 BIGINT, val2 BIGINT) -> DOUBLE",
    intermediate=("STRUCT<X_SUM DOUBLE, Y_SUM DOUBLE, X_SQUARED_SUM DOUBLE, Y_SQUARED_SUM DOUBLE, XY_SUM DOUBLE, COUNT BIGINT>"),
)
class Correlation:
    """The Pearson correlation coefficient of two columns; rows in which either is NULL do not count."""

    def initialize(self) -> State:
        return (0.0, 0.0, 0.0, 0.0, 0.0, 0)

    def aggregate(self, state: State, x: float | None, y: float | None) -> State:
        return state if x is None or y is None else _add(state, float(x), float(y))

    def merge(self, one: State, other: State) -> State:
        return (
            one[0] + other[0],
            one[1] + other[1],
            one[2] + other[2],
            one[3] + other[3],
            one[4] + other[4],
            one[5] + other[5],
        )

    def map(self, state: State) -> float:
        xs, ys, xxs, yys, xys, count = state
        spread = square_root((count * xxs - xs * xs) * (count * yys - ys * ys))
        return divide(count * xys - xs * ys, spread)

    def undo(self, state: State, x: float | None, y: float | None) -> State:
        return state if x is None or y is None else _remove(state, float(x), float(y))


def _add(state: State, x: float, y: float) -> State:
    xs, ys, xxs, yys, xys, count = state
    return (xs + x, ys + y, xxs + x * x, yys + y * y, xys + x * y, count + 1)


def _remove(state: State, x: float, y: float) -> State:
    xs, ys, xxs, yys, xys, count = state
    return (xs - x, ys - y, xxs - x * x, yys - y * y, xys - x * y, count - 1)
