"""Arrays: NULLs, Java's equality and order, bounds."""

import math
from typing import Any

import pytest

from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

POINT = SqlStruct((("X", INTEGER), ("Y", DOUBLE)))


def call(name: str, types: list[SqlType], *values: Any) -> Any:
    return builtins().scalar(name, types).function(*values)


@pytest.mark.parametrize(
    ("name", "item", "arrays", "expected"),
    [
        ("ARRAY_DISTINCT", SqlArray(INTEGER), [[[1], [2], [1], None]], [[1], [2], None]),
        ("ARRAY_DISTINCT", SqlMap(STRING, INTEGER), [[{"a": 1, "b": 2}, {"b": 2, "a": 1}]], [{"a": 1, "b": 2}]),
        (
            "ARRAY_DISTINCT",
            POINT,
            [[{"X": 1, "Y": 0.0}, {"X": 1, "Y": -0.0}, {"X": 1, "Y": 0.0}]],
            [{"X": 1, "Y": 0.0}, {"X": 1, "Y": -0.0}],
        ),
        ("ARRAY_UNION", SqlArray(STRING), [[["a"]], [["a"], ["b"]]], [["a"], ["b"]]),
        ("ARRAY_EXCEPT", DOUBLE, [[1.0, math.nan, 2.0], [float("nan"), 2.0]], [1.0]),
        ("ARRAY_EXCEPT", STRING, [["a", None, "a"], [None]], ["a"]),
        ("ARRAY_INTERSECT", DOUBLE, [[0.0, 1.0], [-0.0, 1.0]], [1.0]),
        ("ARRAY_CONCAT", INTEGER, [None, [1]], [1]),
        ("ARRAY_CONCAT", INTEGER, [None, None], None),
    ],
)
def test_sets(name: str, item: SqlType, arrays: list[Any], expected: Any) -> None:
    result = call(name, [SqlArray(item)] * len(arrays), *arrays)
    assert repr(result) == repr(expected)


@pytest.mark.parametrize(
    ("item", "array", "value", "found"),
    [
        (INTEGER, None, 1, False),
        (INTEGER, [1, None], None, True),
        (STRING, ["a"], "b", False),
        (DOUBLE, [0.0], -0.0, False),
        (DOUBLE, [float("nan")], math.nan, True),
        (SqlArray(DOUBLE), [[1.0], None], [1.0], True),
        (SqlArray(INTEGER), [[1], [2]], [3], False),
    ],
)
def test_what_is_in_an_array(item: SqlType, array: Any, value: Any, found: bool) -> None:
    assert call("ARRAY_CONTAINS", [SqlArray(item), item], array, value) is found


def test_remove() -> None:
    assert call("ARRAY_REMOVE", [SqlArray(INTEGER), INTEGER], [1, None, 2], None) == [1, 2]
    assert call("ARRAY_REMOVE", [SqlArray(INTEGER), INTEGER], None, 1) is None
    assert call("ARRAY_REMOVE", [SqlArray(SqlArray(DOUBLE)), SqlArray(DOUBLE)], [[1.0], [2.0]], [1.0]) == [[2.0]]
    assert call("ARRAY_REMOVE", [SqlArray(DOUBLE), DOUBLE], [0.0, -0.0], 0.0) == [-0.0]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (2, 3, [2, 3]),
        (None, 2, [1, 2]),
        (2, None, [2, 3]),
        (0, 2, None),
        (1, 4, None),
        (4, None, []),
        (3, 2, []),
    ],
)
def test_slice(first: int | None, last: int | None, expected: Any) -> None:
    assert call("SLICE", [SqlArray(INTEGER), INTEGER, INTEGER], [1, 2, 3], first, last) == expected


def test_slice_backwards_is_an_error() -> None:
    assert call("SLICE", [SqlArray(INTEGER), INTEGER, INTEGER], None, 1, 2) is None
    with pytest.raises(ValueError, match=r"fromIndex\(2\) > toIndex\(1\)"):
        call("SLICE", [SqlArray(INTEGER), INTEGER, INTEGER], [1, 2, 3], 3, 1)


