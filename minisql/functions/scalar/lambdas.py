"""Functions that take a lambda: a Python callable here."""

from collections.abc import Callable
from functools import reduce as fold
from typing import Any

from minisql.functions.registry import scalar
from minisql.functions.scalar.maps import entries_of
from minisql.java import string_value

CATEGORY = "LAMBDA"

Lambda = Callable[..., Any]
Values = list[Any]
Map = dict[Any, Any]


def _collected(entries: list[tuple[Any, Any]]) -> Map:
    """The map of the entries, by the rules of Java's ``Collectors.toMap``."""
    result: Map = {}
    for key, value in entries:
        if value is None:
            raise ValueError(f"a map is not made with NULL for the value of {string_value(key)}")
        if key in result:
            values = f"{string_value(result[key])} and {string_value(value)}"
            raise ValueError(f"Duplicate key {string_value(key)} (attempted merging values {values})")
        result[key] = value
    return result


def _decided(verdict: bool | None) -> bool:
    """A lambda's BOOLEAN, which must not be NULL."""
    if verdict is None:
        raise ValueError("a condition of FILTER is NULL")
    return verdict


@scalar("transform(array ARRAY<T>, function (T) => R) -> ARRAY<R>")
def transform(array: Values, function: Lambda) -> Values:
    """The results of a lambda for each element of an array, or of two lambdas for the entries of a map.

    >>> TRANSFORM(ARRAY[1, 2, 3], x => x * 10)
    [10, 20, 30]
    """
    return [function(item) for item in array]


@scalar("transform(map MAP<K, V>, biFunction1 (K, V) => R, biFunction2 (K, V) => T) -> MAP<R, T>")
def transform_map(mapping: Map, to_key: Lambda, to_value: Lambda) -> Map:
    """The map whose keys are the results of the first lambda for each entry, and whose values those of the second.

    >>> TRANSFORM(MAP('a' := 1), (k, v) => CONCAT(k, '!'), (k, v) => v + 1)
    {'a!': 2}
    """
    return _collected([(to_key(key, value), to_value(key, value)) for key, value in entries_of(mapping)])


@scalar("filter(array ARRAY<T>, function (T) => BOOLEAN) -> ARRAY<T>")
def filter_array(array: Values, function: Lambda) -> Values:
    """The elements of an array, or the entries of a map, for which a lambda is true.

    >>> FILTER(ARRAY[1, 2, 3], x => x > 1)
    [2, 3]
    """
    return [item for item in array if _decided(function(item))]


@scalar("filter(map MAP<K, V>, biFunction (K, V) => BOOLEAN) -> MAP<K, V>")
def filter_map(mapping: Map, function: Lambda) -> Map:
    """The entries of a map for which a lambda is true.

    >>> FILTER(MAP('a' := 1, 'b' := 2), (k, v) => v > 1)
    {'b': 2}
    """
    return _collected([(key, value) for key, value in entries_of(mapping) if _decided(function(key, value))])


@scalar("reduce(list ARRAY<T>, initialState S, biFunction (S, T) => S) -> S", nulls="pass")
def reduce(array: Values | None, state: Any, function: Lambda) -> Any:
    """One value from an array or a map: a lambda gives the next state from the last one and an element or entry.

    >>> REDUCE(ARRAY[1, 2, 3], 10, (s, x) => s + x)
    16
    """
    return None if state is None else fold(function, array or (), state)


@scalar("reduce(map MAP<K, V>, initialState S, triFunction (S, K, V) => S) -> S", nulls="pass")
def reduce_map(mapping: Map | None, state: Any, function: Lambda) -> Any:
    """One value from a map: a lambda gives the next state from the last one, a key and a value.

    >>> REDUCE(MAP('a' := 1, 'b' := 2), 0, (s, k, v) => s + v)
    3
    """
    if state is None:
        return None
    for key, value in entries_of(mapping or {}):
        state = function(state, key, value)
    return state
