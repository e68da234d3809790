"""Objects of Python's ``datetime`` as the integers that stand for SQL's time types."""

from __future__ import annotations

from typing import Any

from minisql.calendar import DAY

_EPOCH_DAY = 719_163
"""``date(1970, 1, 1).toordinal()``."""


def days_of(value: Any) -> Any:
    """Days since the epoch of a date (or of a datetime's date); anything else as it is."""
    return value.toordinal() - _EPOCH_DAY if hasattr(value, "toordinal") else value


def milliseconds_of(value: Any) -> Any:
    """Milliseconds of the day of a time; anything else as it is."""
    if not hasattr(value, "microsecond") or hasattr(value, "toordinal"):
        return value
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1000 + value.microsecond // 1000


def timestamp_of(value: Any) -> Any:
    """Milliseconds since the epoch of a datetime (UTC when it is naive) or date; anything else as it is."""
    if not hasattr(value, "toordinal"):
        return value
    days = days_of(value) * DAY
    if not hasattr(value, "microsecond"):
        return days
    offset = value.utcoffset()
    shift = 0 if offset is None else int(offset.total_seconds() * 1000)
    return days + milliseconds_of(value.timetz()) - shift
