"""Maps. Where their order shows, it is that of Java's ``HashMap``."""

from typing import Any

from minisql.functions.registry import scalar
from minisql.java import map_order

CATEGORY = "MAP"

Map = dict[Any, Any]


def entries_of(mapping: Map) -> list[tuple[Any, Any]]:
    """The entries in ksqlDB's order: that of a HashMap made for just so many entries, as it makes them when it reads one."""
    if len(mapping) < 2 or not all(key is None or isinstance(key, str) for key in mapping):
        return list(mapping.items())
    return [(key, mapping[key]) for key in map_order(mapping, 1)]


@scalar("AS_MAP(keys ARRAY<STRING>, values ARRAY<T>) -> MAP<STRING, T>")
def as_map(keys: list[Any], values: list[Any]) -> Map:
    """A map from an array of keys to an array of values; NULL is the value where there are too few.

    >>> AS_MAP(ARRAY['a', 'b'], ARRAY[1])
    {'a': 1, 'b': None}
    """
    return dict(zip(keys, values + [None] * (len(keys) - len(values)), strict=False))


@scalar("map_keys(input MAP<STRING, T>) -> ARRAY<STRING>")
def map_keys(mapping: Map) -> list[Any]:
    """The keys of a map.

    >>> MAP_KEYS(MAP('a' := 1, 'b' := 2))
    ['a', 'b']
    """
    return [key for key, _ in entries_of(mapping)]


@scalar("map_values(input MAP<STRING, T>) -> ARRAY<T>")
def map_values(mapping: Map) -> list[Any]:
    """The values of a map.

    >>> MAP_VALUES(MAP('a' := 1, 'b' := 2))
    [1, 2]
    """
    return [value for _, value in entries_of(mapping)]


@scalar("map_union(map1 MAP<STRING, T>, map2 MAP<STRING, T>) -> MAP<STRING, T>", nulls="pass")
def map_union(one: Map | None, other: Map | None) -> Map | None:
    """The entries of two maps; where both have a key, the second's value counts. A NULL map has no entries.

    >>> MAP_UNION(MAP('a' := 1, 'b' := 2), MAP('b' := 3))
    {'a': 1, 'b': 3}
    """
    return None if one is None and other is None else {**(one or {}), **(other or {})}
