"""Arrays as sets: what is in one of them, in both, in one but not in the other."""

from typing import Any

from minisql.functions.equality import on_keys
from minisql.functions.registry import scalar

CATEGORY = "ARRAY"

Values = list[Any]


@scalar("array_distinct(input ARRAY<T>) -> ARRAY<T>", for_types=on_keys)
def array_distinct(array: Values) -> Values:
    """The distinct elements of an array, NULL among them, in the order of their first appearance.

    >>> ARRAY_DISTINCT(ARRAY[1, 2, NULL, 2, NULL])
    [1, 2, None]
    """
    return list(dict.fromkeys(array))


@scalar("array_union(left ARRAY<T>, right ARRAY<T>) -> ARRAY<T>", for_types=on_keys)
def array_union(left: Values, right: Values) -> Values:
    """The distinct elements of two arrays: those of the first, then what the second adds.

    >>> ARRAY_UNION(ARRAY[1, 2], ARRAY[2, 3])
    [1, 2, 3]
    """
    return list(dict.fromkeys(left + right))


@scalar("array_intersect(left ARRAY<T>, right ARRAY<T>) -> ARRAY<T>", for_types=on_keys)
def array_intersect(left: Values, right: Values) -> Values:
    """The distinct elements that are in both arrays, in the order of the first.

    >>> ARRAY_INTERSECT(ARRAY[3, 1, 2], ARRAY[2, 3, 4])
    [3, 2]
    """
    wanted = set(right)
    return [item for item in dict.fromkeys(left) if item in wanted]


@scalar("array_except(left ARRAY<T>, right ARRAY<T>) -> ARRAY<T>", for_types=on_keys)
def array_except(left: Values, right: Values) -> Values:
    """The distinct elements of the first array that are not in the second.

    >>> ARRAY_EXCEPT(ARRAY[1, 2, 3, 1], ARRAY[2])
    [1, 3]
    """
    refused = set(right)
    return [item for item in dict.fromkeys(left) if item not in refused]


@scalar("array_concat(left ARRAY<T>, right ARRAY<T>) -> ARRAY<T>", nulls="pass")
def array_concat(left: Values | None, right: Values | None) -> Values | None:
    """The elements of the first array and then those of the second; a NULL array has none.

    >>> ARRAY_CONCAT(ARRAY[1, 2], ARRAY[2, 3])
    [1, 2, 2, 3]
    """
    return None if left is None and right is None else (left or []) + (right or [])
