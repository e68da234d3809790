"""The names of time zones: the English ones are written, those of Java's root locale are read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from minisql.functions.datetime.fields import Moment
from minisql.functions.datetime.offsets import ZoneId, longest_region, zone_of_moment
from minisql.functions.datetime.zones import Zone, offset_text, zone_of

_ZONES = 4


class ZoneName(ZoneId):
    """The name of a zone, such as ``PST`` or ``PDT``, or when ``full`` ``Pacific Daylight Time``; its id is read too."""

    __slots__ = ("full",)

    def __init__(self, full: bool) -> None:
        self.full = full

    def format(self, moment: Moment) -> str:
        zone = zone_of_moment(moment)
        if zone.is_offset:
            return zone.id
        names = _names().get(zone.id)
        if names is None:
            return zone.id if zone.fixed is not None else "GMT" + offset_text(moment.offset).removeprefix("Z")
        return names[2 * self.full + _is_summer(moment, zone)]

    def longest(self, text: str, at: int) -> tuple[Zone, int] | None:
        """The zone with the longest name or id that ``text`` goes on with."""
        found = longest_region(text, at)
        least = 0 if found is None else found[1] - at
        for word, region in _words(self.full):
            if len(word) < least:
                break
            if text[at : at + len(word)].lower() == word:
                return zone_of(region), at + len(word)
        return found


def _is_summer(moment: Moment, zone: Zone) -> bool:
    assert moment.days is not None
    assert moment.milli is not None
    return zone.is_summer_time(moment.days * 86_400 + moment.milli // 1000 - moment.offset)


def _table(name: str) -> list[list[str]]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    """Zone -> its names: short and long, each without and with summer time."""
    return {zone: row for row in _table("zone_names.tsv") for zone in row[_ZONES].split(" ")}


@lru_cache(maxsize=2)
def _words(full: bool) -> list[tuple[str, str]]:
    """(name in lower case, zone), longest first."""
    words = [(word.lower(), row[0]) for row in _table("zone_words.tsv") for word in row[1 + full].split("|") if word]
    return sorted(words, key=lambda pair: -len(pair[0]))
