"""JSON as Jackson writes it, and rows from what a program holds."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from minisql.errors import SerdeError
from minisql.formats import value_codec
from minisql.formats.info import FormatInfo, ValueFormat
from minisql.schema import Column
from minisql.types import BYTES, DATE, DOUBLE, INTEGER, STRING, TIME, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType


def codec_of(*kinds: SqlType, unwrapped: bool = False):
    columns = tuple(Column(name, kind) for name, kind in zip("ABCD", kinds, strict=False))
    return value_codec(ValueFormat(FormatInfo("JSON"), frozenset({"UNWRAP_SINGLES"} if unwrapped else ())), columns)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (DOUBLE, 1.0, "1.0"),
        (DOUBLE, -1234567.5, "-1234567.5"),
        (DOUBLE, 1e7, "1.0E7"),
        (DOUBLE, 0.0001, "1.0E-4"),
        (DOUBLE, float("nan"), '"NaN"'),
        (DOUBLE, float("-inf"), '"-Infinity"'),
        (SqlDecimal(4, 2), Decimal("1.50"), "1.50"),
        (SqlDecimal(4, 2), Decimal("-0.00"), "0.00"),
        (SqlDecimal(9, 8), Decimal("0.00000001"), "1E-8"),
        (STRING, 'a"\\\n\x1f', '"a\\"\\\\\\n\\u001F"'),
        (STRING, "\\u001f", '"\\\\u001f"'),
        (STRING, "é\U0001f600", '"é\\uD83D\\uDE00"'),
        (BYTES, b"\x00\xff", '"AP8="'),
        (SqlArray(DOUBLE), [1e10, None], "[1.0E10,null]"),
        (SqlMap(STRING, INTEGER), {"k": 1, None: None}, '{"k":1,"null":null}'),
        (SqlStruct((("F", INTEGER), ("g{}", STRING))), {"F": None, "g{}": "x"}, '{"F":null,"g{}":"x"}'),
        (SqlStruct(()), {}, "{}"),
    ],
)
def test_values_are_written_as_jackson_does(kind: SqlType, value, text: str) -> None:
    assert codec_of(kind).encode((value,)).decode() == f'{{"A":{text}}}'
    assert codec_of(kind, unwrapped=True).encode((value,)).decode() == text


def test_all_fields_are_written_in_their_order() -> None:
    assert codec_of(STRING, INTEGER, DOUBLE).encode((None, 1, None)) == b'{"A":null,"B":1,"C":null}'


def test_no_row_and_no_bare_value_have_no_bytes() -> None:
    assert codec_of(STRING).encode(None) is None
    assert codec_of(STRING, unwrapped=True).encode((None,)) is None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (DATE, date(1970, 1, 3), 2),
        (TIME, time(0, 0, 1, 2000), 1002),
        (TIMESTAMP, datetime(1970, 1, 1, 0, 1), 60_000),
        (TIMESTAMP, datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))), 0),
        (TIMESTAMP, date(1970, 1, 2), 86_400_000),
        (BYTES, b"x", b"x"),
        (BYTES, "eA==", b"x"),
        (SqlDecimal(4, 2), 1.1, Decimal("1.10")),
        (SqlDecimal(4, 2), "1.1", Decimal("1.10")),
        (SqlArray(INTEGER), (1, 2), [1, 2]),
        (STRING, 1e10, "1.0E10"),
    ],
)
def test_a_program_may_give_its_own_objects(kind: SqlType, value, expected) -> None:
    assert codec_of(kind).from_json({"a": value}) == (expected,)
    assert codec_of(kind, unwrapped=True).from_json(value) == (expected,)


def test_a_row_may_be_a_sequence() -> None:
    assert codec_of(STRING, INTEGER).from_json(["x", 1]) == codec_of(STRING, INTEGER).from_json(("x", "1")) == ("x", 1)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(SerdeError, match=r"sourceType: ArrayNode, requiredType: STRUCT<A INT>, path: \$"):
        codec_of(INTEGER).from_json([1, 2])
    with pytest.raises(SerdeError, match=r"targetType: INTEGER, path: \$\.A"):
        codec_of(INTEGER).from_json({"A": "x"})


def test_a_row_as_json_holds_it() -> None:
    kinds = (BYTES, SqlArray(DOUBLE), SqlMap(STRING, BYTES), SqlStruct((("F", BYTES), ("G", INTEGER))))
    row = (b"x", [1.5, float("inf"), None], {None: b"y"}, {"F": b"z", "G": 1})
    assert codec_of(*kinds).to_json(row) == {
        "A": "eA==",
        "B": [1.5, "Infinity", None],
        "C": {"null": "eQ=="},
        "D": {"F": "eg==", "G": 1},
    }
    assert codec_of(BYTES, unwrapped=True).to_json((b"x",)) == "eA=="
    assert codec_of(BYTES).to_json(None) is None


def test_a_row_does_not_share_its_collections_with_the_program() -> None:
    given = [1, 2]
    (row,) = codec_of(SqlArray(INTEGER)).from_json({"A": given})
    given.append(3)
    assert row == [1, 2]
