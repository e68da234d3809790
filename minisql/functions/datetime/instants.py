"""The instant that a text means, which may leave out much: ksqlDB's StringToTimestampParser."""

from __future__ import annotations

from minisql.calendar import MONTHS, civil, days_of, month_length, weekday
from minisql.functions.datetime.fields import check
from minisql.functions.datetime.parsed import Parsed
from minisql.functions.datetime.zones import Zone

SECONDS_OF_DAY = 86_400
_NANO = 10**9


def milliseconds(parsed: Parsed, default: Zone) -> int:
    """Milliseconds since the epoch; what was not read is that of 1970-01-01T00:00 in the zone that was read, or in ``default``.

    Raises:
        ValueError: there is no such day.
    """
    offset = parsed.offset
    zone = parsed.zone or offset or default
    days = _days(parsed) if parsed.days is None else parsed.days
    nanos = _nanos(parsed) if parsed.nanos is None else parsed.nanos
    if parsed.zone is not None and offset is not None and parsed.days is not None and parsed.nanos is not None:
        days = _day_in_zone(days * SECONDS_OF_DAY + nanos // _NANO - (offset.fixed or 0), zone)
    local = days * SECONDS_OF_DAY + nanos // _NANO
    shift = zone.offset_of_local(local, None if offset is None else offset.fixed)
    return (local - shift) * 1000 + nanos % _NANO // 1_000_000


def _day_in_zone(instant: int, zone: Zone) -> int:
    """Where an offset and a region were read, the offset decides on the day, and the region on the time of that day."""
    return (instant + zone.offset_at(instant)) // SECONDS_OF_DAY


def _days(parsed: Parsed) -> int:
    """The date from single fields, the greater ones first."""
    fields = parsed.fields
    year, month = 1970, 1
    if "Era" in fields and not check("Era", fields["Era"]):
        year = 1 - year
    year = check("Year", fields.get("Year", year))
    month = check("MonthOfYear", fields.get("MonthOfYear", month))
    days = days_of(year, month, 1)
    if "DayOfWeek" in fields:
        days += check("DayOfWeek", fields["DayOfWeek"]) - weekday(days)
    if "AlignedDayOfWeekInMonth" in fields:
        days += check("AlignedDayOfWeekInMonth", fields["AlignedDayOfWeekInMonth"]) - (civil(days)[2] - 1) % 7 - 1
    if "DayOfMonth" in fields:
        days = _with_day(days, check("DayOfMonth", fields["DayOfMonth"]))
    if "DayOfYear" in fields:
        days = _with_day_of_year(days, check("DayOfYear", fields["DayOfYear"]))
    return days


def _with_day(days: int, day: int) -> int:
    year, month, _ = civil(days)
    if day > month_length(year, month):
        if day == 29:
            raise ValueError(f"Invalid date 'February 29' as '{year}' is not a leap year")
        raise ValueError(f"Invalid date '{MONTHS[month - 1]} {day}'")
    return days_of(year, month, day)


def _with_day_of_year(days: int, day: int) -> int:
    if day == 366:
        raise ValueError("Leap day cannot be parsed without supplying the year field")
    return days_of(civil(days)[0], 1, 1) + day - 1


def _nanos(parsed: Parsed) -> int:
    """The time from single fields."""

    def value(field: str) -> int:
        return check(field, parsed.fields.get(field, 0))

    hour = value("HourOfDay") if "HourOfDay" in parsed.fields else value("AmPmOfDay") * 12 + value("HourOfAmPm")
    return ((hour * 60 + value("MinuteOfHour")) * 60 + value("SecondOfMinute")) * _NANO + value("NanoOfSecond")


def timestamp_text(timestamp: int) -> str:
    """``java.sql.Timestamp.toString`` in UTC.

    >>> timestamp_text(1500), timestamp_text(0)
    ('1970-01-01 00:00:01.5', '1970-01-01 00:00:00.0')
    """
    seconds, milli = divmod(timestamp, 1000)
    days, clock = divmod(seconds, SECONDS_OF_DAY)
    year, month, day = civil(days)
    fraction = f"{milli:03d}".rstrip("0") or "0"
    return f"{year:04d}-{month:02d}-{day:02d} {clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}.{fraction}"
