"""Arrays: what is in them, parts of them, their order."""

from collections.abc import Callable
from typing import Any

from minisql.functions.equality import on_keys
from minisql.functions.order import sort_key
from minisql.functions.registry import scalar
from minisql.functions.rules import Kinds, item_of_first
from minisql.java import wrap32
from minisql.types import BYTES, DOUBLE, STRING, SqlArray, SqlMap, SqlStruct, SqlType

CATEGORY = "ARRAY"

Values = list[Any]
Key = Callable[[Any], Any] | None


@scalar("ARRAY_LENGTH(array ARRAY<T>) -> INT")
def array_length(array: Values) -> int:
    """How many elements an array has.

    >>> ARRAY_LENGTH(ARRAY[1, NULL, 3])
    3
    """
    return len(array)


@scalar("ARRAY_CONTAINS(array ARRAY<T>, val T) -> BOOLEAN", nulls="pass", for_types=on_keys)
def array_contains(array: Values | None, value: Any) -> bool:
    """Whether an array has an element that equals a value; NULL equals NULL, and a NULL array has none.

    >>> ARRAY_CONTAINS(ARRAY[1, 2, 3], 3)
    True
    """
    return array is not None and value in array


@scalar("array_remove(array ARRAY<T>, victim T) -> ARRAY<T>", nulls="pass", for_types=on_keys)
def array_remove(array: Values | None, victim: Any) -> Values | None:
    """An array without the elements that equal a value.

    >>> ARRAY_REMOVE(ARRAY[1, 2, 3, 2, 1], 2)
    [1, 3, 1]
    """
    return None if array is None else [item for item in array if item != victim]


@scalar("slice(in ARRAY<T>, from INT, to INT) -> ARRAY<T>", nulls="pass")
def slice(array: Values | None, first: int | None, last: int | None) -> Values | None:
    """The elements from one position to another, counted from 1, both included; NULL stands for the end on its side.

    >>> SLICE(ARRAY['a', 'b', 'c', 'd'], 2, 3)
    ['b', 'c']
    >>> SLICE(ARRAY['a', 'b'], 2, 3)
    """
    if array is None:
        return None
    start = 0 if first is None else wrap32(first - 1)
    stop = len(array) if last is None else last
    if start < 0 or stop > len(array):
        return None
    if start > stop:
        raise ValueError(f"fromIndex({start}) > toIndex({stop})")
    return array[start:stop]


# -- order ---------------------------------------------------------------------------------------


def _key(kind: SqlType) -> Key:
    """What gives the sort key of a value; values without an order can only be alone."""
    if isinstance(kind, (SqlArray, SqlMap, SqlStruct)):
        return lambda value: object()
    return sort_key(kind) if kind in (STRING, BYTES, DOUBLE) else None


def _ordered(function: Callable[..., Any], kinds: Kinds) -> Callable[..., Any]:
    """The function with the order of the elements' type bound."""
    key = _key(item_of_first(kinds))
    return lambda array, *rest: function(array, *rest, key=key)


@scalar("array_max(input ARRAY<T>) -> T", for_types=_ordered)
def array_max(array: Values, key: Key) -> Any:
    """The greatest element of an array that is not NULL.

    >>> ARRAY_MAX(ARRAY[4, NULL, 9, 2])
    9
    """
    return max((item for item in array if item is not None), key=key, default=None)


@scalar("array_min(input ARRAY<T>) -> T", for_types=_ordered)
def array_min(array: Values, key: Key) -> Any:
    """The least element of an array that is not NULL.

    >>> ARRAY_MIN(ARRAY['foo', 'bar', NULL])
    'bar'
    """
    return min((item for item in array if item is not None), key=key, default=None)


DESCENDING = {"ASC": False, "ASCENDING": False, "DESC": True, "DESCENDING": True}
"""Direction, upper case -> whether it is downwards."""


@scalar("array_sort(input ARRAY<T>) -> ARRAY<T>", "array_sort(input ARRAY<T>, direction STRING) -> ARRAY<T>", for_types=_ordered)
def array_sort(array: Values, direction: str = "ASC", *, key: Key) -> Values | None:
    """The elements of an array in order, upwards or ('DESC') downwards; NULLs come last either way.

    The array itself is sorted, so that the column shows it sorted too.

    >>> ARRAY_SORT(ARRAY['foo', NULL, 'bar'])
    ['bar', 'foo', None]
    >>> ARRAY_SORT(ARRAY[1, 3, 2], 'DESC')
    [3, 2, 1]
    >>> ARRAY_SORT(ARRAY[1, 3, 2], 'sideways')
    """
    descending = DESCENDING.get(direction.upper())
    if descending is None:
        return None
    known = sorted((item for item in array if item is not None), key=key, reverse=descending)
    array[:] = known + [None] * (len(array) - len(known))
    return array
