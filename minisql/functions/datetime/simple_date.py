"""Dates read by a pattern of Java's SimpleDateFormat: commons-lang's FastDateFormat, which PARSE_DATE uses.

It is lenient: a month 13 is January of the next year, blanks before a number do not count, and neither does what
stands behind the last field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from minisql.errors import UnsupportedError
from minisql.functions.datetime.gregorian import (
    DAY_OF_YEAR,
    HALF,
    HOUR_OF_HALF,
    NTH_WEEKDAY,
    WEEK_OF_MONTH,
    WEEK_OF_YEAR,
    Fields,
    instant,
)
from minisql.functions.datetime.words import FULL, NARROW, SHORT, readable
from minisql.types import INT_MAX

Reader = Callable[[str, int, Fields], int]

_RUN = re.compile(r"([A-Za-z])\1*|(?:''|'(?:[^']|'')*'|[^A-Za-z'])+|'")
_QUOTED = re.compile(r"''|'((?:[^']|'')*)'")
_NUMBERS: dict[str, tuple[str, Callable[[int], int]]] = {
    "D": (DAY_OF_YEAR, lambda number: number),
    "M": ("month", lambda number: number - 1),
    "F": (NTH_WEEKDAY, lambda number: number),
    "W": (WEEK_OF_MONTH, lambda number: number),
    "w": (WEEK_OF_YEAR, lambda number: number),
    "S": ("milli", lambda number: number),
    "d": ("day", lambda number: number),
    "h": (HOUR_OF_HALF, lambda number: 0 if number == 12 else number),
    "K": (HOUR_OF_HALF, lambda number: number),
    "H": ("hour", lambda number: number),
    "k": ("hour", lambda number: 0 if number == 24 else number),
    "m": ("minute", lambda number: number),
    "s": ("second", lambda number: number),
    "u": ("weekday", lambda number: 1 if number == 7 else number + 1),
    "y": ("year", lambda number: number),
    "Y": ("year", lambda number: number),
}
_WORDS = {"M": "MonthOfYear", "E": "DayOfWeek", "G": "Era", "a": "AmPmOfDay"}
_NAMES = {"MonthOfYear": "month", "DayOfWeek": "weekday", "Era": "era", "AmPmOfDay": HALF}
_ISO_ZONES = (r"Z|[+-]\d{2}", r"Z|[+-]\d{4}", r"Z|[+-]\d{2}:\d{2}")
_ZONE = r"[+-]\d{4}|(?i:GMT)[+-]\d{1,2}:\d{2}|(?i:GMT|UTC)"


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
    return instant(fields)


@lru_cache(maxsize=1000)
def _readers(pattern: str) -> tuple[Reader, ...]:
    runs = [match[0] for match in _RUN.finditer(pattern)]
    numeric = [_is_number(run) for run in runs]
    return tuple(_reader(run, any(numeric[index + 1 : index + 2])) for index, run in enumerate(runs))


def _is_number(run: str) -> bool:
    return run[0] in _NUMBERS and not (run[0] == "M" and len(run) > 2)


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
        if number > INT_MAX:
            raise ValueError(f'For input string: "{text[at:end]}"')
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
    ordered = sorted(_words(field).items(), key=lambda item: -len(item[0]))

    def read(text: str, at: int, fields: Fields) -> int:
        for word, value in ordered:
            if text[at : at + len(word)].lower() == word:
                _put(fields, _NAMES[field], value)
                return at + len(word)
        return ~at

    return read


def _words(field: str) -> dict[str, int]:
    """Word, lower case -> Java's number for it in a calendar."""
    words = readable("en", field, SHORT)
    if field == "AmPmOfDay":
        return words | {"a": 0, "p": 1}
    words |= readable("en", field, FULL)
    if field == "Era":
        return words | readable("en", field, NARROW)
    if field == "DayOfWeek":
        return {word: value % 7 + 1 for word, value in words.items()}
    return {word: value - 1 for word, value in words.items()}


def _zone_reader(form: str) -> Reader:
    regex = re.compile(form)

    def read(text: str, at: int, fields: Fields) -> int:
        found = regex.match(text, at)
        if found is None:
            if form == _ZONE and text[at : at + 1].isalpha():
                raise UnsupportedError("names of time zones in PARSE_DATE")
            return ~at
        digits = re.findall(r"\d+", found[0])
        hours, minutes = (int(digits[0][:2]), int("".join(digits)[2:] or 0)) if digits else (0, 0)
        if len(digits) == 2:
            hours, minutes = int(digits[0]), int(digits[1])
        for name, value, most in (("hours", hours, 23), ("minutes", minutes, 59)):
            if value > most:
                raise ValueError(f"{value} {name} out of range")
        _put(fields, "offset", (hours * 60 + minutes) * (-60_000 if "-" in found[0] else 60_000))
        return found.end()

    return read
