"""HISTOGRAM."""

from minisql.functions.registry import aggregate

LIMIT = 1000

State = dict[str | None, int]


@aggregate("histogram(val1 STRING) -> MAP<STRING, BIGINT>")
class Histogram:
    """How often each value occurs, for at most 1000 values."""

    def initialize(self) -> State:
        return {}

    def aggregate(self, state: State, value: str | None) -> State:
        return {**state, value: state.get(value, 0) + 1} if len(state) < LIMIT or value in state else state

    def merge(self, one: State, other: State) -> State:
        merged = dict(one)
        for value, count in other.items():
            if len(merged) < LIMIT or value in merged:
                merged[value] = merged.get(value, 0) + count
        return merged

    def undo(self, state: State, value: str | None) -> State:
        """Count ``value`` once less; one that is not there is an error, as in ksqlDB."""
        left = dict(state)
        left[value] -= 1
        if left[value] < 1:
            del left[value]
        return left
