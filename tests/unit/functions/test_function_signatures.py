"""Signatures: what is read, and what is refused."""

import pytest

from minisql.functions.parameter_types import ANY_DECIMAL, Generic, text_of
from minisql.functions.signature import parse, parse_type
from minisql.types import BIGINT, INTEGER, STRING, SqlArray, SqlDecimal, SqlLambda, SqlMap, SqlStruct


def test_parameters() -> None:
    signature = parse("foo(a INT!, b STRING..., [k BIGINT]) -> DECIMAL")
    assert signature.name == "foo"
    assert [one.name for one in signature.parameters] == ["a", "b", "k"]
    assert [one.required for one in signature.parameters] == [True, False, False]
    assert [one.variadic for one in signature.parameters] == [False, True, False]
    assert [one.initial for one in signature.parameters] == [False, False, True]
    assert signature.returns == ANY_DECIMAL
    assert signature.variadic


def test_several_initial_parameters() -> None:
    signature = parse("foo(a T, [n INT!, flag BOOLEAN!]) -> ARRAY<T>")
    assert [one.initial for one in signature.parameters] == [False, True, True]
    assert signature.returns == SqlArray(Generic("T"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("VARCHAR", STRING),
        ("DECIMAL(10, 2)", SqlDecimal(10, 2)),
        ("MAP<STRING, ARRAY<INT>>", SqlMap(STRING, SqlArray(INTEGER))),
        ("STRUCT<a INT, `b c` BIGINT>", SqlStruct((("A", INTEGER), ("b c", BIGINT)))),
        ("STRUCT", SqlStruct(())),
        ("(T, INT) => R", SqlLambda((Generic("T"), INTEGER), Generic("R"))),
    ],
)
def test_types(text: str, kind: object) -> None:
    assert parse_type(text) == kind


@pytest.mark.parametrize("text", ["foo", "foo(a NUMBER)", "foo(a INT) -> INT INT", "foo(a ARRAY)"])
def test_what_is_no_signature(text: str) -> None:
    with pytest.raises(ValueError, match="signature"):
        parse(text)


def test_texts_are_those_of_parameters() -> None:
    assert text_of(parse_type("ARRAY<STRING>")) == "ARRAY<VARCHAR>"
    assert text_of(parse_type("MAP<K, INT>")) == "MAP<K, INT>"
    assert text_of(parse_type("DECIMAL(4, 2)")) == "DECIMAL"
    assert text_of(parse_type("INTERVALUNIT")) == "INTERVAL UNIT"
    assert text_of(parse_type("(K, V) => T")) == "LAMBDA (K, V) => T"
