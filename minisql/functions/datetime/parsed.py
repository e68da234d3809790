"""What has been read of a text, and what follows from it: ``java.time.format.Parsed`` in its SMART style."""

from __future__ import annotations

from minisql.calendar import date_text, days_of, is_leap, month_length, weekday
from minisql.functions.datetime.fields import (
    DATE_FIELDS,
    LOCALIZED_DAY,
    TIME_FIELDS,
    WEEK,
    WEEK_BASED_YEAR,
    WEEK_OF_MONTH,
    Moment,
    check,
)
from minisql.functions.datetime.zones import Zone, offset_zone

NANOS_OF_DAY = 86_400_000_000_000


class Parsed:
    """Fields, and the date and time that they make.

    Attributes:
        fields: name -> value; those that made the date or the time are gone when it is resolved.
        zone: the zone that was read.
        days: the date, once resolved; None when there are too few fields.
        nanos: likewise the time, in nanoseconds of the day.
    """

    __slots__ = ("days", "fields", "nanos", "zone")

    def __init__(self) -> None:
        self.fields: dict[str, int] = {}
        self.zone: Zone | None = None
        self.days: int | None = None
        self.nanos: int | None = None

    def set(self, field: str, value: int, start: int, stop: int) -> int:
        """Note what was read from ``start`` to ``stop``; it is no good when another value was read before."""
        return stop if self.fields.setdefault(field, value) == value else ~start

    def copy(self) -> Parsed:
        """To be restored later."""
        other = Parsed()
        other.restore(self)
        return other

    def restore(self, other: Parsed) -> None:
        """Forget what was read since ``other`` was a copy."""
        self.fields = dict(other.fields)
        self.zone = other.zone

    def __str__(self) -> str:
        """Java's text, which it has in messages."""
        fields = ", ".join(f"{field}={value}" for field, value in self.fields.items())
        parts = [] if self.days is None else [date_text(self.days)]
        parts += [] if self.nanos is None else [time_text(self.nanos)]
        zone = "" if self.zone is None else f",{self.zone.id}"
        return f"{{{fields}}},ISO{zone}{' resolved to ' if parts else ''}{'T'.join(parts)}"

    @property
    def offset(self) -> Zone | None:
        """The offset that was read, as a zone; raises ValueError when there is no such offset."""
        return offset_zone(self.fields["OffsetSeconds"]) if "OffsetSeconds" in self.fields else None

    def resolve(self) -> Parsed:
        """Work out the date and the time.

        Raises:
            ValueError: fields are out of range, or contradict each other.
        """
        self._resolve_date()
        self._resolve_time()
        self._resolve_weeks()
        self._check_against_date()
        self._check_against_time()
        if self.days is not None and self.nanos == NANOS_OF_DAY:
            self.days += 1
        if self.nanos == NANOS_OF_DAY:
            self.nanos = 0
        if self.days is not None and self.nanos is not None:
            _ = self.offset
        return self

    def _take(self, field: str) -> int:
        return check(field, self.fields.pop(field))

    def _update(self, source: str, field: str, value: int) -> None:
        old = self.fields.setdefault(field, value)
        if old != value:
            raise ValueError(f"Conflict found: {field} {old} differs from {field} {value} while resolving  {source}")

    # -- the date ---------------------------------------------------------------------------------

    def _resolve_date(self) -> None:
        fields = self.fields
        self._resolve_year_of_era()
        if "Year" not in fields:
            return
        if "MonthOfYear" in fields and "DayOfMonth" in fields:
            year, month, day = self._take("Year"), self._take("MonthOfYear"), self._take("DayOfMonth")
            # A day that its month lacks becomes the month's last.
            self.days = days_of(year, month, min(day, month_length(year, month)))
        elif "DayOfYear" in fields:
            self.days = self._of_day_of_year(self._take("Year"), self._take("DayOfYear"))

    def _of_day_of_year(self, year: int, day: int) -> int:
        if day == 366 and not is_leap(year):
            raise ValueError(f"Invalid date 'DayOfYear 366' as '{year}' is not a leap year")
        return days_of(year, 1, 1) + day - 1

    def _resolve_year_of_era(self) -> None:
        fields = self.fields
        if "YearOfEra" not in fields:
            if "Era" in fields:
                check("Era", fields["Era"])
            return
        year = self._take("YearOfEra")
        if "Era" not in fields:
            before = fields.get("Year", 1) <= 0
            self._add_year(1 - year if before else year)
        else:
            self._add_year(year if self._take("Era") else 1 - year)

    def _add_year(self, year: int) -> None:
        old = self.fields.setdefault("Year", year)
        if old != year:
            raise ValueError(f"Conflict found: Year {old} differs from Year {year}")

    def _resolve_weeks(self) -> None:
        """Weeks as in the USA, see `fields`: the day of the week, then perhaps a date."""
        fields = self.fields
        if "ModifiedJulianDay" in fields:
            self._found(self._take("ModifiedJulianDay") - 40_587)
        if LOCALIZED_DAY in fields:
            fields["DayOfWeek"] = (self._take(LOCALIZED_DAY) + 5) % 7 + 1
        if "DayOfWeek" not in fields:
            return
        if "Year" in fields:
            if "MonthOfYear" in fields and WEEK_OF_MONTH in fields:
                self._found(_day_in_week(self._take("Year"), self._take("MonthOfYear"), *self._week_and_day(WEEK_OF_MONTH)))
        elif WEEK_BASED_YEAR in fields and WEEK in fields:
            self._found(_day_in_week(self._take(WEEK_BASED_YEAR), 1, *self._week_and_day(WEEK)))

    def _week_and_day(self, week: str) -> tuple[int, int]:
        return self._take(week), self._take("DayOfWeek")

    def _found(self, days: int) -> None:
        if self.days is not None and self.days != days:
            texts = f"{date_text(self.days)} {date_text(days)}"
            raise ValueError(f"Conflict found: Fields resolved to two different dates: {texts}")
        self.days = days

    # -- the time ---------------------------------------------------------------------------------

    def _resolve_time(self) -> None:
        self._resolve_clock_hours()
        self._resolve_of_day()
        if "NanoOfSecond" in self.fields:
            check("NanoOfSecond", self.fields["NanoOfSecond"])
        if self._resolve_hour():
            for field, value in self.fields.items():
                if field in TIME_FIELDS:
                    check(field, value)

    def _resolve_clock_hours(self) -> None:
        fields = self.fields
        if "ClockHourOfDay" in fields:
            hour = fields.pop("ClockHourOfDay")
            self._update("ClockHourOfDay", "HourOfDay", (check("ClockHourOfDay", hour) if hour else 0) % 24)
        if "ClockHourOfAmPm" in fields:
            hour = fields.pop("ClockHourOfAmPm")
            self._update("ClockHourOfAmPm", "HourOfAmPm", (check("ClockHourOfAmPm", hour) if hour else 0) % 12)
        if "AmPmOfDay" in fields and "HourOfAmPm" in fields:
            half, hour = self._take("AmPmOfDay"), self._take("HourOfAmPm")
            self._update("AmPmOfDay", "HourOfDay", half * 12 + hour)

    def _resolve_of_day(self) -> None:
        """Nanoseconds and milliseconds of the day are split; the latter leave alone what is less than they are."""
        fields = self.fields
        if "NanoOfDay" in fields:
            seconds, nano = divmod(self._take("NanoOfDay"), 10**9)
            self._split("NanoOfDay", seconds)
            self._update("NanoOfDay", "NanoOfSecond", nano)
        if "MilliOfDay" in fields:
            seconds, milli = divmod(self._take("MilliOfDay"), 1000)
            self._split("SecondOfDay", seconds)
            self._update("MilliOfSecond", "NanoOfSecond", milli * 10**6 + fields.get("NanoOfSecond", 0) % 10**6)

    def _split(self, source: str, seconds: int) -> None:
        self._update(source, "HourOfDay", seconds // 3600)
        self._update(source, "MinuteOfHour", seconds // 60 % 60)
        self._update(source, "SecondOfMinute", seconds % 60)

    def _resolve_hour(self) -> bool:
        """The time from the hour and what follows it without a gap; False when there is a gap."""
        fields = self.fields
        if "AmPmOfDay" in fields and not fields.keys() & {"HourOfDay", "MinuteOfHour", "SecondOfMinute", "NanoOfSecond"}:
            # Half a day alone means its middle, in the Java versions that ksqlDB runs on now.
            fields["HourOfDay"] = self._take("AmPmOfDay") * 12 + 6
        if "HourOfDay" not in fields:
            return True
        known = [field in fields for field in ("MinuteOfHour", "SecondOfMinute", "NanoOfSecond")]
        if known == sorted(known, reverse=True):
            self.nanos = _nanos_of(*(fields.pop(field, 0) for field in _CLOCK))
            return True
        return False

    # -- contradictions ---------------------------------------------------------------------------

    def _check_against_date(self) -> None:
        if self.days is None:
            return
        moment = Moment(self.days)
        for field in [field for field in self.fields if field in DATE_FIELDS]:
            self._check_against(field, DATE_FIELDS[field](moment), date_text(self.days))

    def _check_against_time(self) -> None:
        if self.nanos is None:
            return
        for field in [field for field in self.fields if field in TIME_FIELDS]:
            self._check_against(field, _time_field(self.nanos % NANOS_OF_DAY, field), time_text(self.nanos % NANOS_OF_DAY))

    def _check_against(self, field: str, derived: int, source: str) -> None:
        value = self.fields.pop(field)
        if value != derived:
            raise ValueError(f"Conflict found: Field {field} {derived} differs from {field} {value} derived from {source}")


_CLOCK = ("HourOfDay", "MinuteOfHour", "SecondOfMinute", "NanoOfSecond")


def _nanos_of(hour: int, minute: int, second: int, nano: int) -> int:
    if (hour, minute, second, nano) == (24, 0, 0, 0):
        return NANOS_OF_DAY
    check("MinuteOfHour", minute)
    check("HourOfDay", hour)
    return ((hour * 60 + minute) * 60 + check("SecondOfMinute", second)) * 10**9 + check("NanoOfSecond", nano)


def _day_in_week(year: int, month: int, week: int, day: int) -> int:
    """The date in a week of a year or month that starts with ``month``, ``day`` being 1 for Monday."""
    first = days_of(year, month, 1)
    return first - weekday(first) % 7 + (week - 1) * 7 + day % 7


def _time_field(nanos: int, field: str) -> int:
    if field == "NanoOfSecond":
        return nanos % 10**9
    return TIME_FIELDS[field](Moment(None, nanos // 10**6))


def time_text(nanos: int) -> str:
    """``LocalTime.toString``.

    >>> time_text(0), time_text(3_600_000_000_001)
    ('00:00', '01:00:00.000000001')
    """
    seconds, fraction = divmod(nanos, 10**9)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    if seconds % 60 or fraction:
        text += f":{seconds % 60:02d}"
    if not fraction:
        return text
    digits = f"{fraction:09d}"
    return f"{text}.{digits[:3] if digits.endswith('000000') else digits[:6] if digits.endswith('000') else digits}"
