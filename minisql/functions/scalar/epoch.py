"""Numbers of days and milliseconds since the epoch: from DATE and TIMESTAMP, to them, and of now."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from minisql.calendar import DAY
from minisql.functions.registry import scalar

CATEGORY = "DATE / TIME"


@scalar("from_days(days INT!) -> DATE")
def from_days(days: int) -> int:
    """The DATE that is so many days after the epoch.

    >>> CAST(FROM_DAYS(18765) AS STRING)
    '2021-05-18'
    """
    return days


def _today(config: Mapping[str, Any]) -> Callable[[], int]:
    now: Callable[[], int] | None = config.get("minisql.now")
    return today if now is None else lambda: now() // DAY


@scalar("unix_date() -> INT", configure=_today)
def today() -> int:
    """Days from the epoch to now, or to a DATE."""
    return time.time_ns() // 1_000_000 // DAY


@scalar("unix_date(date DATE) -> INT")
def unix_date(date: int) -> int:
    """Days from the epoch to a DATE.

    >>> UNIX_DATE(CAST('2021-05-18' AS DATE))
    18765
    """
    return date


@scalar("from_unixtime(epochMilli BIGINT) -> TIMESTAMP")
def from_unixtime(milliseconds: int) -> int:
    """The TIMESTAMP that is so many milliseconds after the epoch.

    >>> CAST(FROM_UNIXTIME(1621351629000) AS STRING)
    '2021-05-18T15:27:09.000'
    """
    return milliseconds


def _clock(config: Mapping[str, Any]) -> Callable[[], int]:
    now: Callable[[], int] = config.get("minisql.now", unix_timestamp_now)
    return now


@scalar("unix_timestamp() -> BIGINT", configure=_clock)
def unix_timestamp_now() -> int:
    """Milliseconds from the epoch to now, or to a TIMESTAMP."""
    return time.time_ns() // 1_000_000


@scalar("unix_timestamp(timestamp TIMESTAMP) -> BIGINT")
def unix_timestamp(timestamp: int) -> int:
    """Milliseconds from the epoch to a TIMESTAMP.

    >>> UNIX_TIMESTAMP(CAST('1970-01-02' AS TIMESTAMP))
    86400000
    """
    return timestamp
