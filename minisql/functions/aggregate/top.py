"""TOPK and TOPKDISTINCT."""

from collections.abc import Callable, Sequence
from typing import Any

from minisql.functions.order import sort_key
from minisql.functions.registry import aggregate
from minisql.functions.rules import array_of_first
from minisql.types import SqlArray, SqlStruct, SqlType

Ranked = tuple[tuple[Any, Any], ...]
"""The best results, best first, each behind the key by which it is compared."""


class _Ranking:
    key: Callable[[Any], Any]

    def __init__(self, count: int) -> None:
        self.count = count

    def bind_types(self, kinds: Sequence[SqlType | None]) -> None:
        """Values are compared in Java's order of their type."""
        self.key = sort_key(kinds[0])

    def initialize(self) -> Ranked:
        return ()

    def insert(self, state: Ranked, key: Any, result: Any) -> Ranked:
        """The state with ``result``, behind those that are as good, and without the worst when it was full."""
        if len(state) == self.count:
            if not state[-1][0] < key:
                return state
            state = state[:-1]
        at = sum(not other < key for other, _ in state)
        return (*state[:at], (key, result), *state[at:])

    def map(self, state: Ranked) -> list[Any]:
        return [result for _, result in state]


def _field(index: int) -> str:
    return f"col{index - 1}" if index else "sort_col"


def _results(kinds: Sequence[SqlType | None]) -> SqlType:
    """The values, or structs of all columns when there are several; the last argument is the number."""
    if len(kinds) == 2:
        return array_of_first(kinds)
    return SqlArray(SqlStruct(tuple((_field(index), kind) for index, kind in enumerate(kinds[:-1]) if kind)))


@aggregate(
    "TOPK(val1 INT, val2 ANY..., [k INT!]) -> ARRAY<S>",
    "TOPK(val1 BIGINT, val2 ANY..., [k INT!]) -> ARRAY<S>",
    "TOPK(val1 DOUBLE, val2 ANY..., [k INT!]) -> ARRAY<S>",
    "TOPK(val1 STRING, val2 ANY..., [k INT!]) -> ARRAY<S>",
    returns=_results,
)
class TopK(_Ranking):
    """The K greatest values of a column; with further columns, the rows that have them."""

    def aggregate(self, state: Ranked, value: Any, *others: Any) -> Ranked:
        if value is None:
            return state
        row = {_field(index): column for index, column in enumerate((value, *others))}
        return self.insert(state, self.key(value), row if others else value)

    def merge(self, one: Ranked, other: Ranked) -> Ranked:
        """The best of both; of equals those of ``one`` first."""
        best = sorted(one + other, key=_key, reverse=True)
        return tuple(best if self.count < 0 else best[: self.count])


def _key(ranked: tuple[Any, Any]) -> Any:
    return ranked[0]


@aggregate(
    *(
        f"TOPKDISTINCT(val1 {kind}, [k INT!]) -> ARRAY<{kind}>"
        for kind in ("INT", "BIGINT", "DOUBLE", "STRING", "DECIMAL", "DATE", "TIME", "TIMESTAMP", "BYTES")
    ),
    returns=array_of_first,
)
class TopKDistinct(_Ranking):
    """The K greatest distinct values of a column."""

    def aggregate(self, state: Ranked, value: Any) -> Ranked:
        if value is None:
            return state
        key = self.key(value)
        return state if any(key == other for other, _ in state) else self.insert(state, key, value)

    def merge(self, one: Ranked, other: Ranked) -> Ranked:
        for key, value in other:
            if all(key != known for known, _ in one):
                one = self.insert(one, key, value)
        return one
