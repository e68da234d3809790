"""Short cuts for the patterns that most timestamps have: year, month, day and clock in plain numbers.

They give None for what is not plain (a year of five digits, a 30th of February, an hour 24); then the elements
themselves have to say what it means. A test holds them to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from minisql.functions.datetime.elements import Element, Fraction, Literal, Number, Reduced, Word
from minisql.functions.datetime.offsets import Offset
from minisql.functions.datetime.pattern import compiled

Reader = Callable[[str], "tuple[int, int, int | None] | None"]
"""Gives seconds of local time since 1970-01-01T00:00, milliseconds, and the offset if one was read."""

Writer = Callable[[int, int], "str | None"]
"""Takes days since the epoch and milliseconds of the day."""

_EPOCH = date(1970, 1, 1).toordinal()
_DATE = ["Year", "MonthOfYear", "DayOfMonth"]
_CLOCK = ["HourOfDay", "MinuteOfHour", "SecondOfMinute", "NanoOfSecond"]


def _name(element: Element) -> str:
    """What an element has in its group."""
    if isinstance(element, Offset):
        return "offset"
    name: str = getattr(element, "field", "")
    return "Year" if name == "YearOfEra" else name


@lru_cache(maxsize=1000)
def reader(pattern: str) -> Reader | None:
    """What reads the timestamps of a pattern, or None."""
    elements = compiled(pattern, "root").elements
    grouped = [element for element in elements if not isinstance(element, Literal)]
    names = [_name(element) for element in grouped]
    clock = [name for name in names if name in _CLOCK]
    whole = set(_DATE) <= set(names) <= {*_DATE, *_CLOCK, "offset"} and len(set(names)) == len(names)
    if not whole or not all(element.plain for element in elements) or sorted(clock, key=_CLOCK.index) != _CLOCK[: len(clock)]:
        return None
    regex = re.compile("".join(element.plain for element in elements), re.IGNORECASE | re.ASCII)
    order = [names.index(name) + 1 for name in (*_DATE, *_CLOCK[: len(clock)], "offset") if name in names]
    return _reader(regex, order, len(clock), _months(grouped), _fraction_digits(grouped))


def _months(elements: Sequence[Element]) -> Callable[[str], int]:
    words = next((element.words for element in elements if isinstance(element, Word)), None)
    return int if words is None else lambda text: words[text.lower()]


def _fraction_digits(elements: Sequence[Element]) -> int:
    return next((element.least for element in elements if isinstance(element, Fraction)), 9)


def _reader(regex: re.Pattern[str], order: list[int], clock: int, month: Callable[[str], int], digits: int) -> Reader:
    match = regex.fullmatch
    nanos = 10 ** (9 - digits)

    def read(text: str) -> tuple[int, int, int | None] | None:
        found = match(text)
        if found is None:
            return None
        parts: tuple[Any, ...] = found.group(*order)
        hour, minute, second, fraction = (*map(int, parts[3 : 3 + clock]), 0, 0, 0, 0)[:4]
        if hour > 23 or minute > 59 or second > 59:
            return None
        try:
            days = date(int(parts[0]), month(parts[1]), int(parts[2])).toordinal() - _EPOCH
        except ValueError:
            return None
        offset = _offset(parts[3 + clock]) if len(parts) > 3 + clock else None
        return ((days * 24 + hour) * 60 + minute) * 60 + second, fraction * nanos // 1_000_000, offset

    return read


@lru_cache(maxsize=100)
def _offset(text: str) -> int:
    """Seconds of ``Z``, ``+HHMM`` or ``+HH:MM``."""
    if text in "Zz":
        return 0
    length = int(text[1:3]) * 3600 + int(text[-2:]) * 60
    return -length if text[0] == "-" else length


# -- writing -------------------------------------------------------------------------------------

_POSITIONS = {
    "Year": 0,
    "YearOfEra": 0,
    "MonthOfYear": 1,
    "DayOfMonth": 2,
    "HourOfDay": 3,
    "MinuteOfHour": 4,
    "SecondOfMinute": 5,
}


@lru_cache(maxsize=1000)
def writer(pattern: str) -> Writer | None:
    """What writes the timestamps of a pattern, or None."""
    parts = [_template(element) for element in compiled(pattern, "en").elements]
    if not all(parts):
        return None
    write = "".join(parts).format

    def format_plain(days: int, milli: int) -> str | None:
        if not -_EPOCH < days < 2_932_896:
            return None
        day = date.fromordinal(days + _EPOCH)
        seconds, milli = divmod(milli, 1000)
        minutes, second = divmod(seconds, 60)
        return write(day.year, day.month, day.day, minutes // 60, minutes % 60, second, milli)

    return format_plain


def _template(element: Element) -> str:
    """Its part of the text for ``str.format``, whose arguments are year, month, day, hour, minute, second, millisecond."""
    if isinstance(element, Literal):
        return element.text.replace("{", "{{").replace("}", "}}")
    if isinstance(element, Fraction):
        return "{6:03d}" + "0" * (element.least - 3) if element.least >= 3 else ""
    if isinstance(element, Number) and not isinstance(element, Reduced) and _name(element) in _POSITIONS:
        return f"{{{_POSITIONS[_name(element)]}:0{element.least}d}}"
    return ""
