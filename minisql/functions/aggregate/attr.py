"""ATTR."""

from typing import Any

from minisql.functions.registry import aggregate

State = tuple[tuple[Any, int], ...]
"""Each value that was ever there, with the number of rows that have it now."""


@aggregate("ATTR(val1 T) -> T", intermediate="ARRAY<STRUCT<VALUE T, COUNT INT>>")
class Attr:
    """The value that all rows of the group share; NULL when they differ. NULL is a value like others."""

    def initialize(self) -> State:
        return ()

    def aggregate(self, state: State, value: Any) -> State:
        return _add(state, value, 1)

    def merge(self, one: State, other: State) -> State:
        for value, count in other:
            one = _add(one, value, count)
        return one

    def map(self, state: State) -> Any:
        present = [value for value, count in state if count > 0]
        return present[0] if len(present) == 1 else None

    def undo(self, state: State, value: Any) -> State:
        return _add(state, value, -1)


def _add(state: State, value: Any, count: int) -> State:
    for at, (known, before) in enumerate(state):
        if known == value:
            return (*state[:at], (known, max(0, before + count)), *state[at + 1 :])
    return (*state, (value, count)) if count > 0 else state
