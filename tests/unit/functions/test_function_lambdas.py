"""Maps, and functions that take a lambda."""

from typing import Any

import pytest

from minisql.functions.registry import builtins
from minisql.types import BIGINT, BOOLEAN, INTEGER, STRING, SqlArray, SqlLambda, SqlMap, SqlType

NUMBERS = SqlMap(STRING, INTEGER)


def call(name: str, types: list[SqlType | None], *values: Any) -> Any:
    return builtins().scalar(name, types).function(*values)


def test_keys_and_values_come_in_the_order_of_a_hash_map_of_their_number() -> None:
    numbers = {"foo": 1, "bar": 2, "baz": 3}
    assert call("MAP_KEYS", [NUMBERS], numbers) == ["bar", "baz", "foo"]
    assert call("MAP_VALUES", [NUMBERS], numbers) == [2, 3, 1]
    assert call("ENTRIES", [NUMBERS, BOOLEAN], numbers, False)[0] == {"K": "bar", "V": 2}


def test_as_map() -> None:
    assert call("AS_MAP", [SqlArray(STRING), SqlArray(INTEGER)], ["a", "b", "a"], [1, 2]) == {"a": None, "b": 2}
    assert call("AS_MAP", [SqlArray(STRING), SqlArray(INTEGER)], ["a"], [1, 2]) == {"a": 1}


def test_map_union() -> None:
    assert call("MAP_UNION", [NUMBERS, NUMBERS], None, None) is None
    assert call("MAP_UNION", [NUMBERS, NUMBERS], None, {"a": 1}) == {"a": 1}
    assert call("MAP_UNION", [NUMBERS, NUMBERS], {"a": 1}, {"a": None}) == {"a": None}


def test_transform() -> None:
    halves = SqlLambda((INTEGER,), BIGINT)
    assert builtins().scalar("TRANSFORM", [SqlArray(INTEGER), halves]).returns == SqlArray(BIGINT)
    assert call("TRANSFORM", [SqlArray(INTEGER), halves], [2, 4], lambda x: None if x == 2 else x) == [None, 4]


def transformed(to_key: Any, to_value: Any) -> Any:
    keys, values = SqlLambda((STRING, INTEGER), STRING), SqlLambda((STRING, INTEGER), INTEGER)
    return call("TRANSFORM", [NUMBERS, keys, values], {"a": 1, "b": 2}, to_key, to_value)


def test_transform_of_a_map() -> None:
    assert transformed(lambda k, v: k * v, lambda k, v: -v) == {"a": -1, "bb": -2}
    with pytest.raises(ValueError, match=r"Duplicate key x \(attempted merging values 1 and 2\)"):
        transformed(lambda k, v: "x", lambda k, v: v)
    with pytest.raises(ValueError, match="NULL for the value of a"):
        transformed(lambda k, v: k, lambda k, v: None)


def test_filter() -> None:
    condition = SqlLambda((INTEGER,), BOOLEAN)
    assert call("FILTER", [SqlArray(INTEGER), condition], [1, None, 3], lambda x: x is not None) == [1, 3]
    with pytest.raises(ValueError, match="condition"):
        call("FILTER", [SqlArray(INTEGER), condition], [1], lambda x: None)


def test_filter_of_a_map_trips_over_a_null_that_it_keeps() -> None:
    condition = SqlLambda((STRING, INTEGER), BOOLEAN)
    assert call("FILTER", [NUMBERS, condition], {"a": 1, "b": None}, lambda k, v: k == "a") == {"a": 1}
    with pytest.raises(ValueError, match="NULL for the value of b"):
        call("FILTER", [NUMBERS, condition], {"a": 1, "b": None}, lambda k, v: True)


def test_reduce() -> None:
    types: list[SqlType | None] = [SqlArray(INTEGER), BIGINT, SqlLambda((BIGINT, INTEGER), BIGINT)]
    assert builtins().scalar("REDUCE", types).returns == BIGINT
    assert call("REDUCE", types, [1, 2], 10, lambda s, x: s - x) == 7
    assert call("REDUCE", types, None, 10, None) == 10
    assert call("REDUCE", types, [1], None, None) is None


def test_reduce_of_a_map_goes_in_the_order_of_its_keys() -> None:
    types: list[SqlType | None] = [NUMBERS, STRING, SqlLambda((STRING, STRING, INTEGER), STRING)]
    assert call("REDUCE", types, {"foo": 1, "bar": 2, "baz": 3}, "", lambda s, k, v: s + k) == "barbazfoo"
    assert call("REDUCE", types, None, "", None) == ""
    assert call("REDUCE", types, {"a": 1}, None, None) is None