@pytest.mark.parametrize(
    ("item", "values", "least", "greatest"),
    [
        (DOUBLE, [1.0, math.inf, math.nan], 1.0, math.nan),
        (DOUBLE, [0.0, -0.0], -0.0, 0.0),
        (STRING, ["\uffff", None, "😀"], "😀", "\uffff"),
        (BYTES, [b"\xff", b"\x01"], b"\xff", b"\x01"),
        (BOOLEAN, [True, False], False, True),
        (DATE, [None], None, None),
        (SqlArray(INTEGER), [[1], None], [1], [1]),
    ],
)
def test_extremes(item: SqlType, values: list[Any], least: Any, greatest: Any) -> None:
    assert repr(call("ARRAY_MIN", [SqlArray(item)], values)) == repr(least)
    assert repr(call("ARRAY_MAX", [SqlArray(item)], values)) == repr(greatest)


@pytest.mark.parametrize("item", [SqlArray(INTEGER), SqlMap(STRING, INTEGER), POINT])
def test_collections_have_no_order(item: SqlType) -> None:
    with pytest.raises(TypeError):
        call("ARRAY_SORT", [SqlArray(item)], [[1], [2]])


def test_sort() -> None:
    words = ["b", None, "😀", "a", "\uffff"]
    assert call("ARRAY_SORT", [SqlArray(STRING)], words) == ["a", "b", "😀", "\uffff", None]
    assert call("ARRAY_SORT", [SqlArray(STRING), STRING], words, "descending") == ["\uffff", "😀", "b", "a", None]
    assert words == ["\uffff", "😀", "b", "a", None]  # ksqlDB's sorts the array that it is given
    assert call("ARRAY_SORT", [SqlArray(STRING), STRING], words, "up") is None


def test_join() -> None:
    assert call("ARRAY_JOIN", [SqlArray(DOUBLE)], [1.0, 1e10, None]) == "1.0,1.0E10,null"
    assert call("ARRAY_JOIN", [SqlArray(STRING), STRING], ["a", "b"], None) == "ab"
    assert call("ARRAY_JOIN", [SqlArray(STRING), STRING], None, ",") is None
    assert call("ARRAY_JOIN", [SqlArray(DATE)], [None]) == "null"


@pytest.mark.parametrize(
    ("item", "value", "named"),
    [
        (DATE, 1, "java.sql.Date"),
        (BYTES, b"a", "java.nio.HeapByteBuffer"),
        (SqlArray(INTEGER), [1], "java.util.ArrayList"),
        (POINT, {"X": 1, "Y": 1.0}, "org.apache.kafka.connect.data.Struct"),
    ],
)
def test_what_cannot_be_joined(item: SqlType, value: Any, named: str) -> None:
    with pytest.raises(KsqlError) as caught:
        call("ARRAY_JOIN", [SqlArray(item)], [value])
    assert caught.value.message == f"error: hit element of type {named} which is currently not supported"


@pytest.mark.parametrize(
    ("kind", "arguments", "expected"),
    [
        (INTEGER, [2, 2], [2]),
        (INTEGER, [2, 0], [2, 1, 0]),
        (INTEGER, [0, 5, 2], [0, 2, 4]),
        (INTEGER, [5, 5, -3], [5]),
        (INTEGER, [-(2**31), 2**31 - 1], [-(2**31), 2**31 - 1]),
        (BIGINT, [2**40, 2**40 + 1], [2**40, 2**40 + 1]),
    ],
)
def test_series(kind: SqlType, arguments: list[int], expected: list[int]) -> None:
    assert call("GENERATE_SERIES", [kind, kind, INTEGER][: len(arguments)], *arguments) == expected


@pytest.mark.parametrize(("step", "problem"), [(0, "step cannot be zero"), (-1, "step has wrong sign")])
def test_steps_that_lead_nowhere(step: int, problem: str) -> None:
    with pytest.raises(KsqlError, match=f"GENERATE_SERIES {problem}"):
        call("GENERATE_SERIES", [INTEGER] * 3, 0, 5, step)


def test_types() -> None:
    money = SqlDecimal(5, 2)
    assert builtins().scalar("ARRAY_MAX", [SqlArray(money)]).returns == money
    assert builtins().scalar("SLICE", [SqlArray(money), INTEGER, None]).returns == SqlArray(money)
    entries = builtins().scalar("ENTRIES", [SqlMap(STRING, BIGINT), BOOLEAN])
    assert entries.returns == SqlArray(SqlStruct((("K", STRING), ("V", BIGINT))))
    assert [parameter.required for parameter in entries.parameters] == [False, True]
