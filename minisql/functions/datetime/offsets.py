"""The parts of a pattern that are about time zones."""

from __future__ import annotations

import re

from minisql.functions.datetime.elements import Element
from minisql.functions.datetime.fields import Moment, UnsupportedField, read
from minisql.functions.datetime.parsed import Parsed
from minisql.functions.datetime.zones import NOT_IN_JAVA, Zone, offset_zone, prefixed_zone, zone_of

_COLON = ":(?=[0-5][0-9])"


class Offset(Element):
    """``+HH``, with minutes and seconds as the form says, or a word where there is no offset.

    Args:
        form: of ``+HHmm +HHMM +HH:MM +HHMMss +HH:MM:ss``: small letters stand for what is left out when zero.
        none: the word for UTC.
    """

    __slots__ = ("form", "none", "regex")

    def __init__(self, form: str, none: str) -> None:
        self.form = form
        self.none = none
        colon = ":" if ":" in form else ""
        minutes = f"{colon}([0-5][0-9])"
        seconds = f"(?:{colon}([0-5][0-9]))?" if "ss" in form else "()"
        self.regex = re.compile(f"([+-])([0-5][0-9])(?:{minutes}){'?' if 'mm' in form else ''}{seconds}")

    @property
    def plain(self) -> str:
        colon = ":" if ":" in self.form else ""
        return (
            f"({re.escape(self.none)}|[+-](?:0[0-9]|1[0-7]){colon}[0-5][0-9])"
            if "MM" in self.form and "ss" not in self.form
            else ""
        )

    def format(self, moment: Moment) -> str:
        seconds = read(moment, "OffsetSeconds")
        hours, rest = divmod(abs(seconds), 3600)
        minutes, rest = divmod(rest, 60)
        if not self._is_shown(hours, minutes, rest):
            return self.none
        colon = ":" if ":" in self.form else ""
        text = f"{'-' if seconds < 0 else '+'}{hours:02d}"
        if minutes or "MM" in self.form:
            text += f"{colon}{minutes:02d}"
        return text + (f"{colon}{rest:02d}" if rest and "ss" in self.form else "")

    def _is_shown(self, hours: int, minutes: int, seconds: int) -> bool:
        return bool(hours or minutes or (seconds and "ss" in self.form))

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        stop = at + len(self.none)
        if text[at:stop].lower() == self.none.lower() and at < len(text):
            return parsed.set("OffsetSeconds", 0, at, stop)
        found = self.regex.match(text, at)
        if found is None:
            return ~at
        hours, minutes, seconds = _clock_parts(found)
        length = hours * 3600 + minutes * 60 + seconds
        return parsed.set("OffsetSeconds", -length if found[1] == "-" else length, at, found.end())


def _clock_parts(found: re.Match[str]) -> tuple[int, int, int]:
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    if hours > 23:
        raise ValueError("Value out of range: Hour[0-23], Minute[0-59], Second[0-59]")
    return hours, minutes, seconds


class LocalizedOffset(Element):
    """``GMT+8``, or when ``full`` ``GMT+08:00``."""

    __slots__ = ("full", "regex")

    def __init__(self, full: bool) -> None:
        self.full = full
        hours = "([0-9]{2}):([0-9]{2})" if full else "([0-9]{1,2})(?::([0-9]{2}))?"
        self.regex = re.compile(f"GMT(?:([+-]){hours}(?::([0-9]{{2}}))?)?", re.IGNORECASE)

    def format(self, moment: Moment) -> str:
        seconds = read(moment, "OffsetSeconds")
        if not seconds:
            return "GMT"
        hours, rest = divmod(abs(seconds), 3600)
        minutes, rest = divmod(rest, 60)
        text = f"GMT{'-' if seconds < 0 else '+'}{hours:02d}" if self.full else f"GMT{'-' if seconds < 0 else '+'}{hours}"
        if self.full or minutes or rest:
            text += f":{minutes:02d}"
        return text + (f":{rest:02d}" if rest else "")

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        found = self.regex.match(text, at)
        if found is None or (found[1] is None and text[found.end() : found.end() + 1] in ("+", "-")):
            return ~at
        hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        length = hours * 3600 + minutes * 60 + seconds
        return parsed.set("OffsetSeconds", -length if found[1] == "-" else length, at, found.end())


_PREFIX = re.compile(r"UTC|UT|GMT", re.IGNORECASE)
_ID_OFFSET = re.compile(r"([+-])([0-5][0-9]):([0-5][0-9])(?::([0-5][0-9]))?")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9~/._+-]+")


class ZoneId(Element):
    """The id of a zone: a region, an offset, or an offset from UTC."""

    __slots__ = ()

    def format(self, moment: Moment) -> str:
        return zone_of_moment(moment).id

    def parse(self, text: str, at: int, parsed: Parsed) -> int:
        if at == len(text):
            return ~at
        if text[at] in "+-":
            return self._offset_based("", text, at, at, parsed)
        prefix = _PREFIX.match(text, at)
        if prefix is not None:
            if prefix[0].upper() == "GMT" and text[prefix.end() : prefix.end() + 1] == "0":
                parsed.zone = Zone("GMT0", 0)
                return prefix.end() + 1
            return self._offset_based(prefix[0].upper(), text, at, prefix.end(), parsed)
        return self._region(text, at, parsed)

    def _offset_based(self, prefix: str, text: str, at: int, behind: int, parsed: Parsed) -> int:
        found = _ID_OFFSET.match(text, behind)
        if found is None:
            if not prefix:
                return ~at
            parsed.zone = prefixed_zone(prefix, 0)
            return behind
        hours, minutes, seconds = _clock_parts(found)
        length = (hours * 3600 + minutes * 60 + seconds) * (-1 if found[1] == "-" else 1)
        try:
            parsed.zone = prefixed_zone(prefix, length) if prefix else offset_zone(length)
        except ValueError:
            return ~at
        return found.end()

    def longest(self, text: str, at: int) -> tuple[Zone, int] | None:
        """The zone with the longest id that ``text`` goes on with, and where the id ends."""
        return longest_region(text, at)

    def _region(self, text: str, at: int, parsed: Parsed) -> int:
        found = self.longest(text, at)
        if found is not None:
            parsed.zone = found[0]
            return found[1]
        if text[at] in "zZ":
            parsed.zone = zone_of("Z")
            return at + 1
        return ~at


def longest_region(text: str, at: int) -> tuple[Zone, int] | None:
    """The region with the longest id that ``text`` goes on with, and where the id ends; case does not matter."""
    found = _ID.match(text, at)
    if found is None:
        return None
    ids = region_ids()
    for stop in range(found.end(), at + 1, -1):
        known = ids.get(text[at:stop].lower())
        if known is not None:
            return zone_of(known), stop
    return None


_REGION_IDS: dict[str, str] = {}


def region_ids() -> dict[str, str]:
    """Lower case id -> id, of all zones that there are."""
    if not _REGION_IDS:
        from zoneinfo import available_timezones

        _REGION_IDS.update((name.lower(), name) for name in available_timezones() - NOT_IN_JAVA)
    return _REGION_IDS


def zone_of_moment(moment: Moment) -> Zone:
    """The zone of a moment; raises UnsupportedField when it has none."""
    if moment.zone is None:
        raise UnsupportedField("Unable to extract ZoneId from temporal")
    return moment.zone
