from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.dialect import parse
from minisql.dialect.shapes import shape, slots


def test_a_shape_is_a_statement_without_its_literals() -> None:
    assert shape("INSERT INTO a (b, c) VALUES ('it''s', -1.5);") == (
        "INSERT INTO a (b, c) VALUES (?s, ?d);",
        ("it's", Decimal("-1.5")),
    )


def test_types_have_marks_of_their_own() -> None:
    given = "1, 2147483648, 9223372036854775808, 1.0, 1e0, 1e999, '1'"
    assert shape(given)[0] == "?i, ?l, ?overflow, ?d, ?f, ?overflow, ?s"


@pytest.mark.parametrize("text", ["a1", "1a", "`1`", '"1"', "-- 1", "/* '1' */", "a.b1", "${a1}"])
def test_what_is_no_literal_stays(text: str) -> None:
    assert shape(text) == (text, ())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("1, 'a', - 2.5", (0, 1, 2)),
        ("null, 1, true, a", (None, 0, None, None)),
        ("f(1), 2", None),
        ("1 - 2", None),
        ("- /* 1 */ 2", None),
        ("ARRAY[1]", None),
    ],
)
def test_slots(values: str, expected: tuple[int | None, ...] | None) -> None:
    text = f"INSERT INTO s VALUES ({values});"
    assert slots(parse(text), shape(text)[1]) == expected


@given(st.lists(st.one_of(st.text(), st.integers(-(2**63), 2**63 - 1), st.decimals(-(10**9), 10**9, places=2))))
def test_the_values_are_those_that_the_parser_reads(values: list[str | int | Decimal]) -> None:
    def written(value: str | int | Decimal) -> str:
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else f"{value:f}"

    text = "INSERT INTO s VALUES (" + ", ".join(["null", *map(written, values)]) + ");"
    found = shape(text)[1]
    assert slots(parse(text), found) == (None, *range(len(values)))
