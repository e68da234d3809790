"""COLLECT_LIST and COLLECT_SET: NULLs are collected too; a limit can be configured."""

from collections.abc import Mapping
from typing import Any

from minisql.functions.registry import aggregate
from minisql.types import INT_MAX

Values = list[Any]


def _limit(config: Mapping[str, Any], name: str) -> int:
    limit = int(config.get(f"ksql.functions.{name}.limit", INT_MAX))
    return INT_MAX if limit < 0 else limit


@aggregate("collect_list(val1 T) -> ARRAY<T>")
class CollectList:
    """All values of a column, in an array."""

    limit = INT_MAX

    def configure(self, config: Mapping[str, Any]) -> None:
        """Heed ``ksql.functions.collect_list.limit``: values beyond it are dropped."""
        self.limit = _limit(config, "collect_list")

    def initialize(self) -> Values:
        return []

    def aggregate(self, state: Values, value: Any) -> Values:
        return [*state, value] if len(state) < self.limit else state

    def merge(self, one: Values, other: Values) -> Values:
        return (one + other)[: self.limit]

    def undo(self, state: Values, value: Any) -> Values:
        """Without the last value that is equal to ``value``; a value beyond the limit never was there."""
        rest = state[::-1]
        try:
            rest.remove(value)
        except ValueError:
            return state
        rest.reverse()
        return rest


@aggregate("collect_set(val1 T) -> ARRAY<T>")
class CollectSet:
    """The distinct values of a column, in an array in the order of their first appearance."""

    limit = INT_MAX

    def configure(self, config: Mapping[str, Any]) -> None:
        """Heed ``ksql.functions.collect_set.limit``: values beyond it are dropped."""
        self.limit = _limit(config, "collect_set")

    def initialize(self) -> Values:
        return []

    def aggregate(self, state: Values, value: Any) -> Values:
        return [*state, value] if len(state) < self.limit and value not in state else state

    def merge(self, one: Values, other: Values) -> Values:
        return (one + [value for value in other if value not in one])[: self.limit]
