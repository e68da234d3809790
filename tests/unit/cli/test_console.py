"""Tables and boxes."""

from __future__ import annotations

import io

from minisql.cli.console import Console


def printed(width: int = 40) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(out, width), out


def test_table_is_as_wide_as_its_values() -> None:
    console, out = printed()
    console.table(["Name", "Windowed"], [["orders", False]], "The end.")
    assert out.getvalue().splitlines() == [
        " Name   | Windowed ",
        "-------------------",
        " orders | false    ",
        "-------------------",
        "The end.",
    ]


def test_rule_of_a_table_ends_with_the_line() -> None:
    console, out = printed(10)
    console.table(["Name"], [["a long name indeed"]])
    assert out.getvalue().splitlines()[1] == "-" * 10


def test_rows_of_a_query_stand_in_cells_and_wrap() -> None:
    console, out = printed(20)
    console.header(["ID", "TAGS"])
    console.row(["a", ["x", "yz"]])
    assert out.getvalue().splitlines() == [
        "+--------+--------+",
        "|ID      |TAGS    |",
        "+--------+--------+",
        "|a       |[x, yz] |",
    ]
    console.row([1e10, "123456789"])
    assert out.getvalue().splitlines()[-2:] == ["|1.0E10  |12345678|", "|        |9       |"]


def test_null_and_empty_values() -> None:
    console, out = printed(20)
    console.row([None, ""])
    assert out.getvalue() == "|null    |        |\n"


def test_long_text_is_wrapped_under_itself() -> None:
    console, out = printed(80)
    console.wrapped("Overview    : ", "word " * 20)
    first, second = out.getvalue().splitlines()
    assert first.startswith("Overview    : word")
    assert second.startswith(" " * 14 + "word")
    assert max(len(first), len(second)) <= 80
