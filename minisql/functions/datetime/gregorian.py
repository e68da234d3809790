"""Java's lenient ``GregorianCalendar``, in GMT: from fields, in the order in which they were set, to an instant.

Of fields that contradict each other the one that was set last counts. Fields may be out of their range. Before
1582-10-15 the calendar is the Julian one. Weeks start on Sunday, and the first week is the one with the first day.
"""

from __future__ import annotations

from collections.abc import Callable

from minisql.calendar import DAY, JULIAN_END, days_of, julian_days

Fields = dict[str, int]
"""Of ``era year month day weekday hour minute second milli offset``, and the names below, with Java's numbers."""

DAY_OF_YEAR, WEEK_OF_YEAR, WEEK_OF_MONTH, NTH_WEEKDAY = "day of year", "week of year", "week of month", "nth weekday"
HALF, HOUR_OF_HALF = "half", "hour of half"

_CUTOVER_YEAR = 1582


def instant(fields: Fields) -> int:
    """Milliseconds since the epoch."""
    minutes = _hour(fields) * 60 + fields.get("minute", 0)
    extra, clock = divmod((minutes * 60 + fields.get("second", 0)) * 1000 + fields.get("milli", 0), DAY)
    return _days(fields, extra) * DAY + clock - fields.get("offset", 0)


def _together(one: int, other: int) -> int:
    """The later of two stamps, when both were set."""
    return max(one, other) if one and other else 0


def _hour(fields: Fields) -> int:
    stamps = {field: index for index, field in enumerate(fields, 1)}
    of_day, half, of_half = (stamps.get(field, 0) for field in ("hour", HALF, HOUR_OF_HALF))
    best = max(of_day, _together(half, of_half)) or max(half, of_half)
    return fields["hour"] if best and best == of_day else fields.get(HOUR_OF_HALF, 0) + 12 * fields.get(HALF, 0)


def _rule(fields: Fields) -> str:
    """The field that decides how the date is made: ``day``, or one of those with a name above."""
    stamps = {field: index for index, field in enumerate(fields, 1)}

    def stamp(field: str) -> int:
        return stamps.get(field, 0)

    weekday = stamp("weekday")
    week_of_month = _together(stamp(WEEK_OF_MONTH), weekday)
    nth_weekday = _together(stamp(NTH_WEEKDAY), weekday)
    week_of_year = _together(stamp(WEEK_OF_YEAR), weekday)
    day = stamp("day")
    best = max(day, week_of_month, nth_weekday, stamp(DAY_OF_YEAR), week_of_year)
    if not best:
        week_of_month, nth_weekday, week_of_year = stamp(WEEK_OF_MONTH), max(stamp(NTH_WEEKDAY), weekday), stamp(WEEK_OF_YEAR)
        best = max(week_of_month, nth_weekday, week_of_year)
        if not best:
            return "day"
    if best == day:
        return "day"
    if best == week_of_month and stamp(WEEK_OF_MONTH) >= stamp(WEEK_OF_YEAR) and week_of_month != nth_weekday:
        return WEEK_OF_MONTH
    if best in (week_of_month, nth_weekday) and max(stamp(WEEK_OF_MONTH), stamp(NTH_WEEKDAY)) >= stamp(WEEK_OF_YEAR):
        return WEEK_OF_MONTH if week_of_month == nth_weekday and stamp(WEEK_OF_MONTH) >= stamp(NTH_WEEKDAY) else NTH_WEEKDAY
    return DAY_OF_YEAR if best == stamp(DAY_OF_YEAR) else WEEK_OF_YEAR


def _days(fields: Fields, extra: int) -> int:
    """Days since the epoch, in the calendar of the time."""
    year = fields.get("year", 1970)
    if fields.get("era") == 0:
        year = 1 - year
    rule = _rule(fields)
    gregorian = _in_calendar(fields, year, rule, days_of) + extra
    if year > _CUTOVER_YEAR and gregorian >= JULIAN_END:
        return gregorian
    julian = _in_calendar(fields, year, rule, julian_days) + extra
    if year < _CUTOVER_YEAR or rule in (DAY_OF_YEAR, WEEK_OF_YEAR):
        return julian
    return gregorian if gregorian >= JULIAN_END and julian >= JULIAN_END else julian


def _in_calendar(fields: Fields, year: int, rule: str, first_of: Callable[[int, int, int], int]) -> int:
    if rule in (DAY_OF_YEAR, WEEK_OF_YEAR):
        first = first_of(year, 1, 1)
        return first + fields[rule] - 1 if rule == DAY_OF_YEAR else _in_week(first, fields[rule], fields.get("weekday"))
    year, month = year + fields.get("month", 0) // 12, fields.get("month", 0) % 12
    first = first_of(year, month + 1, 1)
    if rule == "day":
        return first + fields.get("day", 1) - 1
    if rule == WEEK_OF_MONTH:
        return _in_week(first, fields[rule], fields.get("weekday"))
    nth = fields.get(NTH_WEEKDAY, 1)
    return _on_or_before(first + 7 * nth - 1, fields.get("weekday", 1))


def _in_week(first: int, week: int, weekday: int | None) -> int:
    """The day in a week that is counted from the one with the day ``first``."""
    sunday = _on_or_before(first, 1)
    return (sunday if weekday is None else _on_or_before(sunday + 6, weekday)) + 7 * (week - 1)


def _on_or_before(days: int, weekday: int) -> int:
    """The last such day of the week up to ``days``; 1 is Sunday."""
    return days - (days + 4 - (weekday - 1)) % 7
