"""EARLIEST_BY_OFFSET and LATEST_BY_OFFSET.

Within one group values come in the order of their offsets, so the state need not say when each came. Only where
groups are merged, in session windows, it must: those states hold a number that counts arrivals, as ksqlDB's do.
"""

import itertools
from collections.abc import Sequence
from typing import Any

from minisql.errors import KsqlError
from minisql.functions.registry import aggregate

arrivals = itertools.count()

Arrival = tuple[int, Any]
"""When a value came, and the value."""


def _at_least_one(count: int, name: str) -> int:
    if count < 1:
        raise KsqlError(f"{name} must be 1 or greater")
    return count


class EarliestInSession:
    """The first value, in session windows."""

    def __init__(self, ignore_nulls: bool = True) -> None:
        self.ignore_nulls = ignore_nulls

    def initialize(self) -> Arrival | None:
        return None

    def aggregate(self, state: Arrival | None, value: Any) -> Arrival | None:
        return state if state is not None or (value is None and self.ignore_nulls) else (next(arrivals), value)

    def merge(self, one: Arrival | None, other: Arrival | None) -> Arrival | None:
        return other if one is None else one if other is None or one[0] < other[0] else other

    def map(self, state: Arrival | None) -> Any:
        return None if state is None else state[1]


@aggregate(
    "EARLIEST_BY_OFFSET(val1 T) -> T",
    "EARLIEST_BY_OFFSET(val1 T, [ignoreNulls BOOLEAN!]) -> T",
    intermediate="STRUCT<SEQ BIGINT, VAL T>",
)
class Earliest:
    """The value that came first; NULLs do not count unless the last argument is FALSE."""

    def __init__(self, ignore_nulls: bool = True) -> None:
        self.ignore_nulls = ignore_nulls

    def mergeable(self) -> EarliestInSession:
        """The like of this for session windows."""
        return EarliestInSession(self.ignore_nulls)

    def initialize(self) -> tuple[Any] | None:
        return None

    def aggregate(self, state: tuple[Any] | None, value: Any) -> tuple[Any] | None:
        return state if state is not None or (value is None and self.ignore_nulls) else (value,)

    def map(self, state: tuple[Any] | None) -> Any:
        return None if state is None else state[0]


class LatestInSession:
    """The last value, in session windows."""

    def __init__(self, ignore_nulls: bool = True) -> None:
        self.ignore_nulls = ignore_nulls

    def initialize(self) -> Arrival:
        return (next(arrivals), None)

    def aggregate(self, state: Arrival, value: Any) -> Arrival:
        return state if value is None and self.ignore_nulls else (next(arrivals), value)

    def merge(self, one: Arrival, other: Arrival) -> Arrival:
        if self.ignore_nulls and (one[1] is None or other[1] is None):
            return other if one[1] is None and other[1] is not None else one
        return one if one[0] >= other[0] else other

    def map(self, state: Arrival) -> Any:
        return state[1]


@aggregate("LATEST_BY_OFFSET(val1 T) -> T", intermediate="STRUCT<SEQ BIGINT, VAL T>")
class Latest:
    """The value that came last; NULLs do not count unless the last argument is FALSE."""

    def mergeable(self) -> LatestInSession:
        """The like of this for session windows."""
        return LatestInSession()

    def initialize(self) -> Any:
        return None

    def aggregate(self, state: Any, value: Any) -> Any:
        return state if value is None else value


@aggregate("LATEST_BY_OFFSET(val1 T, [ignoreNulls BOOLEAN!]) -> T", intermediate="STRUCT<SEQ BIGINT, VAL T>")
class LatestOrNull:
    """The value that came last; FALSE says that it may be NULL."""

    def __init__(self, ignore_nulls: bool) -> None:
        self.ignore_nulls = ignore_nulls

    def mergeable(self) -> LatestInSession:
        """The like of this for session windows."""
        return LatestInSession(self.ignore_nulls)

    def initialize(self) -> Any:
        return None

    def aggregate(self, state: Any, value: Any) -> Any:
        return state if value is None and self.ignore_nulls else value


Values = tuple[Any, ...]


class SomeInSession:
    """The N first or last values, in session windows."""

    def __init__(self, count: int, ignore_nulls: bool, latest: bool) -> None:
        self.count = count
        self.ignore_nulls = ignore_nulls
        self.latest = latest

    def initialize(self) -> tuple[Arrival, ...]:
        return ()

    def aggregate(self, state: tuple[Arrival, ...], value: Any) -> tuple[Arrival, ...]:
        if (value is None and self.ignore_nulls) or (len(state) >= self.count and not self.latest):
            return state
        return (*state, (next(arrivals), value))[-self.count :]

    def merge(self, one: tuple[Arrival, ...], other: tuple[Arrival, ...]) -> tuple[Arrival, ...]:
        # ksqlDB keeps the N oldest of both, even where the N latest are asked for.
        return tuple(sorted(one + other, key=_when)[: self.count])

    def map(self, state: tuple[Arrival, ...]) -> list[Any]:
        return [value for _, value in state]


def _when(arrival: Arrival) -> int:
    return arrival[0]


@aggregate(
    "EARLIEST_BY_OFFSET(val1 T, [earliestN INT!]) -> ARRAY<T>",
    "EARLIEST_BY_OFFSET(val1 T, [earliestN INT!, ignoreNulls BOOLEAN!]) -> ARRAY<T>",
    intermediate="ARRAY<STRUCT<SEQ BIGINT, VAL T>>",
)
class EarliestSome:
    """The N values that came first."""

    def __init__(self, count: int, ignore_nulls: bool = True) -> None:
        self.count = _at_least_one(count, "earliestN")
        self.ignore_nulls = ignore_nulls

    def mergeable(self) -> SomeInSession:
        """The like of this for session windows."""
        return SomeInSession(self.count, self.ignore_nulls, latest=False)

    def initialize(self) -> Values:
        return ()

    def aggregate(self, state: Values, value: Any) -> Values:
        return state if len(state) >= self.count or (value is None and self.ignore_nulls) else (*state, value)

    def map(self, state: Sequence[Any]) -> list[Any]:
        return list(state)


@aggregate(
    "LATEST_BY_OFFSET(val1 T, [latestN INT!]) -> ARRAY<T>",
    "LATEST_BY_OFFSET(val1 T, [latestN INT!, ignoreNulls BOOLEAN!]) -> ARRAY<T>",
    intermediate="ARRAY<STRUCT<SEQ BIGINT, VAL T>>",
)
class LatestSome:
    """The N values that came last, oldest first."""

    def __init__(self, count: int, ignore_nulls: bool = True) -> None:
        self.count = _at_least_one(count, "latestN")
        self.ignore_nulls = ignore_nulls

    def mergeable(self) -> SomeInSession:
        """The like of this for session windows."""
        return SomeInSession(self.count, self.ignore_nulls, latest=True)

    def initialize(self) -> Values:
        return ()

    def aggregate(self, state: Values, value: Any) -> Values:
        return state if value is None and self.ignore_nulls else (*state, value)[-self.count :]

    def map(self, state: Sequence[Any]) -> list[Any]:
        return list(state)
