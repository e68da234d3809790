"""The Gregorian calendar, also before it was made, for any year; dates and times in the forms of ISO 8601."""

from __future__ import annotations

DAY = 86_400_000
"""Milliseconds of a day."""

MONTHS = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
)  # fmt: skip


JULIAN_END = -141_427
"""15 October 1582 in days since the epoch: ``java.util.Date`` has the Julian calendar before that day."""


def is_leap(year: int) -> bool:
    """Whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 28 + is_leap(year)
    return 30 if month in (4, 6, 9, 11) else 31


def days_of(year: int, month: int, day: int) -> int:
    """Days since the epoch.

    >>> days_of(1970, 1, 1), days_of(2000, 3, 1)
    (0, 11017)
    """
    year -= month < 3
    return year * 365 + year // 4 - year // 100 + year // 400 + _since_march(month, day) - 719_468


def civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of days since the epoch."""
    era, of_era = divmod(days + 719_468, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    return _from_march(year + era * 400, of_era - (365 * year + year // 4 - year // 100))


def weekday(days: int) -> int:
    """1 for Monday up to 7 for Sunday."""
    return (days + 3) % 7 + 1


def julian_days(year: int, month: int, day: int) -> int:
    """Days since the epoch of a date of the Julian calendar.

    >>> julian_days(1582, 10, 5) == days_of(1582, 10, 15) == JULIAN_END
    True
    """
    year -= month < 3
    return year * 365 + year // 4 + _since_march(month, day) - 719_470


def julian(days: int) -> tuple[int, int, int]:
    """Year, month and day in the Julian calendar; the inverse of ``julian_days``."""
    era, of_era = divmod(days + 719_470, 1461)
    year = min(of_era // 365, 3)
    return _from_march(year + era * 4, of_era - 365 * year)


def _since_march(month: int, day: int) -> int:
    """Days since 1 March: a leap day comes last."""
    return (153 * ((month + 9) % 12) + 2) // 5 + day - 1


def _from_march(year: int, of_year: int) -> tuple[int, int, int]:
    """The date that lies ``of_year`` days after 1 March of a year."""
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year + (month < 3), month, day


def date_text(days: int) -> str:
    """``LocalDate.toString``.

    >>> date_text(0), date_text(3_000_000), date_text(-800_000)
    ('1970-01-01', '+10183-09-21', '-0221-09-04')
    """
    year, month, day = civil(days)
    sign = "+" if year > 9999 else "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"


def timestamp_text(milliseconds: int) -> str:
    """``yyyy-MM-dd'T'HH:mm:ss.SSS``, in which a year before the first has no sign: it counts from there.

    >>> timestamp_text(-1)
    '1969-12-31T23:59:59.999'
    """
    days, rest = divmod(milliseconds, DAY)
    year, month, day = civil(days)
    of_era = year if year > 0 else 1 - year
    seconds, fraction = divmod(rest, 1000)
    return f"{'+' if of_era > 9999 else ''}{of_era:04d}-{month:02d}-{day:02d}T{_clock(seconds)}.{fraction:03d}"


def simple_timestamp_text(milliseconds: int) -> str:
    """The same pattern as java.text.SimpleDateFormat writes it: Julian before JULIAN_END, no year has a sign.

    >>> simple_timestamp_text(-14_831_769_600_000), simple_timestamp_text(253_402_300_800_000)
    ('1499-12-23T00:00:00.000', '10000-01-01T00:00:00.000')
    """
    days, rest = divmod(milliseconds, DAY)
    year, month, day = julian(days) if days < JULIAN_END else civil(days)
    seconds, fraction = divmod(rest, 1000)
    return f"{year if year > 0 else 1 - year:04d}-{month:02d}-{day:02d}T{_clock(seconds)}.{fraction:03d}"


def simple_timestamp(text: str) -> int:
    """The inverse: milliseconds since the epoch. Years before the first are read as if they came after it.

    >>> simple_timestamp("1499-12-23T00:00:00.000")
    -14831769600000

    Raises:
        ValueError: the text is not of the pattern.
    """
    date, _, clock = text.partition("T")
    year, month, day = map(int, date.split("-"))
    hours, minutes, seconds = clock.split(":")
    days = days_of(year, month, day)
    if days < JULIAN_END:
        days = julian_days(year, month, day)
    return days * DAY + (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds.replace(".", ""))


def clock_text(milliseconds: int) -> str:
    """``HH:mm:ss``, as java.sql.Time shows itself.

    >>> clock_text(60_999)
    '00:01:00'
    """
    return _clock(milliseconds // 1000)


def time_text(milliseconds: int) -> str:
    """``HH:mm``, and ``:ss`` where there are seconds; no more than that is told.

    >>> time_text(60_999), time_text(61_999)
    ('00:01', '00:01:01')
    """
    text = _clock(milliseconds // 1000)
    return text.removesuffix(":00") if milliseconds % 60_000 < 1000 else text


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
