"""The fields of dates and times under Java's names: how they are read, and their ranges."""

from __future__ import annotations

from collections.abc import Callable

from minisql.calendar import DAY, civil, days_of, weekday
from minisql.functions.datetime.zones import Zone


class UnsupportedField(ValueError):
    """A pattern wants what the moment does not have."""


class Moment:
    """What is written: a date, a time of day, or both in a time zone.

    Attributes:
        days: since the epoch; None for a time.
        milli: of the day; None for a date.
        zone: None for a date and for a time.
        offset: seconds ahead of UTC, where there is a zone.
    """

    __slots__ = ("day", "days", "milli", "month", "offset", "year", "zone")

    def __init__(self, days: int | None, milli: int | None = None, zone: Zone | None = None, offset: int = 0) -> None:
        self.days = days
        self.milli = milli
        self.zone = zone
        self.offset = offset
        self.year, self.month, self.day = (0, 0, 0) if days is None else civil(days)

    @classmethod
    def at(cls, milliseconds: int, zone: Zone) -> Moment:
        """The local date and time of an instant."""
        offset = zone.offset_at(milliseconds // 1000)
        return cls(*divmod(milliseconds + offset * 1000, DAY), zone, offset)


def _days(moment: Moment) -> int:
    assert moment.days is not None
    return moment.days


def _milli(moment: Moment) -> int:
    assert moment.milli is not None
    return moment.milli


def _day_of_year(moment: Moment) -> int:
    return _days(moment) - days_of(moment.year, 1, 1) + 1


# -- weeks as in the USA: they start on Sunday, and the first has January 1st -----------------------

_AMERICAN = "[WeekFields[SUNDAY,1]]"
LOCALIZED_DAY = f"DayOfWeek{_AMERICAN}"
WEEK_OF_MONTH = f"WeekOfMonth{_AMERICAN}"
WEEK = f"WeekOfWeekBasedYear{_AMERICAN}"
WEEK_BASED_YEAR = f"WeekBasedYear{_AMERICAN}"

WEEK_FIELDS = (LOCALIZED_DAY, WEEK_OF_MONTH, WEEK, WEEK_BASED_YEAR)
_DERIVED_FROM = {**dict.fromkeys(WEEK_FIELDS, "DayOfWeek"), "ModifiedJulianDay": "EpochDay"}


def _day_of_week(moment: Moment) -> int:
    return weekday(_days(moment)) % 7 + 1


def _week(moment: Moment, day: int) -> int:
    """The week in which a day of the month or year lies, if ``day`` is that of the moment."""
    return (day - _day_of_week(moment) + 13) // 7


def _week_based_year(moment: Moment) -> int:
    return moment.year + (moment.month == 12 and moment.day - _day_of_week(moment) >= 25)


def _week_of_year(moment: Moment) -> int:
    return 1 if _week_based_year(moment) > moment.year else _week(moment, _day_of_year(moment))


DATE_FIELDS: dict[str, Callable[[Moment], int]] = {
    "Era": lambda moment: int(moment.year >= 1),
    "YearOfEra": lambda moment: moment.year if moment.year >= 1 else 1 - moment.year,
    "Year": lambda moment: moment.year,
    "QuarterOfYear": lambda moment: (moment.month + 2) // 3,
    "MonthOfYear": lambda moment: moment.month,
    "DayOfMonth": lambda moment: moment.day,
    "DayOfYear": _day_of_year,
    "DayOfWeek": lambda moment: weekday(_days(moment)),
    "AlignedDayOfWeekInMonth": lambda moment: (moment.day - 1) % 7 + 1,
    "EpochDay": _days,
    "ModifiedJulianDay": lambda moment: _days(moment) + 40_587,
    LOCALIZED_DAY: _day_of_week,
    WEEK_OF_MONTH: lambda moment: _week(moment, moment.day),
    WEEK: _week_of_year,
    WEEK_BASED_YEAR: _week_based_year,
}

TIME_FIELDS: dict[str, Callable[[Moment], int]] = {
    "AmPmOfDay": lambda moment: _milli(moment) // (DAY // 2),
    "HourOfDay": lambda moment: _milli(moment) // 3_600_000,
    "ClockHourOfDay": lambda moment: _milli(moment) // 3_600_000 or 24,
    "HourOfAmPm": lambda moment: _milli(moment) // 3_600_000 % 12,
    "ClockHourOfAmPm": lambda moment: _milli(moment) // 3_600_000 % 12 or 12,
    "MinuteOfHour": lambda moment: _milli(moment) // 60_000 % 60,
    "SecondOfMinute": lambda moment: _milli(moment) // 1000 % 60,
    "NanoOfSecond": lambda moment: _milli(moment) % 1000 * 1_000_000,
    "MilliOfDay": _milli,
    "NanoOfDay": lambda moment: _milli(moment) * 1_000_000,
}

RANGES: dict[str, tuple[int, int]] = {
    "Era": (0, 1),
    "YearOfEra": (1, 1_000_000_000),
    "Year": (-999_999_999, 999_999_999),
    "QuarterOfYear": (1, 4),
    "MonthOfYear": (1, 12),
    "DayOfMonth": (1, 31),
    "DayOfYear": (1, 366),
    "DayOfWeek": (1, 7),
    "AlignedDayOfWeekInMonth": (1, 7),
    "ModifiedJulianDay": (-365_243_219_162 + 40_587, 365_241_780_471 + 40_587),
    LOCALIZED_DAY: (1, 7),
    WEEK_OF_MONTH: (0, 6),
    WEEK: (1, 53),
    WEEK_BASED_YEAR: (-999_999_999, 999_999_999),
    "AmPmOfDay": (0, 1),
    "HourOfDay": (0, 23),
    "ClockHourOfDay": (1, 24),
    "HourOfAmPm": (0, 11),
    "ClockHourOfAmPm": (1, 12),
    "MinuteOfHour": (0, 59),
    "SecondOfMinute": (0, 59),
    "NanoOfSecond": (0, 999_999_999),
    "MilliOfDay": (0, DAY - 1),
    "NanoOfDay": (0, DAY * 1_000_000 - 1),
    "OffsetSeconds": (-64_800, 64_800),
}

_SHOWN_RANGES = {
    "YearOfEra": "1 - 999999999/1000000000",
    "DayOfMonth": "1 - 28/31",
    "DayOfYear": "1 - 365/366",
    WEEK_OF_MONTH: "0 - 1/4 - 6",
    WEEK: "1 - 52/53",
}
"""Ranges whose end is not the same everywhere, as Java prints them."""


def read(moment: Moment, field: str) -> int:
    """The value of a field.

    Raises:
        UnsupportedField: the moment has no such field.
    """
    if field in DATE_FIELDS and moment.days is not None:
        return DATE_FIELDS[field](moment)
    if field in TIME_FIELDS and moment.milli is not None:
        return TIME_FIELDS[field](moment)
    if field == "OffsetSeconds" and moment.zone is not None:
        return moment.offset
    raise UnsupportedField(f"Unsupported field: {_DERIVED_FROM.get(field, field)}")


def check(field: str, value: int) -> int:
    """``value``, when it is in the range of the field.

    Raises:
        ValueError: it is not.
    """
    least, most = RANGES[field]
    if not least <= value <= most:
        shown = _SHOWN_RANGES.get(field, f"{least} - {most}")
        raise ValueError(f"Invalid value for {field} (valid values {shown}): {value}")
    return value
