"""Intervals at the edges: before the epoch, round midnight, beyond a long."""

from typing import Any

import pytest

from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.types import DATE, INTEGER, TIME, TIMESTAMP, SqlInterval, SqlType

DAY = 86_400_000


def call(name: str, kind: SqlType, *values: Any) -> Any:
    return builtins().scalar(name, [SqlInterval(), INTEGER, kind]).function(*values)


@pytest.mark.parametrize(
    ("unit", "length"),
    [("DAY", DAY), ("HOURS", 3_600_000), ("MINUTE", 60_000), ("SECONDS", 1000), ("MILLISECONDS", 1)],
)
def test_units(unit: str, length: int) -> None:
    assert call("TIMESTAMPADD", TIMESTAMP, unit, 3, -5) == 3 * length - 5
    assert call("TIMESTAMPSUB", TIMESTAMP, unit, 3, -5) == -3 * length - 5


@pytest.mark.parametrize(
    ("name", "unit", "interval", "date", "expected"),
    [
        ("DATEADD", "HOURS", 23, 5, 5),
        ("DATEADD", "HOURS", -1, 5, 4),
        ("DATEADD", "HOURS", 1, -5, -4),
        ("DATESUB", "DAYS", 10, 5, -5),
        ("DATESUB", "SECONDS", 1, 0, 0),
    ],
)
def test_dates_lose_what_is_left_of_a_day(name: str, unit: str, interval: int, date: int, expected: int) -> None:
    assert call(name, DATE, unit, interval, date) == expected


@pytest.mark.parametrize(
    ("name", "unit", "interval", "time", "expected"),
    [
        ("TIMEADD", "HOURS", 25, 0, 3_600_000),
        ("TIMESUB", "MILLISECONDS", 1, 0, DAY - 1),
        ("TIMEADD", "DAYS", 106_751, 5, 5),
        ("TIMEADD", "DAYS", 106_752, 5, 85_636_859),
        ("TIMESUB", "DAYS", -106_752, 5, 85_636_859),
    ],
)
def test_times_go_round_and_long_intervals_are_as_long_as_a_long(
    name: str, unit: str, interval: int, time: int, expected: int
) -> None:
    assert call(name, TIME, unit, interval, time) == expected


def test_a_unit_is_wanted() -> None:
    with pytest.raises(KsqlError, match=r"Function 'dateadd' does not accept parameters \(DATE, INTEGER, DATE\)"):
        builtins().scalar("DATEADD", [DATE, INTEGER, DATE])
