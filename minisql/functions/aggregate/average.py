"""AVG."""

from minisql.functions.registry import aggregate
from minisql.java import wrap32, wrap64

State = tuple[float, int]
"""The sum and the number of the values."""


@aggregate("avg(val1 DOUBLE) -> DOUBLE", intermediate="STRUCT<SUM DOUBLE, COUNT BIGINT>")
class Average:
    """The mean of the values of a column that are not NULL; 0 when there are none."""

    def initialize(self) -> State:
        return (0.0, 0)

    def aggregate(self, state: State, value: float | None) -> State:
        return state if value is None else (state[0] + value, state[1] + 1)

    def merge(self, one: State, other: State) -> State:
        return (one[0] + other[0], one[1] + other[1])

    def map(self, state: State) -> float:
        return float(state[0]) / state[1] if state[1] else 0.0

    def undo(self, state: State, value: float | None) -> State:
        return state if value is None else (state[0] - value, state[1] - 1)


WholeState = tuple[int, int]


@aggregate("avg(val1 BIGINT) -> DOUBLE", intermediate="STRUCT<SUM BIGINT, COUNT BIGINT>")
class AverageBigint:
    """The mean of the values of a BIGINT column."""

    def initialize(self) -> WholeState:
        return (0, 0)

    def aggregate(self, state: WholeState, value: int | None) -> WholeState:
        return state if value is None else (wrap64(state[0] + value), state[1] + 1)

    def merge(self, one: WholeState, other: WholeState) -> WholeState:
        return (wrap64(one[0] + other[0]), one[1] + other[1])

    def map(self, state: WholeState) -> float:
        return float(state[0]) / state[1] if state[1] else 0.0

    def undo(self, state: WholeState, value: int | None) -> WholeState:
        return state if value is None else (wrap64(state[0] - value), state[1] - 1)


@aggregate("avg(val1 INT) -> DOUBLE", intermediate="STRUCT<SUM INT, COUNT BIGINT>")
class AverageInteger:
    """The mean of the values of an INT column; their sum is kept in 32 bits, as in ksqlDB."""

    def initialize(self) -> WholeState:
        return (0, 0)

    def aggregate(self, state: WholeState, value: int | None) -> WholeState:
        return state if value is None else (wrap32(state[0] + value), state[1] + 1)

    def merge(self, one: WholeState, other: WholeState) -> WholeState:
        return (wrap32(one[0] + other[0]), one[1] + other[1])

    def map(self, state: WholeState) -> float:
        return float(state[0]) / state[1] if state[1] else 0.0

    def undo(self, state: WholeState, value: int | None) -> WholeState:
        return state if value is None else (wrap32(state[0] - value), state[1] - 1)
