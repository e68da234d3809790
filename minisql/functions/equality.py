"""When Java takes two values of a type for the same, as a key that Python can hash."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from minisql.functions.order import double_key
from minisql.functions.rules import Kinds, item_of_first
from minisql.types import DOUBLE, SqlArray, SqlMap, SqlStruct, SqlType

Key = Callable[[Any], Hashable]


def equality_key(kind: SqlType | None) -> Key | None:
    """What gives the key of a value; None where the value itself will do."""
    if kind == DOUBLE:
        return _double
    if isinstance(kind, SqlArray):
        return _array(kind)
    if isinstance(kind, (SqlMap, SqlStruct)):
        return _map(kind) if isinstance(kind, SqlMap) else _struct(kind)
    return None


def _double(value: float | None) -> Hashable:
    """Unlike in Python, NaN equals itself, and 0.0 is not -0.0."""
    return None if value is None else double_key(value)


def _itself(value: Any) -> Any:
    return value


def _array(kind: SqlArray) -> Key:
    key = equality_key(kind.item) or _itself
    return lambda items: None if items is None else tuple(map(key, items))


def _map(kind: SqlMap) -> Key:
    key, item = equality_key(kind.key) or _itself, equality_key(kind.value) or _itself
    return lambda mapping: None if mapping is None else frozenset((key(name), item(value)) for name, value in mapping.items())


def _struct(kind: SqlStruct) -> Key:
    keys = [(name, equality_key(item) or _itself) for name, item in kind.fields]
    return lambda struct: None if struct is None else tuple(key(struct[name]) for name, key in keys)


def on_keys(function: Callable[..., Any], kinds: Kinds) -> Callable[..., Any]:
    """For a function of an array, and of more arrays or values of its elements' type: one that is given the keys.

    It is the function itself where values are their own keys.
    """
    key = equality_key(item_of_first(kinds))
    if key is None:
        return function
    are_arrays = [kind == kinds[0] for kind in kinds]

    def call(*arguments: Any) -> Any:
        table = _Table(key)
        given = [
            table.all(given) if is_array else table.add(given) for given, is_array in zip(arguments, are_arrays, strict=True)
        ]
        result = function(*given)
        return [table.values[found] for found in result] if isinstance(result, list) else result

    return call


class _Table:
    """From keys back to the values that they were made from."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.values: dict[Hashable, Any] = {}

    def add(self, value: Any) -> Hashable:
        key = self.key(value)
        self.values.setdefault(key, value)
        return key

    def all(self, values: list[Any] | None) -> list[Hashable] | None:
        return None if values is None else [self.add(value) for value in values]
