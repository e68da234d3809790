"""A number of DAYS, HOURS, ... added to a TIMESTAMP, DATE or TIME, or taken from it.

A unit reaches these functions as its word in SQL, upper case.
"""

from minisql.calendar import DAY
from minisql.functions.registry import scalar
from minisql.java import wrap64
from minisql.types import BIGINT_MAX, BIGINT_MIN

CATEGORY = "DATE / TIME"


MILLISECONDS = {
    **dict.fromkeys(("DAY", "DAYS"), DAY),
    **dict.fromkeys(("HOUR", "HOURS"), 3_600_000),
    **dict.fromkeys(("MINUTE", "MINUTES"), 60_000),
    **dict.fromkeys(("SECOND", "SECONDS"), 1000),
    **dict.fromkeys(("MILLISECOND", "MILLISECONDS"), 1),
}
"""Unit -> its length."""


@scalar("timestampadd(unit INTERVALUNIT, interval INT, timestamp TIMESTAMP) -> TIMESTAMP")
def timestamp_add(unit: str, interval: int, timestamp: int) -> int:
    """A TIMESTAMP so many units later.

    >>> CAST(TIMESTAMPADD(MINUTES, 90, CAST('2020-01-01' AS TIMESTAMP)) AS STRING)
    '2020-01-01T01:30:00.000'
    """
    return wrap64(timestamp + interval * MILLISECONDS[unit])


@scalar("timestampsub(unit INTERVALUNIT, interval INT, timestamp TIMESTAMP) -> TIMESTAMP")
def timestamp_sub(unit: str, interval: int, timestamp: int) -> int:
    """A TIMESTAMP so many units earlier.

    >>> CAST(TIMESTAMPSUB(DAYS, 1, CAST('2020-01-01' AS TIMESTAMP)) AS STRING)
    '2019-12-31T00:00:00.000'
    """
    return wrap64(timestamp - interval * MILLISECONDS[unit])


@scalar("dateadd(unit INTERVALUNIT, interval INT, date DATE) -> DATE")
def date_add(unit: str, interval: int, date: int) -> int:
    """A DATE so many units later; what is left of a day is dropped.

    >>> CAST(DATEADD(HOURS, 47, CAST('2020-01-01' AS DATE)) AS STRING)
    '2020-01-02'
    """
    return whole_days(date * DAY + interval * MILLISECONDS[unit])


@scalar("datesub(unit INTERVALUNIT, interval INT, date DATE) -> DATE")
def date_sub(unit: str, interval: int, date: int) -> int:
    """A DATE so many units earlier; what is left of a day is dropped.

    >>> CAST(DATESUB(DAYS, 1, CAST('2020-01-01' AS DATE)) AS STRING)
    '2019-12-31'
    """
    return whole_days(date * DAY - interval * MILLISECONDS[unit])


def whole_days(milliseconds: int) -> int:
    """Whole days, counted towards the epoch also from before it, as Java's TimeUnit does.

    >>> whole_days(-1), whole_days(DAY)
    (0, 1)
    """
    return milliseconds // DAY if milliseconds >= 0 else -(-milliseconds // DAY)


@scalar("timeadd(unit INTERVALUNIT, interval INT, time TIME) -> TIME")
def time_add(unit: str, interval: int, time: int) -> int:
    """A TIME so many units later, round midnight if need be.

    >>> CAST(TIMEADD(HOURS, 2, CAST('23:00' AS TIME)) AS STRING)
    '01:00'
    """
    return _later(time, _nanoseconds(unit, interval))


@scalar("timesub(unit INTERVALUNIT, interval INT, time TIME) -> TIME")
def time_sub(unit: str, interval: int, time: int) -> int:
    """A TIME so many units earlier, round midnight if need be.

    >>> CAST(TIMESUB(HOURS, 2, CAST('01:00' AS TIME)) AS STRING)
    '23:00'
    """
    return _later(time, -_nanoseconds(unit, interval))


def _nanoseconds(unit: str, interval: int) -> int:
    """The length in nanoseconds; what a Java long cannot hold becomes its bound."""
    return max(BIGINT_MIN, min(BIGINT_MAX, interval * MILLISECONDS[unit] * 1_000_000))


def _later(time: int, nanoseconds: int) -> int:
    return (time * 1_000_000 + nanoseconds) // 1_000_000 % DAY
