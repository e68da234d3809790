"""Arrays, maps, structs and their parts; calls; what fails on its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import minisql
from minisql.codegen.expressions import emit
from minisql.dialect import parse_expression
from minisql.errors import KsqlError
from tests.unit.codegen.conftest import Run, scope_of


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("a[1]", {"a": [5]}, 5),
        ("a[2]", {"a": [5]}, None),
        ("a[0]", {"a": [5]}, None),
        ("a[-1]", {"a": [5, 6]}, 6),
        ("a[i]", {"a": [5, 6], "i": -3}, None),
        ("a[1]", {}, None),
        ("m['k']", {"m": {"k": 1}}, 1),
        ("m['x']", {"m": {"k": 1}}, None),
        ("m[1]", {"m": {"k": 1}}, None),
        ("m['k']", {}, None),
        ("st->x", {"st": {"X": 1, "Y": ""}}, 1),
        ("st->x", {}, None),
        ("array[1, i, '2.5']", {"i": 3}, [Decimal("1.0"), Decimal("3.0"), Decimal("2.5")]),
        ("map('a' := 1, s := i)", {"s": "b"}, {"a": 1, "b": None}),
        ("struct(p := i, q := 'x')", {"i": 1}, {"P": 1, "Q": "x"}),
        ("array[array[1], array[i]]", {"i": 2}, [[1], [2]]),
        ("abs(i)", {}, None),
        ("coalesce(i, j, 7)", {}, 7),
        ("transform(a, x => x + i)", {"a": [1, 2], "i": 10}, [11, 12]),
        ("reduce(a, 0, (s, x) => s + x)", {"a": [1, 2]}, 3),
        ("filter(a, x => x > 1)", {"a": [1, 2, None]}, [2]),
        ("transform(array[a], x => transform(x, y => cast(y as string)))", {"a": [1, 2]}, [["1", "2"]]),
        ("round(2.55, 1)", {}, Decimal("2.60")),
    ],
)
def test_results(run: Run, text: str, values: dict[str, Any], result: object) -> None:
    assert run(text, **values) == result


def test_a_null_index_fails(run: Run) -> None:
    with pytest.raises(TypeError):
        run("a[i]", a=[1])


def test_a_parameter_that_takes_no_null_fails_on_it(run: Run) -> None:
    with pytest.raises(Exception, match="an argument of GEO_DISTANCE is null"):
        run("geo_distance(d, 1, 2, 3)")


@pytest.mark.parametrize(
    ("text", "value", "failed"),
    [
        ("coalesce(cast(s as int), 0)", 0, ["INTEGER"]),
        ("array[cast(s as int), 1]", [None, 1], ["INTEGER"]),
        ("array[1 / i, 1]", [None, 1], ["array item"]),
        ("map('k' := 1 / i)", {"k": None}, ["map value"]),
        ("struct(x := 1 / i)", {"X": None}, ["struct field"]),
        ("coalesce(geo_distance(91, 0, 0, 0), 1e0)", 1.0, ["GEO_DISTANCE"]),
    ],
)
def test_what_fails_on_its_own(careful: Run, text: str, value: object, failed: list[str]) -> None:
    assert careful(text, s="x", i=0) == (value, failed)


def test_arithmetic_does_not(careful: Run) -> None:
    with pytest.raises(TypeError):
        careful("coalesce(i + 1, 0)")


def test_within_a_predicate_false_takes_the_place_of_what_fails(careful: Run) -> None:
    assert careful("coalesce(cast(s as boolean), true) = false", predicate=True, s="") == (True, [])
    with pytest.raises(Exception, match="cannot be cast"):
        careful("cast(s as int) is null", predicate=True, s="x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("st->z", "Could not find field 'Z' in 'ST'."),
        ("i->z", "Expected STRUCT type, got: INTEGER"),
        ("i[1]", "Subscript expression (I[1]) do not apply to INTEGER."),
        (
            "st['X']",
            "Subscript expression (ST['X']) do not apply to STRUCT<`X` INTEGER, `Y` STRING>."
            " Use the dereference operator for STRUCTS: ST->'X'",
        ),
        ("array[i, s]", "operator does not exist: INTEGER = STRING (S)\nHint: You might need to add explicit type casts."),
        ("struct(x := 1, x := 'a')", "Duplicate field names found in STRUCT: '`X` INTEGER' and '`X` STRING'"),
        (
            "transform(array[a], x => transform(x, x => x))",
            "Could not map type INTEGER to lambda variable X, X was already mapped to ARRAY<INTEGER>",
        ),
        ("nothing(i)", "Can't find any functions with the name 'NOTHING'"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    with pytest.raises(KsqlError) as refused:
        emit(parse_expression(text), scope_of())
    assert refused.value.message == message


def test_lists_of_nulls() -> None:
    with pytest.raises(KsqlError, match=r"^Cannot construct an array with all NULL elements"):
        emit(parse_expression("array[null]"), scope_of())
    with pytest.raises(KsqlError, match=r"^Cannot construct a map with all NULL values"):
        emit(parse_expression("map('a' := null)"), scope_of())


def test_constants_that_nobody_would_write_give_no_warning_of_python(recwarn: pytest.WarningsRecorder) -> None:
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        conn.execute("CREATE STREAM z (a INT) WITH (kafka_topic='z', format='json', partitions=1); INSERT INTO z VALUES (1);")
        found = conn.execute("SELECT CAST(NULL AS ARRAY<INT>)[1], CAST(NULL AS STRUCT<F INT>)->F FROM z EMIT CHANGES;").fetchall()
    assert found == [(None, None)]
    assert not list(recwarn)
