"""Texts of dates and times, read as ksqlDB's SqlTimeTypes does.

A TIMESTAMP is milliseconds since the epoch, a DATE is days, a TIME is milliseconds of the day; all in UTC.
"""

from __future__ import annotations

import re

from minisql.calendar import DAY, MONTHS, days_of, month_length
from minisql.errors import KsqlError
from minisql.types import BIGINT_MAX, INT_MAX

_TIME_PATTERN = "00:00:00.000"

_TIMESTAMP = r"(\d{4}|\+\d{5,19})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)\.(\d\d\d)"
_DATE = r"(\d{4}|\+\d{5,10}|-(?!0{4,10}-)\d{4,10})-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{0,9}))?)?"
_OFFSET = r"([+-])(\d\d?)(?::?(\d\d)(?::?(\d\d))?)?"

_TIMESTAMP_HELP = (
    "\nRequired format is: \"yyyy-MM-dd'T'HH:mm:ss.SSS\", with an optional numeric 4-digit timezone, for example: "
    "'2020-05-26T23:59:58.000' or with tz: '2020-05-26T23:59:58.000+0200'. A trailing 'Z' instead of tz indicates "
    'the zero UTC offset. Partials are also supported, for example "2020-05-26"'
)
_DATE_HELP = "\nRequired format is: \"yyyy-MM-dd\", for example '2020-05-26'. Partials are also supported, for example '2020-05'"
_TIME_HELP = (
    "\nRequired format is: \"HH:mm:ss.SSS\", for example: '01:34:20.123' or '01:34:20'. "
    "Partials are also supported, for example '01:34'"
)

_FIELDS = (
    ("MonthOfYear", 1, 12), ("DayOfMonth", 1, 31), ("HourOfDay", 0, 23), ("MinuteOfHour", 0, 59), ("SecondOfMinute", 0, 59),
)  # fmt: skip


# -- reading -------------------------------------------------------------------------------------


def parse_timestamp(text: str) -> int:
    """Milliseconds since the epoch of a whole or partial timestamp, with or without an offset.

    >>> parse_timestamp("1970-01-01T01"), parse_timestamp("1970"), parse_timestamp("1970-01-01T00:00:00.000+0100")
    (3600000, 0, -3600000)

    Raises:
        KsqlError: the text is none.
    """
    date, mark, rest = text.partition("T")
    sign = next((char for char in "+-" if char in rest), None)
    zone = rest[rest.index(sign) :] if sign else ""
    time = rest[: len(rest) - len(zone)].removesuffix("Z")
    whole = f"{date if mark else _completed(date)}T{time + _TIME_PATTERN[len(time) :]}"
    try:
        return _milliseconds(whole) - _offset(zone)
    except ValueError as error:
        raise KsqlError(f"Failed to parse timestamp '{text}': {error}{_TIMESTAMP_HELP}") from error


def parse_date(text: str) -> int:
    """Days since the epoch of a date, a month or a year.

    >>> parse_date("1970-02"), parse_date("2000-01-01")
    (31, 10957)

    Raises:
        KsqlError: the text is none.
    """
    whole = _completed(text)
    try:
        found = re.fullmatch(_DATE, whole)
        if found is None:
            raise ValueError(f"Text '{whole}' could not be parsed at index {_failing(whole, '0000-00-00')}")
        year, month, day = map(int, found.groups())
        _check_fields(whole, month, day)
        if day > month_length(year, month):
            raise ValueError(f"Text '{whole}' could not be parsed: Invalid date '{MONTHS[month - 1]} {day}'")
        return _within(days_of(year, month, day), INT_MAX, whole)
    except ValueError as error:
        raise KsqlError(f"Failed to parse date '{text}': {error}{_DATE_HELP}") from error


def parse_time(text: str) -> int:
    """Milliseconds of the day of ``HH:mm[:ss[.fraction]]``.

    >>> parse_time("00:00:01.5"), parse_time("10:00")
    (1500, 36000000)

    Raises:
        KsqlError: the text is none.
    """
    try:
        found = re.fullmatch(_TIME, text)
        if found is None:
            raise ValueError(f"Text '{text}' could not be parsed at index {_failing(text, '00:00:00.000000000')}")
        hour, minute, second = (int(part or 0) for part in found.groups()[:3])
        _check_fields(text, 1, 1, hour, minute, second)
        return ((hour * 60 + minute) * 60 + second) * 1000 + int((found[4] or "")[:3].ljust(3, "0"))
    except ValueError as error:
        raise KsqlError(f"Failed to parse time '{text}': {error}{_TIME_HELP}") from error


def _completed(date: str) -> str:
    return date + {0: "-01-01", 1: "-01"}.get(date.count("-"), "")


def _milliseconds(whole: str) -> int:
    found = re.fullmatch(_TIMESTAMP, whole)
    if found is None:
        raise ValueError(f"Text '{whole}' could not be parsed at index {_failing(whole, '0000-00-00T00:00:00.000')}")
    year, month, day, hour, minute, second, milli = map(int, found.groups())
    if year == 0:  # the year of an era, so that there is none before the first
        raise ValueError(
            f"Text '{whole}' could not be parsed: Invalid value for YearOfEra (valid values 1 - 999999999/1000000000): 0"
        )
    # Java's smart resolver takes 24:00 for the end of the day.
    ends_day = (hour, minute, second, milli) == (24, 0, 0, 0)
    _check_fields(whole, month, day, 0 if ends_day else hour, minute, second)
    # Unlike a DATE, a TIMESTAMP may have a day that its month lacks: Java takes the last day instead.
    days = days_of(year, month, min(day, month_length(year, month)))
    return _within(days * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli, BIGINT_MAX, whole)


def _within(count: int, most: int, text: str) -> int:
    """What the type can hold. ksqlDB can show a later DATE, but no format writes it to a topic."""
    if not -most <= count <= most:
        raise ValueError(f"Text '{text}' could not be parsed: it lies too far from 1970")
    return count


def _check_fields(text: str, *values: int) -> None:
    for (name, least, most), value in zip(_FIELDS, values, strict=False):
        if not least <= value <= most:
            raise ValueError(
                f"Text '{text}' could not be parsed: Invalid value for {name} (valid values {least} - {most}): {value}"
            )


def _failing(text: str, form: str) -> int:
    """Where Java stops reading: at the start of the number that is not as ``form`` has it, or at the odd character."""
    start = 0
    for at, wanted in enumerate(form):
        if at == len(text):
            return start if wanted == "0" and start < at else at
        if wanted == "0":
            if not text[at].isdigit():
                return start
        else:
            if text[at].upper() != wanted:
                return at
            start = at + 1
    return len(form)


def _offset(zone: str) -> int:
    """Milliseconds by which a zone is ahead of UTC."""
    if not zone.strip():
        return 0
    found = re.fullmatch(_OFFSET, zone)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:]) if found else (99, 0, 0)
    if found is None or hours > 18 or minutes > 59 or seconds > 59:
        raise ValueError(f"Failed to parse timezone '{zone}': Invalid ID for ZoneOffset, invalid format: {zone}")
    length = ((hours * 60 + minutes) * 60 + seconds) * 1000
    return -length if found[1] == "-" else length


# -- parts ---------------------------------------------------------------------------------------


def date_of(milliseconds: int) -> int:
    """The day of a timestamp."""
    return milliseconds // DAY


def time_of(milliseconds: int) -> int:
    """The time of day of a timestamp."""
    return milliseconds % DAY
