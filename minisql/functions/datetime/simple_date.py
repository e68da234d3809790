"""Dates read by a pattern of Java's SimpleDateFormat: commons-lang's FastDateFormat, which PARSE_DATE uses.

It is lenient: a month 13 is January of the next year, blanks before a number do not count, and neither does what
stands behind the last field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from minisql.errors import UnsupportedError
from minisql.functions.datetime.calendar import days_of, julian_days
from minisql.functions.datetime.words import FIRST, FULL, SHORT, readable

Fields = dict[str, int]
Reader = Callable[[str, int, Fields], int]

_RUN = re.compile(r"([A-Za-z])\1*|(?:''|'(?:[^']|'')*'|[^A-Za-z'])+|'")
_QUOTED = re.compile(r"''|'((?:[^']|'')*)'")
_GREGORIAN = days_of(1582, 10, 15)

_NUMBERS: dict[str, tuple[str, Callable[[int], int]]] = {
    "D": ("day of year", lambda number: number),
    "M": ("month", lambda number: number - 1),
    "L": ("month", lambda number: number - 1),
    "S": ("milli", lambda number: number),
    "d": ("day", lambda number: number),
    "h": ("hour of half", lambda number: 0 if number == 12 else number),
    "K": ("hour of half", lambda number: number),
    "H": ("hour", lambda number: number),
    "k": ("hour", lambda number: 0 if number == 24 else number),
    "m": ("minute", lambda number: number),
    "s": ("second", lambda number: number),
    "u": ("weekday", lambda number: number),
    "y": ("year", lambda number: number),
    "Y": ("year", lambda number: number),
}
_WORDS = {"M": "MonthOfYear", "L": "MonthOfYear", "E": "DayOfWeek", "G": "Era", "a": "AmPmOfDay"}
_NAMES = {"MonthOfYear": "month", "DayOfWeek": "weekday", "Era": "era", "AmPmOfDay": "half"}
_ISO_ZONES = (r"Z|[+-]\d{2}", r"Z|[+-]\d{4}", r"Z|[+-]\d{2}:\d{2}")
_ZONE = r"[+-]\d{4}|GMT[+-]\d{1,2}:\d{2}|GMT|UTC|Z"


def parse_simple(text: str, pattern: str) -> int:
    """Milliseconds since the epoch, in GMT where the text names no zone.

    Raises:
        ValueError: the text is not as the pattern says, or the pattern is none.
        UnsupportedError: the pattern has a letter that we lack.
    """
    fields: Fields = {}
    at = 0
    for read in _readers(pattern):
        at = read(text, at, fields)
        if at < 0:
            raise ValueError(f"Unparseable date: {text}")
    return _milliseconds(fields)


@lru_cache(maxsize=1000)
def _readers(pattern: str) -> tuple[Reader, ...]:
    runs = [match[0] for match in _RUN.finditer(pattern)]
    numeric = [_is_number(run) for run in runs]
    return tuple(_reader(run, any(numeric[index + 1 : index + 2])) for index, run in enumerate(runs))


def _is_number(run: str) -> bool:
    return run[0] in _NUMBERS and not (run[0] in "ML" and len(run) > 2)


def _reader(run: str, before_number: bool) -> Reader:
    letter = run[0]
    if _is_number(run):
        return _number_reader(letter, len(run), before_number)
    if letter in _WORDS:
        return _word_reader(_WORDS[letter])
    if letter == "X":
        if len(run) > 3:
            raise ValueError("java.lang.IllegalArgumentException: invalid number of X")
        return _zone_reader(_ISO_ZONES[len(run) - 1])
    if letter in "zZ":
        return _zone_reader(_ISO_ZONES[2] if run == "ZZ" else _ZONE)
    if letter in "FWw":
        raise UnsupportedError(f"the pattern letter {letter} of PARSE_DATE")
    if letter.isascii() and letter.isalpha():
        raise ValueError(f"java.lang.IllegalArgumentException: Illegal pattern component: {run}")
    return _literal_reader(run)


def _literal_reader(run: str) -> Reader:
    if run == "'":
        raise ValueError("java.lang.IllegalArgumentException: Unterminated quote")
    literal = _QUOTED.sub(lambda match: "'" if match[1] is None else match[1].replace("''", "'"), run)
    return lambda text, at, fields: at + len(literal) if text.startswith(literal, at) else ~at


def _number_reader(letter: str, width: int, before_number: bool) -> Reader:
    """A reader of digits: of ``width`` at most where a number follows, else of all there are."""
    field, meant = _NUMBERS[letter]
    short_year = field == "year" and width < 3

    def read(text: str, at: int, fields: Fields) -> int:
        stop = at + width if before_number else len(text)
        while not before_number and at < len(text) and text[at].isspace():
            at += 1
        end = at
        while end < min(stop, len(text)) and text[end].isdigit():
            end += 1
        if end == at:
            return ~at
        number = int(text[at:end])
        _put(fields, field, _century(number) if short_year and number < 100 else meant(number))
        return end

    return read


def _century(year: int) -> int:
    """The year of two digits that lies between 80 years ago and 20 years ahead."""
    import time

    first = time.gmtime().tm_year - 80
    year += first // 100 * 100
    return year if year >= first else year + 100


def _put(fields: Fields, field: str, value: int) -> None:
    """Set a field as the last one, for that counts where fields contradict each other."""
    fields.pop(field, None)
    fields[field] = value


def _word_reader(field: str) -> Reader:
    words: dict[str, int] = {}
    for style in (FULL, SHORT) if field in ("MonthOfYear", "DayOfWeek") else (SHORT,):
        words |= readable("en", field, style)
    ordered = sorted(words.items(), key=lambda item: -len(item[0]))

    def read(text: str, at: int, fields: Fields) -> int:
        for word, value in ordered:
            if text[at : at + len(word)].lower() == word:
                _put(fields, _NAMES[field], value - FIRST[field])
                return at + len(word)
        return ~at

    return read


def _zone_reader(form: str) -> Reader:
    regex = re.compile(form, re.IGNORECASE)

    def read(text: str, at: int, fields: Fields) -> int:
        found = regex.match(text, at)
        if found is None:
            return ~at
        digits = re.findall(r"\d+", found[0])
        hours, minutes = (int(digits[0][:2]), int("".join(digits)[2:] or 0)) if digits else (0, 0)
        if len(digits) == 2:
            hours, minutes = int(digits[0]), int(digits[1])
        _put(fields, "offset", (hours * 60 + minutes) * (-60_000 if "-" in found[0] else 60_000))
        return found.end()

    return read


def _milliseconds(fields: Fields) -> int:
    hour = fields.get("hour", 0)
    halves = ("half", "hour of half")
    if any(field in fields for field in halves) and [field for field in fields if field in (*halves, "hour")][-1] != "hour":
        hour = fields.get("half", 0) * 12 + fields.get("hour of half", 0)
    minutes = hour * 60 + fields.get("minute", 0)
    clock = (minutes * 60 + fields.get("second", 0)) * 1000 + fields.get("milli", 0)
    return _days(fields) * 86_400_000 + clock - fields.get("offset", 0)


def _days(fields: Fields) -> int:
    """Days since the epoch; before 1582-10-15 the calendar is the Julian one."""
    year = fields.get("year", 1970)
    if fields.get("era") == 0:
        year = 1 - year
    days = [field for field in fields if field in ("day", "day of year")]
    if days[-1:] == ["day of year"]:
        year, month, day = year, 1, fields["day of year"]
    else:
        month, day = fields.get("month", 0), fields.get("day", 1)
        year, month = year + month // 12, month % 12 + 1
    gregorian = days_of(year, month, 1) + day - 1
    return gregorian if gregorian >= _GREGORIAN else julian_days(year, month, 1) + day - 1
