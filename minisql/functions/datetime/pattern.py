"""From a pattern of Java's DateTimeFormatter to the elements that write and read it."""

from __future__ import annotations

import re
from functools import lru_cache

from minisql.errors import UnsupportedError
from minisql.functions.datetime.elements import (
    EXCEEDS_PAD,
    NORMAL,
    NOT_NEGATIVE,
    DayPeriod,
    Element,
    Fraction,
    Literal,
    Number,
    Padded,
    Reduced,
    Sequence,
    Word,
)
from minisql.functions.datetime.fields import LOCALIZED_DAY, WEEK, WEEK_BASED_YEAR, WEEK_OF_MONTH
from minisql.functions.datetime.offsets import LocalizedOffset, Offset, ZoneId
from minisql.functions.datetime.words import FULL, NARROW, SHORT
from minisql.functions.datetime.zone_names import ZoneName

_RUN = re.compile(r"'(?:[^']|'')*'|'.*|([A-Za-z])\1*|.", re.DOTALL)

_YEARS = {"u": "Year", "y": "YearOfEra", "Y": WEEK_BASED_YEAR}
_WORDS = {
    "M": "MonthOfYear", "L": "MonthOfYear", "Q": "QuarterOfYear", "q": "QuarterOfYear", "E": "DayOfWeek", "e": "DayOfWeek",
    "c": "DayOfWeek",
}  # fmt: skip
_TWO_DIGITS = {
    "d": "DayOfMonth", "h": "ClockHourOfAmPm", "H": "HourOfDay", "k": "ClockHourOfDay", "K": "HourOfAmPm", "m": "MinuteOfHour",
    "s": "SecondOfMinute",
}  # fmt: skip
_LONG = {"A": "MilliOfDay", "n": "NanoOfSecond", "N": "NanoOfDay"}
_STYLES = (SHORT, SHORT, SHORT, FULL, NARROW)
_OFFSETS = ("+HHmm", "+HHMM", "+HH:MM", "+HHMMss", "+HH:MM:ss")


class PatternError(ValueError):
    """Java refuses the pattern; the text is that of the cache in which ksqlDB keeps its formatters."""

    def __init__(self, message: str) -> None:
        super().__init__(f"java.lang.IllegalArgumentException: {message}")


@lru_cache(maxsize=1000)
def compiled(pattern: str, locale: str) -> Sequence:
    """The elements of a pattern, ``locale`` being "en" or "root".

    Raises:
        PatternError: it is none.
        UnsupportedError: it has a letter that we lack.
    """
    try:
        return _Builder(pattern, locale).build()
    except UnsupportedError:
        raise
    except ValueError as error:
        raise PatternError(str(error)) from error


def pattern_fault(pattern: str) -> str | None:
    """The reason why Java refuses a pattern, or None when it takes it.

    Raises:
        UnsupportedError: it has a letter that we lack.
    """
    try:
        compiled(pattern, "en")
    except PatternError as error:
        return str(error.__cause__)
    return None


