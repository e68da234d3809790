"""Which values are the ones that a test expects."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from unittest import mock

import pytest

from minisql.testing import ANY
from minisql.testing.assertions.equality import same
from minisql.testing.assertions.values import MILLISECONDS
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
)

MONEY = SqlDecimal(4, 2)
POINT = SqlStruct((("X", DOUBLE), ("LABEL", STRING)))
NAN = float("nan")
NEW_YEAR = 1_704_067_200_000


@pytest.mark.parametrize(
    ("kind", "actual", "expected"),
    [
        (STRING, "a", "a"),
        (STRING, None, None),
        (BOOLEAN, True, True),
        (INTEGER, 5, 5),
        (INTEGER, 5, 5.0),
        (BIGINT, 5, Decimal(5)),
        (DOUBLE, 0.1 + 0.2, 0.3),
        (DOUBLE, 1e300, 1e300 * (1 + 1e-10)),
        (DOUBLE, 0.1 + 0.2 - 0.3, 0),
        (DOUBLE, NAN, NAN),
        (DOUBLE, float("inf"), float("inf")),
        (DOUBLE, 0.5, Decimal("0.5")),
        (DOUBLE, float("-inf"), "-Infinity"),
        (DATE, 2**30, mock.ANY),
        (MONEY, Decimal("1.50"), Decimal("1.5")),
        (MONEY, Decimal("1.50"), Decimal("1.500")),
        (MONEY, Decimal("1.50"), "1.5"),
        (MONEY, Decimal("1.10"), 1.1),
        (MONEY, Decimal("1.00"), 1),
        (BYTES, b"\x00", b"\x00"),
        (BYTES, b"\x00", bytearray(1)),
        (BYTES, b"\x00", "AA=="),
        (DATE, 0, date(1970, 1, 1)),
        (DATE, 0, "1970-01-01"),
        (DATE, 0, 0),
        (TIME, 1000, time(0, 0, 1)),
        (TIME, 1000, "00:00:01"),
        (TIMESTAMP, NEW_YEAR, datetime(2024, 1, 1)),
        (TIMESTAMP, NEW_YEAR, datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))),
        (TIMESTAMP, NEW_YEAR, "2024-01-01T00:00:00"),
        (TIMESTAMP, NEW_YEAR, NEW_YEAR),
        (MILLISECONDS, NEW_YEAR, NEW_YEAR),
        (MILLISECONDS, NEW_YEAR, datetime(2024, 1, 1)),
        (SqlArray(DOUBLE), [0.1 + 0.2, None], (0.3, None)),
        (SqlMap(STRING, DATE), {"a": 0}, {"a": "1970-01-01"}),
        (POINT, {"X": 1.0, "LABEL": "p"}, {"X": 1, "label": "p"}),
        (POINT, {"X": 1.0, "LABEL": None}, {"x": 1}),
        (STRING, "a", mock.ANY),
        (STRING, None, ANY),
        (DOUBLE, 1.05, pytest.approx(1, rel=0.1)),
        (MONEY, Decimal("1.05"), pytest.approx(1, rel=0.1)),
        (MONEY, Decimal("1.05"), pytest.approx(Decimal(1), rel=Decimal("0.1"))),
        (SqlArray(DOUBLE), [1.0, 2.0], [pytest.approx(1), mock.ANY]),
        (SqlArray(DOUBLE), [1.0, 2.0], pytest.approx([1, 2])),
        (POINT, {"X": 1.05, "LABEL": "p"}, {"X": pytest.approx(1, rel=0.1), "LABEL": mock.ANY}),
    ],
)
def test_values_that_are_the_same(kind, actual, expected):
    assert same(expected, actual, kind)


@pytest.mark.parametrize(
    ("kind", "actual", "expected"),
    [
        (STRING, "a", None),
        (STRING, None, "None"),
        (STRING, "5", 5),
        (STRING, "a", b"a"),
        (BOOLEAN, True, 1),
        (INTEGER, 1, True),
        (INTEGER, 5, "5"),
        (INTEGER, 5, 5.5),
        (DOUBLE, 1.0, 1.00001),
        (DOUBLE, 1.0, NAN),
        (DOUBLE, 1.0, "1.0"),
        (DOUBLE, 1.0, True),
        (MONEY, Decimal("1.50"), Decimal("1.505")),
        (MONEY, Decimal("1.00"), True),
        (MONEY, Decimal("1.50"), "x"),
        (BYTES, b"\x00", "not base64"),
        (DATE, 0, "1970-01-02"),
        (DATE, 0, "soon"),
        (TIMESTAMP, NEW_YEAR, datetime(2024, 1, 2)),
        (SqlArray(INTEGER), [1, 2], [1]),
        (SqlArray(INTEGER), [1, 2], {1, 2}),
        (SqlMap(STRING, INTEGER), {"a": 1}, {"b": 1}),
        (POINT, {"X": 1.0, "LABEL": "p"}, {"X": 1}),
        (POINT, {"X": 1.0, "LABEL": "p"}, {"X": 1, "LABEL": "p", "Z": 1}),
        (DOUBLE, None, pytest.approx(1)),
        (DOUBLE, 2.0, pytest.approx(1)),
    ],
)
def test_values_that_are_not_the_same(kind, actual, expected):
    assert not same(expected, actual, kind)


def test_values_of_numpy():
    numpy = pytest.importorskip("numpy")
    assert same(numpy.int64(5), 5, INTEGER)
    assert same(numpy.array([1.0, 2.0]), [1.0, 2.0], SqlArray(DOUBLE))
    assert not same(numpy.float64(5.5), 5, INTEGER)
