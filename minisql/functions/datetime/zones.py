"""Time zones, by the ids that Java's ZoneId takes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

_REGION = re.compile(r"[A-Za-z][A-Za-z0-9~/._+-]+")
_OFFSET_FORMS = (
    re.compile(r".(.)"),
    re.compile(r".(..)"),
    re.compile(r".(..)(..)"),
    re.compile(r".(..):(..)"),
    re.compile(r".(..)(..)(..)"),
    re.compile(r".(..):(..):(..)"),
)
NOT_IN_JAVA = {"EST", "MST", "HST", "ROC", "Factory", "posixrules", "localtime"}
"""Zones of the tz database that Java leaves out."""

MOST = 18 * 3600
"""The largest offset, in seconds."""


_1900 = -2_208_988_800
_WINTER_TIME = {
    **dict.fromkeys(("Europe/Dublin", "Eire"), range(1972, 10_000)),
    **dict.fromkeys(("Africa/Casablanca", "Africa/El_Aaiun"), range(2019, 10_000)),
    "Africa/Windhoek": range(1994, 2018),
}
"""Zone -> the years in which the tz database has winter time for it."""


class Zone:
    """A time zone.

    Attributes:
        id: as Java prints it.
        fixed: its offset in seconds, when that never changes.
    """

    __slots__ = ("_rules", "fixed", "id")

    def __init__(self, name: str, fixed: int | None, rules: tzinfo | None = None) -> None:
        self.id = name
        self.fixed = fixed
        self._rules = rules

    @property
    def is_offset(self) -> bool:
        """Whether it is but an offset from UTC (Java's ZoneOffset)."""
        return self.id == "Z" or self.id[0] in "+-"

    def offset_at(self, seconds: int) -> int:
        """Seconds by which local time is ahead of UTC at an instant."""
        if self.fixed is not None:
            return self.fixed
        from datetime import timezone

        return _offset(_clock(seconds, timezone.utc).astimezone(self._rules))

    def offset_of_local(self, seconds: int, preferred: int | None = None) -> int:
        """The offset of a local time.

        Of two that are valid the ``preferred`` one is taken, else the earlier one. In a gap it is the one before
        the gap, which moves the local time forward by the length of the gap.
        """
        if self.fixed is not None:
            return self.fixed
        clock = _clock(seconds, self._rules)
        first, second = _offset(clock), _offset(clock.replace(fold=1))
        return second if second == preferred and first > second else first

    def legacy_offset_at(self, seconds: int) -> int:
        """The offset that ``java.util.TimeZone`` has: it knows no history before 1900, no seconds, no ``UTC+1``."""
        if self.fixed is None:
            return self.offset_at(seconds) if seconds >= _1900 else min(self.offset_at(_start(2037, month)) for month in (1, 7))
        return self.fixed if self.fixed % 60 == 0 and (self.is_offset or self.id.startswith("GMT")) else 0

    def is_summer_time(self, seconds: int) -> bool:
        """Whether an instant lies in the part of its year in which clocks are ahead."""
        from datetime import timedelta, timezone

        clock = _clock(seconds, timezone.utc).astimezone(self._rules)
        saved = clock.dst() or timedelta()
        # The tz database has winter time in some zones instead: for Java, which does not, summer time is the rest of the year.
        return saved == timedelta() if clock.year in _WINTER_TIME.get(self.id, ()) else saved > timedelta()


UTC = Zone("Z", 0)


def _clock(seconds: int, rules: tzinfo | None) -> datetime:
    """The datetime of seconds, which lies in another era of 400 years when Python has no such year."""
    from datetime import datetime, timedelta

    days, rest = divmod(seconds, 86_400)
    if not -719_162 <= days < 2_932_896:
        days = days % 146_097 + (146_097 if days > 0 else -719_162)
    return datetime(1970, 1, 1, tzinfo=rules) + timedelta(days, rest)


def _start(year: int, month: int) -> int:
    from minisql.calendar import days_of

    return days_of(year, month, 1) * 86_400


def _offset(clock: datetime) -> int:
    offset = clock.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=1000)
def zone_of(text: str) -> Zone:
    """The zone of an id.

    Raises:
        ValueError: there is no such zone; the text is Java's.
    """
    if len(text) <= 1 or text[0] in "+-":
        return offset_zone(_offset_of(text))
    prefix = next((prefix for prefix in ("UTC", "GMT", "UT") if text.startswith(prefix)), None)
    if prefix is None or text[len(prefix) : len(prefix) + 1] not in ("", "+", "-"):
        return _region(text)
    try:
        return prefixed_zone(prefix, _offset_of(text[len(prefix) :]) if text != prefix else 0)
    except ValueError as error:
        raise ValueError(f"Invalid ID for offset-based ZoneId: {text}") from error


def offset_zone(seconds: int) -> Zone:
    """The zone that is an offset.

    Raises:
        ValueError: more than 18 hours.
    """
    if abs(seconds) > MOST:
        raise ValueError("Zone offset not in valid range: -18:00 to +18:00")
    return Zone(offset_text(seconds), seconds)


def prefixed_zone(prefix: str, seconds: int) -> Zone:
    """The zone UTC, GMT or UT, or an offset from it."""
    return Zone(prefix + offset_zone(seconds).id if seconds else prefix, seconds)


def offset_text(seconds: int) -> str:
    """``ZoneOffset.getId``.

    >>> offset_text(0), offset_text(-5400), offset_text(1)
    ('Z', '-01:30', '+00:00:01')
    """
    if not seconds:
        return "Z"
    minutes, second = divmod(abs(seconds), 60)
    tail = f":{second:02d}" if second else ""
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}{tail}"


def _region(text: str) -> Zone:
    if not _REGION.fullmatch(text):
        raise ValueError(f"Invalid ID for region-based ZoneId, invalid format: {text}")
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        if text in NOT_IN_JAVA or text.startswith(("posix/", "right/")):
            raise ZoneInfoNotFoundError(text)
        return Zone(text, None, ZoneInfo(text))
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"Unknown time-zone ID: {text}") from error


def _offset_of(text: str) -> int:
    """``ZoneOffset.of``."""
    if text == "Z":
        return 0
    if len(text) not in (2, 3, 5, 6, 7, 9):
        raise ValueError(f"Invalid ID for ZoneOffset, invalid format: {text}")
    found = next((match for form in _OFFSET_FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        raise ValueError(f"Invalid ID for ZoneOffset, colon not found when expected: {text}")
    parts = found.groups(default="0")
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"Invalid ID for ZoneOffset, non numeric characters found: {_padded(text)}")
    if text[0] not in "+-":
        raise ValueError(f"Invalid ID for ZoneOffset, plus/minus not found when expected: {_padded(text)}")
    hours, minutes, seconds = (*map(int, parts), 0, 0)[:3]
    _check_offset(text[0], hours, minutes, seconds)
    return (-1 if text[0] == "-" else 1) * (hours * 3600 + minutes * 60 + seconds)


def _padded(text: str) -> str:
    return f"{text[0]}0{text[1]}" if len(text) == 2 else text


def _check_offset(sign: str, hours: int, minutes: int, seconds: int) -> None:
    for name, value, most in (("hours", hours, 18), ("minutes", minutes, 59), ("seconds", seconds, 59)):
        if value > most:
            shown = -value if sign == "-" else value
            raise ValueError(f"Zone offset {name} not in valid range: value {shown} is not in the range -{most} to {most}")
    if hours == 18 and (minutes or seconds):
        raise ValueError("Zone offset not in valid range: -18:00 to +18:00")