class _Builder:
    """Collects the elements, section by section.

    A section is the list of its elements and the index of the number to which the numbers directly behind it belong.
    """

    def __init__(self, pattern: str, locale: str) -> None:
        self.pattern = pattern
        self.locale = locale
        self.sections: list[list[Element]] = [[]]
        self.leader: Number | None = None
        self.pad = 0

    def build(self) -> Sequence:
        runs = [match[0] for match in _RUN.finditer(self.pattern)]
        for index, run in enumerate(runs):
            if run[0] == "p":
                self._pad(run, runs[index + 1 : index + 2])
            else:
                self._run(run)
        while len(self.sections) > 1:
            self._close()
        return Sequence(self.sections[0], False)

    def _run(self, run: str) -> None:
        if run[0].isascii() and run[0].isalpha():
            self._letters(run[0], len(run))
        elif run[0] == "'":
            self._quoted(run)
        elif run == "[":
            self.sections.append([])
            self.leader = None
        elif run == "]":
            if len(self.sections) == 1:
                raise ValueError("Pattern invalid as it contains ] without previous [")
            self._close()
        elif run in "{}#":
            raise ValueError(f"Pattern includes reserved character: '{run}'")
        else:
            self._add(Literal(run))

    def _pad(self, run: str, following: list[str]) -> None:
        if not following or not (following[0].isascii() and following[0].isalpha()):
            raise ValueError(f"Pad letter 'p' must be followed by valid pad pattern: {self.pattern}")
        self.pad = len(run)

    def _quoted(self, run: str) -> None:
        if len(run) == 1 or not run.endswith("'") or run.count("'") % 2:
            raise ValueError(f"Pattern ends with an incomplete string literal: {self.pattern}")
        self._add(Literal(run[1:-1].replace("''", "'") or "'"))

    def _close(self) -> None:
        elements = self.sections.pop()
        self.leader = None
        if elements:
            self._add(Sequence(elements, True))

    def _add(self, element: Element) -> None:
        if self.pad:
            element, self.pad = Padded(element, self.pad), 0
        self.sections[-1].append(element)
        self.leader = None

    def _add_number(self, number: Number) -> None:
        """Add a number; one of a fixed width that stands directly behind another takes its digits from it."""
        leader = self.leader
        self._add(number)
        if leader is not None and number.is_fixed:
            leader.following = (leader.following or 0) + number.most
            number.following = None
            self.leader = leader
            return
        if leader is not None:
            leader.following = None
        self.leader = number if self.sections[-1][-1] is number else None

    # -- letters ----------------------------------------------------------------------------------

    def _letters(self, letter: str, count: int) -> None:
        if letter in _YEARS:
            self._add_number(_year(_YEARS[letter], count))
        elif letter in _WORDS:
            self._word(letter, count)
        elif letter in _TWO_DIGITS:
            self._add_number(_fixed(_TWO_DIGITS[letter], _at_most(2, letter, count)))
        elif letter in _LONG:
            self._add_number(Number(_LONG[letter], count, 19, NOT_NEGATIVE))
        elif letter in _OTHERS:
            _OTHERS[letter](self, letter, count)
        else:
            raise ValueError(f"Unknown pattern letter: {letter}")

    def _word(self, letter: str, count: int) -> None:
        if letter == "c" and count == 2:
            raise ValueError('Invalid pattern "cc"')
        _at_most(5, letter, count)
        if count > 2 or letter == "E":
            self._add(Word(_WORDS[letter], _STYLES[count - 1], self.locale))
        elif letter in "ec":
            self._add_number(Number(LOCALIZED_DAY, count, count, NOT_NEGATIVE))
        else:
            self._add_number(_fixed(_WORDS[letter], count))

    def _half_day(self, letter: str, count: int) -> None:
        _at_most(1, letter, count)
        self._add(Word("AmPmOfDay", SHORT, self.locale))

    def _era(self, letter: str, count: int) -> None:
        self._add(Word("Era", _STYLES[_at_most(5, letter, count) - 1], self.locale))

    def _fraction(self, letter: str, count: int) -> None:
        self._add_number(Fraction(count))

    def _day_of_year(self, letter: str, count: int) -> None:
        _at_most(3, letter, count)
        self._add_number(Number("DayOfYear") if count == 1 else Number("DayOfYear", count, 3, NOT_NEGATIVE))

    def _day_of_week_in_month(self, letter: str, count: int) -> None:
        self._add_number(_fixed("AlignedDayOfWeekInMonth", _at_most(1, letter, count)))

    def _julian_day(self, letter: str, count: int) -> None:
        self._add_number(Number("ModifiedJulianDay", count, 19, NORMAL))

    def _week(self, letter: str, count: int) -> None:
        self._add_number(Number(WEEK, _at_most(2, letter, count), 2, NOT_NEGATIVE))

    def _week_of_month(self, letter: str, count: int) -> None:
        self._add_number(Number(WEEK_OF_MONTH, _at_most(1, letter, count), 1, NOT_NEGATIVE))

    def _day_period(self, letter: str, count: int) -> None:
        if count not in (1, 4, 5):
            raise ValueError(f"Wrong number of pattern letters: {letter}")
        self._add(DayPeriod(("mi", "n") if count == 5 else ("midnight", "noon")))

    def _zone_id(self, letter: str, count: int) -> None:
        if count != 2:
            raise ValueError(f"Pattern letter count must be 2: {letter}")
        self._add(ZoneId())

    def _zone_name(self, letter: str, count: int) -> None:
        self._add(ZoneName(_at_most(4, letter, count) == 4))

    def _localized_offset(self, letter: str, count: int) -> None:
        if count not in (1, 4):
            raise ValueError(f"Pattern letter count must be 1 or 4: {letter}")
        self._add(LocalizedOffset(count == 4))

    def _offset(self, letter: str, count: int) -> None:
        form = _OFFSETS[_at_most(5, letter, count) - 1]
        zero = "+00" if count == 1 else "+00:00" if count % 2 else "+0000"
        self._add(Offset(form, "Z" if letter == "X" else zero))

    def _rfc_offset(self, letter: str, count: int) -> None:
        _at_most(5, letter, count)
        if count == 4:
            self._add(LocalizedOffset(True))
        else:
            self._add(Offset("+HH:MM:ss", "Z") if count == 5 else Offset("+HHMM", "+0000"))

    def _missing(self, letter: str, count: int) -> None:
        raise UnsupportedError(f"the pattern letter {letter} of dates and times")


_OTHERS = {
    "a": _Builder._half_day,
    "G": _Builder._era,
    "S": _Builder._fraction,
    "D": _Builder._day_of_year,
    "F": _Builder._day_of_week_in_month,
    "g": _Builder._julian_day,
    "w": _Builder._week,
    "W": _Builder._week_of_month,
    "V": _Builder._zone_id,
    "z": _Builder._zone_name,
    "O": _Builder._localized_offset,
    "X": _Builder._offset,
    "x": _Builder._offset,
    "Z": _Builder._rfc_offset,
    "B": _Builder._day_period,
    "v": _Builder._missing,
}


def _at_most(most: int, letter: str, count: int) -> int:
    if count > most:
        raise ValueError(f"Too many pattern letters: {letter}")
    return count


def _fixed(field: str, count: int) -> Number:
    return Number(field) if count == 1 else Number(field, count, count, NOT_NEGATIVE)


def _year(field: str, count: int) -> Number:
    return Reduced(field) if count == 2 else Number(field, count, 19, NORMAL if count < 4 else EXCEEDS_PAD)
