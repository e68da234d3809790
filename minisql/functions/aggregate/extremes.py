"""MIN and MAX, in Java's order of each type."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from minisql.functions.registry import aggregate
from minisql.functions.rules import first
from minisql.java import bytes_less, text_less

T = TypeVar("T")


class _Extreme:
    """The state is the extreme value so far, None at first."""

    aggregate: ClassVar[Callable[..., Any]]

    def initialize(self) -> None:
        return None

    def merge(self, one: T, other: T) -> T:
        kept: T = self.aggregate(other, one)
        return kept


@aggregate(
    "MAX(val1 INT) -> INT",
    "MAX(val1 BIGINT) -> BIGINT",
    "MAX(val1 DECIMAL) -> DECIMAL",
    "MAX(val1 DATE) -> DATE",
    "MAX(val1 TIME) -> TIME",
    "MAX(val1 TIMESTAMP) -> TIMESTAMP",
    returns=first,
)
class Max(_Extreme):
    """The greatest value of a column; NULL when there is none."""

    def aggregate(self, state: Any, value: Any) -> Any:
        return state if value is None else value if state is None or value > state else state


@aggregate("MAX(val1 DOUBLE) -> DOUBLE")
class MaxDouble(_Extreme):
    """The greatest value of a DOUBLE column; NaN is greater than all others."""

    def aggregate(self, state: float | None, value: float | None) -> float | None:
        return state if value is None else value if state is None or value > state or value != value else state


@aggregate("MAX(val1 STRING) -> STRING")
class MaxString(_Extreme):
    """The greatest value of a STRING column."""

    def aggregate(self, state: str | None, value: str | None) -> str | None:
        return state if value is None else value if state is None or text_less(state, value) else state


@aggregate("MAX(val1 BYTES) -> BYTES")
class MaxBytes(_Extreme):
    """The greatest value of a BYTES column."""

    def aggregate(self, state: bytes | None, value: bytes | None) -> bytes | None:
        return state if value is None else value if state is None or bytes_less(state, value) else state


@aggregate(
    "MIN(val1 INT) -> INT",
    "MIN(val1 BIGINT) -> BIGINT",
    "MIN(val1 DECIMAL) -> DECIMAL",
    "MIN(val1 DATE) -> DATE",
    "MIN(val1 TIME) -> TIME",
    "MIN(val1 TIMESTAMP) -> TIMESTAMP",
    returns=first,
)
class Min(_Extreme):
    """The least value of a column; NULL when there is none."""

    def aggregate(self, state: Any, value: Any) -> Any:
        return state if value is None else value if state is None or value < state else state


@aggregate("MIN(val1 DOUBLE) -> DOUBLE")
class MinDouble(_Extreme):
    """The least value of a DOUBLE column; NaN is greater than all others."""

    def aggregate(self, state: float | None, value: float | None) -> float | None:
        return state if value is None else value if state is None or value < state or state != state else state


@aggregate("MIN(val1 STRING) -> STRING")
class MinString(_Extreme):
    """The least value of a STRING column."""

    def aggregate(self, state: str | None, value: str | None) -> str | None:
        return state if value is None else value if state is None or text_less(value, state) else state


@aggregate("MIN(val1 BYTES) -> BYTES")
class MinBytes(_Extreme):
    """The least value of a BYTES column."""

    def aggregate(self, state: bytes | None, value: bytes | None) -> bytes | None:
        return state if value is None else value if state is None or bytes_less(value, state) else state
