"""Rows that a program inserts: what converts without loss."""

from collections import OrderedDict
from datetime import date, datetime, time, timezone
from decimal import Decimal

import pytest

from minisql.formats.python_values import from_python
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

POINT = SqlStruct((("X", INTEGER), ("y", STRING)))


class Scalar:
    """A number as numpy holds it."""

    dtype = "int64"

    def item(self) -> int:
        return 5


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (STRING, None, None),
        (BOOLEAN, True, True),
        (INTEGER, 5.0, 5),
        (BIGINT, Scalar(), 5),
        (BIGINT, Decimal("5.00"), 5),
        (DOUBLE, 1, 1.0),
        (DOUBLE, Decimal("1.5"), 1.5),
        (STRING, "x", "x"),
        (BYTES, bytearray(b"x"), b"x"),
        (BYTES, "eA==", b"x"),
        (SqlDecimal(4, 2), 1.1, Decimal("1.10")),
        (SqlDecimal(4, 2), "1.1", Decimal("1.10")),
        (DATE, date(1970, 1, 2), 1),
        (DATE, "1970-01-02", 1),
        (TIME, time(0, 0, 1), 1000),
        (TIME, "00:00:01", 1000),
        (TIMESTAMP, datetime(1970, 1, 1, 0, 0, 1, tzinfo=timezone.utc), 1000),
        (TIMESTAMP, "1970-01-01T00:00:01", 1000),
        (TIMESTAMP, 7, 7),
        (SqlArray(DOUBLE), (1, None), [1.0, None]),
        (SqlMap(STRING, INTEGER), {"k": 1}, {"k": 1}),
        (POINT, OrderedDict(x=1), {"X": 1, "y": None}),
    ],
)
def test_what_fits(kind: SqlType, value, expected) -> None:
    assert repr(from_python(value, kind)) == repr(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (BOOLEAN, 1),
        (INTEGER, True),
        (INTEGER, 1.5),
        (INTEGER, 2**31),
        (INTEGER, "1"),
        (DOUBLE, "1"),
        (STRING, 1),
        (BYTES, "?"),
        (BYTES, 1),
        (SqlDecimal(4, 2), 1.234),
        (SqlDecimal(4, 2), float("nan")),
        (SqlDecimal(4, 2), "x"),
        (DATE, "yesterday"),
        (TIME, 86_400_000),
        (SqlArray(INTEGER), "12"),
        (SqlMap(STRING, INTEGER), []),
        (POINT, {"Z": 1}),
    ],
)
def test_what_does_not(kind: SqlType, value) -> None:
    with pytest.raises((TypeError, ValueError, ArithmeticError)):
        from_python(value, kind)
