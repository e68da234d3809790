"""Strings: code units, bounds, NULLs."""

import re
from typing import Any

import pytest

from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.functions.utf16 import is_wide, join_units, split_units
from minisql.types import BYTES, INTEGER, STRING, SqlType

SMILE = "\U0001f600"
HIGH, LOW = "\ud83d", "\ude00"
KINDS: dict[type, SqlType] = {str: STRING, int: INTEGER, bytes: BYTES, type(None): STRING}


def call(name: str, *values: Any) -> Any:
    """Call a function, resolved by the values' types."""
    return builtins().scalar(name, [KINDS[type(value)] for value in values]).function(*values)


@pytest.mark.parametrize("text", ["", "abc", "é", SMILE, f"a{SMILE}é", HIGH, LOW + HIGH])
def test_units_can_be_joined_again(text: str) -> None:
    units = split_units(text)
    assert len(units) == call("LEN", text)
    assert all(unit <= "\uffff" for unit in units)
    assert join_units(units) == text
    assert is_wide(text) == (SMILE in text)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("TRIM", ["\x01 \t a\u00a0 "], "a\u00a0"),
        ("INITCAP", ["  élan VITAL\u00a0x"], "Élan Vital\u00a0x"),
        ("INITCAP", ["\U00010428a"], "\U00010428a"),
        ("INITCAP", ["ßa"], "SSa"),
        ("LCASE", ["ΑΣ"], "ας"),
        ("UCASE", ["straße"], "STRASSE"),
        ("REPLACE", ["ab", "", "-"], "-a-b-"),
        ("CONCAT", [None, None], ""),
        ("CONCAT_WS", [",", None, "", "a"], ",a"),
        ("CONCAT_WS", [None, "a", "b"], None),
        ("ELT", [0, "a"], None),
        ("ELT", [1, None], None),
        ("FIELD", ["c", "a", "b"], 0),
        ("FIELD", ["b", None, "b"], 2),
        ("LEN", [SMILE], 2),
    ],
)
def test_strings(name: str, arguments: list[Any], expected: Any) -> None:
    assert call(name, *arguments) == expected


@pytest.mark.parametrize("values", [["a"], [b"a"]])
def test_a_separator_needs_something_to_separate(values: list[Any]) -> None:
    with pytest.raises(KsqlError, match=r"Function Concat_WS expects at least two input arguments\."):
        call("CONCAT_WS", *values)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0x1F600, SMILE),
        (0xD83D, HIGH),
        (-1, None),
        ("\\u00e9", "é"),
        ("\\ud83d\\ude00", SMILE),
        ("\\uuu+004bx\\n\\101\\q\\\\", "Kx\nAq\\"),
        ("\\u004b\\", "K"),
        ("\\u004", None),
        ("u0004b", None),
    ],
)
def test_characters(code: Any, expected: str | None) -> None:
    assert call("CHR", code) == expected


def test_a_broken_escape() -> None:
    with pytest.raises(KsqlError, match="Unable to parse unicode value: 00zz"):
        call("CHR", "\\u00zz")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["stream", 0], "stream"),
        (["stream", 7], ""),
        (["stream", -9], "stream"),
        (["stream", -3, 2], "ea"),
        (["stream", 0, 2], "st"),
        (["stream", 3, -1], ""),
        (["stream", 3, 99], "ream"),
        (["stream", 1, 2**31 - 1], "stream"),
        (["stream", 2, 2**31 - 1], ""),
        ([f"é{SMILE}x", 2, 2], SMILE),
        ([f"é{SMILE}x", 3], f"{LOW}x"),
        ([b"stream", -3], b"eam"),
        ([b"stream", -9, 2], b"st"),
        ([b"stream", 9, 2], b""),
    ],
)
def test_substrings(arguments: list[Any], expected: Any) -> None:
    assert call("SUBSTRING", *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["banana", "an"], 2),
        (["banana", "ana", 1, 2], 4),
        (["banana", "an", 3], 4),
        (["banana", "an", 1, 3], 0),
        (["banana", "an", 0], 0),
        (["banana", "an", 7], 0),
        (["banana", "an", 1, 0], 0),
        (["banana", "ana", -1], 4),
        (["banana", "ana", -1, 2], 2),
        (["banana", "ana", -1, 3], 0),
        (["banana", "an", -6], 0),
        (["banana", "", 2], 2),
        (["banana", "", -1], 7),
        ([f"{SMILE}x", "x"], 3),
        ([f"{SMILE}x", "x", -1], 3),
        ([None, "x"], 0),
        (["x", None], 0),
    ],
)
def test_places(arguments: list[Any], expected: int) -> None:
    assert call("INSTR", *arguments) == expected


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("LPAD", ["foo", 0, "x"], ""),
        ("LPAD", ["foo", -1, "x"], None),
        ("LPAD", ["foo", 5, ""], None),
        ("LPAD", ["", 3, "ab"], "aba"),
        ("LPAD", ["x", 3, SMILE], f"{SMILE}x"),
        ("LPAD", [SMILE, 1, "x"], HIGH),
        ("RPAD", ["foo", 2, "x"], "fo"),
        ("RPAD", ["foo", -1, "x"], None),
        ("RPAD", ["x", 2, SMILE], f"x{HIGH}"),
        ("LPAD", [b"foo", 2, b"x"], b"fo"),
        ("LPAD", [b"foo", 7, b"Bar"], b"BarBfoo"),
        ("LPAD", [b"foo", 7, b""], None),
        ("RPAD", [b"foo", 7, b"Bar"], b"fooBarB"),
        ("RPAD", [b"foo", -7, b"Bar"], None),
    ],
)
def test_padding(name: str, arguments: list[Any], expected: Any) -> None:
    assert call(name, *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["", ","], [""]),
        (["", ""], [""]),
        ([",", ","], ["", ""]),
        (["a$A$b", "$A$"], ["a", "b"]),
        ([SMILE, ""], [HIGH, LOW]),
        ([b"", b""], [b""]),
        ([b"ab", b""], [b"a", b"b"]),
        ([b"a--b-", b"-"], [b"a", b"", b"b", b""]),
    ],
)
def test_splitting(arguments: list[Any], expected: Any) -> None:
    assert call("SPLIT", *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["a=1=2;;b=;=c;d", ";", "="], {"a": "1", "b": "", "": "c"}),
        (["a=1", "", "="], None),
        (["a=1", ";", ""], None),
        (["a=1", "=", "="], None),
        (["", ";", "="], {}),
    ],
)
def test_splitting_to_maps(arguments: list[Any], expected: Any) -> None:
    assert call("SPLIT_TO_MAP", *arguments) == expected


def test_such_a_map_has_the_order_of_java() -> None:
    assert list(call("SPLIT_TO_MAP", "b=1,a=2,k1=3,k0=4", ",", "=")) == ["a", "b", "k0", "k1"]


def test_identifiers() -> None:
    one, other = call("UUID"), call("UUID")
    assert one != other
    assert re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one)
    assert call("UUID", b"short") is None


def test_digest_of_what_is_no_text() -> None:
    assert call("MD5", HIGH) == call("MD5", "?")
