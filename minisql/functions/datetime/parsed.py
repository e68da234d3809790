"""What has been read of a text, and what follows from it: ``java.time.format.Parsed`` in its SMART style."""

from __future__ import annotations

from minisql.functions.datetime.calendar import date_text, days_of, is_leap, month_length
from minisql.functions.datetime.fields import DATE_FIELDS, TIME_FIELDS, Moment, check
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
        if "ModifiedJulianDay" in fields:
            fields["EpochDay"] = fields.pop("ModifiedJulianDay") - 40_587
        self._resolve_week_day()
        if "EpochDay" in fields:
            self.days = fields.pop("EpochDay")
            return
        self._resolve_year_of_era()
        if "Year" not in fields:
            return
        if "MonthOfYear" in fields and "DayOfMonth" in fields:
            year, month, day = self._take("Year"), self._take("MonthOfYear"), self._take("DayOfMonth")
            # A day that its month lacks becomes the month's last.
            self.days = days_of(year, month, min(day, month_length(year, month)))
        elif "DayOfYear" in fields:
            self.days = self._of_day_of_year(self._take("Year"), self._take("DayOfYear"))
        elif "WeekBasedYear" in fields:
            return

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

    def _resolve_week_day(self) -> None:
        """Weeks as in the USA, see `fields`: the day of the week, then perhaps a date."""
        fields = self.fields
        if "LocalizedDayOfWeek" in fields:
            fields["DayOfWeek"] = (self._take("LocalizedDayOfWeek") + 5) % 7 + 1
        if "DayOfWeek" in fields and "WeekBasedYear" in fields and "WeekOfWeekBasedYear" in fields:
            start = days_of(fields.pop("WeekBasedYear"), 1, 1)
            sunday = start - (start + 4) % 7
            week = fields.pop("WeekOfWeekBasedYear")
            fields["EpochDay"] = sunday + (week - 1) * 7 + self._take("DayOfWeek") % 7

    # -- the time ---------------------------------------------------------------------------------

    def _resolve_time(self) -> None:
        self._resolve_clock_hours()
        self._split("NanoOfDay", 3_600_000_000_000, "HourOfDay", 60_000_000_000, "MinuteOfHour", 10**9, "SecondOfMinute", 1)
        self._split("MilliOfDay", 3_600_000, "HourOfDay", 60_000, "MinuteOfHour", 1000, "SecondOfMinute", 10**6)
        if "NanoOfSecond" in self.fields:
            check("NanoOfSecond", self.fields["NanoOfSecond"])
        self._resolve_hour()
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

    def _split(self, field: str, hour: int, name: str, minute: int, of_hour: str, second: int, of_minute: str, nano: int) -> None:
        if field not in self.fields:
            return
        value = self._take(field)
        self._update(field, name, value // hour)
        self._update(field, of_hour, value // minute % 60)
        self._update(field, of_minute, value // second % 60)
        self._update(field, "NanoOfSecond", value % second * nano)

    def _resolve_hour(self) -> None:
        """The time from the hour and what follows it without a gap."""
        fields = self.fields
        if "HourOfDay" not in fields:
            return
        known = [field in fields for field in ("MinuteOfHour", "SecondOfMinute", "NanoOfSecond")]
        if known != sorted(known, reverse=True):
            return
        hour, minute, second, nano = (
            fields.pop(field, 0) for field in ("HourOfDay", "MinuteOfHour", "SecondOfMinute", "NanoOfSecond")
        )
        if (hour, minute, second, nano) == (24, 0, 0, 0):
            self.nanos = NANOS_OF_DAY
            return
        check("MinuteOfHour", minute)
        check("HourOfDay", hour)
        self.nanos = ((hour * 60 + minute) * 60 + check("SecondOfMinute", second)) * 10**9 + check("NanoOfSecond", nano)

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
