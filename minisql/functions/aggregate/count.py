"""COUNT."""

from typing import Any

from minisql.functions.registry import aggregate


@aggregate("COUNT(val1 T) -> BIGINT")
class Count:
    """The number of rows in which the column is not NULL; COUNT(*) is that of all rows."""

    def initialize(self) -> int:
        return 0

    def aggregate(self, state: int, value: Any) -> int:
        return state if value is None else state + 1

    def merge(self, one: int, other: int) -> int:
        return one + other

    def undo(self, state: int, value: Any) -> int:
        return state if value is None else state - 1
