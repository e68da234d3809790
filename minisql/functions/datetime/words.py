"""The words of dates: English, and those of Java's root locale, in which ksqlDB reads timestamps."""

from __future__ import annotations

from minisql.calendar import MONTHS

Words = tuple[str, ...]

SHORT, FULL, NARROW = "short", "full", "narrow"

_MONTHS = tuple(month.capitalize() for month in MONTHS)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_MONTHS = tuple(month[:3] for month in _MONTHS)
_SHORT_DAYS = tuple(day[:3] for day in _DAYS)
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")

FIRST = {"Era": 0, "AmPmOfDay": 0, "MonthOfYear": 1, "DayOfWeek": 1, "QuarterOfYear": 1}
"""Field -> the value of its first word."""

_ENGLISH: dict[tuple[str, str], Words] = {
    ("MonthOfYear", SHORT): _SHORT_MONTHS,
    ("MonthOfYear", FULL): _MONTHS,
    ("MonthOfYear", NARROW): tuple(month[0] for month in _MONTHS),
    ("DayOfWeek", SHORT): _SHORT_DAYS,
    ("DayOfWeek", FULL): _DAYS,
    ("DayOfWeek", NARROW): tuple(day[0] for day in _DAYS),
    ("QuarterOfYear", SHORT): _QUARTERS,
    ("QuarterOfYear", FULL): ("1st quarter", "2nd quarter", "3rd quarter", "4th quarter"),
    ("QuarterOfYear", NARROW): ("1", "2", "3", "4"),
    ("AmPmOfDay", SHORT): ("AM", "PM"),
    ("Era", SHORT): ("BC", "AD"),
    ("Era", FULL): ("Before Christ", "Anno Domini"),
    ("Era", NARROW): ("B", "A"),
}

_ROOT: dict[tuple[str, str], Words] = {
    **_ENGLISH,
    ("MonthOfYear", FULL): _SHORT_MONTHS,
    ("MonthOfYear", NARROW): tuple(map(str, range(1, 13))),
    ("DayOfWeek", FULL): _SHORT_DAYS,
    ("QuarterOfYear", FULL): _QUARTERS,
    ("Era", FULL): ("BCE", "CE"),
    ("Era", NARROW): ("BCE", "CE"),
}

LOCALES = {"en": _ENGLISH, "root": _ROOT}


def word(locale: str, field: str, style: str, value: int) -> str:
    """The word for the value of a field."""
    return LOCALES[locale][field, style][value - FIRST[field]]


def readable(locale: str, field: str, style: str) -> dict[str, int]:
    """Word, lower case -> value, longest first; a word that stands for several values means the last of them."""
    values = {text.lower(): FIRST[field] + index for index, text in enumerate(LOCALES[locale][field, style])}
    return dict(sorted(values.items(), key=lambda item: -len(item[0])))
