"""The parts of a pattern: each writes a moment's field, and reads it back from a text.

``parse(text, at, parsed)`` gives the index behind what it has read, or ``~index`` of where reading failed.
"""

from __future__ import annotations

import re

from minisql.errors import UnsupportedError
from minisql.functions.datetime.fields import Moment, UnsupportedField, read
from minisql.functions.datetime.parsed import Parsed
from minisql.functions.datetime.words import readable, word

NORMAL, NOT_NEGATIVE, EXCEEDS_PAD = "normal", "not negative", "exceeds pad"


class Element:
    """A part of a pattern."""

    __slots__ = ()

    @property
    def plain(self) -> str:
        """A regular expression of what is mostly read, with a group for the value; empty when there is none."""
        return ""

    def format(self, moment: Moment) -> str:
        """The text of its part of ``moment``; raises ValueError when the moment has no such part."""
        raise NotImplementedError

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        """Read into ``parsed``."""
        raise NotImplementedError


class Literal(Element):
    """A fixed text; case does not matter when it is read."""

    __slots__ = ("lower", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower()

    @property
    def plain(self) -> str:
        return re.escape(self.text) if self.text.isascii() and not self.text[0].isdigit() else ""

    def format(self, moment: Moment) -> str:
        return self.text

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        stop = at + len(self.text)
        return stop if text[at:stop].lower() == self.lower else ~at


class Number(Element):
    """A number of ``least`` to ``most`` digits.

    ``following`` is how many digits the fixed-width numbers take that stand directly behind it, which it has to leave
    to them; None when it has a fixed width itself.
    """

    __slots__ = ("field", "following", "least", "most", "sign")

    def __init__(self, field: str, least: int = 1, most: int = 19, sign: str = NORMAL) -> None:
        _check_widths(least, most)
        self.field = field
        self.least = least
        self.most = most
        self.sign = sign
        self.following: int | None = 0

    @property
    def is_fixed(self) -> bool:
        """Whether it always has the same number of digits, so that it may stand directly behind another number."""
        return self.least == self.most and self.sign == NOT_NEGATIVE

    @property
    def plain(self) -> str:
        if self.is_fixed:
            return f"([0-9]{{{self.least}}})"
        digits = "([0-9]{4})" if self.sign == EXCEEDS_PAD and self.least == 4 else "([0-9]{1,2})" if self.least == 1 else ""
        return digits and digits + ("" if self.following else "(?![0-9])")

    def shown(self, value: int) -> int:
        """The number that stands for a value."""
        return value

    def meant(self, number: int, digits: int) -> int:
        """The value for which a number of so many digits stands."""
        return number

    def format(self, moment: Moment) -> str:
        value = self.shown(read(moment, self.field))
        digits = str(abs(value))
        if len(digits) > self.most:
            raise ValueError(
                f"Field {self.field} cannot be printed as the value {value} exceeds the maximum print width of {self.most}"
            )
        return self._sign(value) + digits.rjust(self.least, "0")

    def _sign(self, value: int) -> str:
        if value >= 0:
            return "+" if self.sign == EXCEEDS_PAD and value >= 10**self.least else ""
        if self.sign == NOT_NEGATIVE:
            raise ValueError(
                f"Field {self.field} cannot be printed as the value {value} cannot be negative according to the SignStyle"
            )
        return "-"

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        if at == len(text):
            return ~at
        sign = text[at] if text[at] in "+-" else ""
        if sign and (self.sign == NOT_NEGATIVE or (sign == "+" and self.sign == NORMAL)):
            return ~at
        start = at + len(sign)
        stop = self._stop(text, start)
        if stop < 0:
            return stop
        number = int(text[start:stop])
        if sign == "-" and not number:
            return ~at
        if self.sign == EXCEEDS_PAD and sign != "-" and (stop - start > self.least) != bool(sign):
            return ~at
        return parsed.set(self.field, self.meant(-number if sign == "-" else number, stop - start), start, stop)

    def _stop(self, text: str, start: int) -> int:
        """Where the digits end."""
        stop = start
        limit = min(len(text), start + self.most + (self.following or 0))
        while stop < limit and text[stop] in "0123456789":
            stop += 1
        if stop - start < self.least:
            return ~start
        return max(start + self.least, stop - self.following) if self.following else stop


class Reduced(Number):
    """A year of two digits, 2000 to 2099."""

    __slots__ = ()
    plain = ""

    def __init__(self, field: str) -> None:
        super().__init__(field, 2, 2, NOT_NEGATIVE)

    def shown(self, value: int) -> int:
        return abs(value) % 100

    def meant(self, number: int, digits: int) -> int:
        return 2000 + number if digits == 2 else number


class Fraction(Number):
    """The first digits of the nanoseconds."""

    __slots__ = ()

    def __init__(self, width: int) -> None:
        if width > 9:
            raise ValueError(f"Minimum width must be from 0 to 9 inclusive but was {width}")
        super().__init__("NanoOfSecond", width, width, NOT_NEGATIVE)

    def format(self, moment: Moment) -> str:
        return f"{read(moment, self.field):09d}"[: self.least]

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        if at == len(text):
            return ~at
        digits = text[at : at + self.least]
        if len(digits) < self.least or not (digits.isascii() and digits.isdigit()):
            return ~at
        return parsed.set(self.field, int(digits.ljust(9, "0")), at, at + self.least)


class Word(Element):
    """A field as a word."""

    __slots__ = ("field", "locale", "style", "words")

    def __init__(self, field: str, style: str, locale: str) -> None:
        self.field = field
        self.style = style
        self.locale = locale
        self.words = readable(locale, field, style)

    @property
    def plain(self) -> str:
        return f"({'|'.join(self.words)})" if self.field == "MonthOfYear" else ""

    def format(self, moment: Moment) -> str:
        return word(self.locale, self.field, self.style, read(moment, self.field))

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        for each, value in self.words.items():
            if text[at : at + len(each)].lower() == each:
                return parsed.set(self.field, value, at, at + len(each))
        return ~at


class DayPeriod(Element):
    """A part of the day in English words."""

    __slots__ = ("names",)

    def __init__(self, names: tuple[str, str]) -> None:
        self.names = names

    def format(self, moment: Moment) -> str:
        hour, minute = read(moment, "HourOfDay"), read(moment, "MinuteOfHour")
        if hour % 12 == minute == 0:
            return self.names[hour // 12]
        parts = ((6, "at night"), (12, "in the morning"), (18, "in the afternoon"), (21, "in the evening"))
        return next((name for end, name in parts if hour < end), "at night")

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        raise UnsupportedError("reading the pattern letter B of dates and times")


class Padded(Element):
    """Another element, with blanks before it up to a width."""

    __slots__ = ("inner", "width")

    def __init__(self, inner: Element, width: int) -> None:
        self.inner = inner
        self.width = width

    def format(self, moment: Moment) -> str:
        text = self.inner.format(moment)
        if len(text) > self.width:
            raise ValueError(f"Cannot print as output of {len(text)} characters exceeds pad width of {self.width}")
        return text.rjust(self.width)

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        stop = at + self.width
        if stop > len(text) or at == len(text):
            return ~at
        start = at
        while start < stop and text[start] == " ":
            start += 1
        found = self.inner.parse(text[:stop], start, parsed)
        return found if found == stop else ~(at + start)


class Sequence(Element):
    """Several elements; when ``optional``, nothing stands for them where they do not fit."""

    __slots__ = ("elements", "optional")

    def __init__(self, elements: list[Element], optional: bool) -> None:
        self.elements = elements
        self.optional = optional

    def format(self, moment: Moment) -> str:
        try:
            return "".join([element.format(moment) for element in self.elements])
        except UnsupportedField:
            if not self.optional:
                raise
            return ""

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        start, before = at, parsed.copy() if self.optional else None
        for element in self.elements:
            at = element.parse(text, at, parsed)
            if at < 0:
                if before is None:
                    return at
                parsed.restore(before)
                return start
        return at


def _check_widths(least: int, most: int) -> None:
    if not 1 <= least <= 19:
        raise ValueError(f"The minimum width must be from 1 to 19 inclusive but was {least}")
    if not 1 <= most <= 19:
        raise ValueError(f"The maximum width must be from 1 to 19 inclusive but was {most}")
