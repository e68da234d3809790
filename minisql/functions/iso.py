"""Texts of dates and times in the forms of ISO 8601, of any year."""

from __future__ import annotations

from datetime import date

DAY = 86_400_000
ERA = 146_097
"""Days in 400 years, after which the calendar repeats itself."""


def date_text(days: int) -> str:
    """``LocalDate.toString``.

    >>> date_text(0), date_text(3_000_000), date_text(-800_000)
    ('1970-01-01', '+10183-09-21', '-0221-09-04')
    """
    year, rest = _civil(days)
    sign = "+" if year > 9999 else "-" if year < 0 else ""
    return f"{sign}{abs(year):04}{rest}"


def timestamp_text(milliseconds: int) -> str:
    """``yyyy-MM-dd'T'HH:mm:ss.SSS``, in which a year before the first has no sign: it counts from there.

    >>> timestamp_text(1)
    '1970-01-01T00:00:00.001'
    """
    year, rest = _civil(milliseconds // DAY)
    of_era = year if year > 0 else 1 - year
    seconds, fraction = divmod(milliseconds % DAY, 1000)
    return f"{'+' if of_era > 9999 else ''}{of_era:04}{rest}T{_clock(seconds)}.{fraction:03}"


def time_text(milliseconds: int) -> str:
    """``HH:mm``, and ``:ss`` where there are seconds; no more than that is told.

    >>> time_text(60_999), time_text(61_999)
    ('00:01', '00:01:01')
    """
    return _clock(milliseconds // 1000).removesuffix(":00") if milliseconds % 60_000 < 1000 else _clock(milliseconds // 1000)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _civil(days: int) -> tuple[int, str]:
    """The year, and ``-MM-dd``."""
    era, of_era = divmod(days + 719_162, ERA)
    found = date.fromordinal(of_era + 1)
    return found.year + 400 * era, f"-{found.month:02}-{found.day:02}"
