"""PARSE_DATE's patterns, which are those of SimpleDateFormat: what is expected here is what commons-lang answers."""

import time

import pytest

from minisql.errors import UnsupportedError
from minisql.functions.datetime.simple_date import parse_simple

DAY = 86_400_000


@pytest.mark.parametrize(
    ("text", "pattern", "days"),
    [
        ("2021-05-18", "yyyy-MM-dd", 18_765),
        ("20210518", "yyyyMMdd", 18_765),
        ("18 MAY 2021 at noon", "d MMM yyyy", 18_765),
        ("Tuesday, May  18, 2021", "EEE, MMM d, yyyy", 18_765),
        ("2020-17-18", "yyyy-MM-dd", 18_765),
        ("2021-05-00", "yyyy-MM-dd", 18_747),
        ("2021/138", "yyyy/DDD", 18_765),
        ("2021 20 Tue", "yyyy w E", 18_758),
        ("2021 5 3 2", "yyyy M W u", 18_758),
        ("2021 5 3 Tue", "yyyy M F E", 18_765),
        ("1 Jan 0001 BC", "d MMM yyyy G", -719_530),
        ("1582-10-15", "yyyy-MM-dd", -141_427),
        ("1582-10-04", "yyyy-MM-dd", -141_428),
        ("1582-10-10", "yyyy-MM-dd", -141_422),
        ("1582-360", "yyyy-DDD", -141_345),
        ("1970-01-01 24", "yyyy-MM-dd HH", 1),
        ("1970-01-02 +0000", "yyyy-MM-dd Z", 1),
        ("1970-01-02 02:00 gmt+2:00", "yyyy-MM-dd HH:mm z", 1),
        ("1970-01-02Z", "yyyy-MM-ddX", 1),
        ("12 AM 1970", "h a y", 0),
        ("o'clock 3", "'o''clock' d", 2),
        ("7", "d", 6),
    ],
)
def test_dates(text: str, pattern: str, days: int) -> None:
    assert parse_simple(text, pattern) == days * DAY


def test_times_of_day() -> None:
    assert parse_simple("7:30:15.250 p", "h:mm:ss.SSS a") == 70_215_250
    assert parse_simple("13 7 PM", "H h a") == 68_400_000
    assert parse_simple("7 PM 13", "h a H") == 46_800_000


def test_years_of_two_digits() -> None:
    this_year = time.gmtime().tm_year
    for year in (this_year - 80, this_year, this_year + 19):
        assert parse_simple(f"{year % 100:02d}", "yy") == parse_simple(str(year), "yyyy")
    assert parse_simple("123", "yy") == parse_simple("0123", "yyyy")


@pytest.mark.parametrize(
    ("text", "pattern", "problem"),
    [
        ("May", "d", "Unparseable date: May"),
        ("2021/05/18", "yyyy-MM-dd", "Unparseable date: 2021/05/18"),
        ("z", "X", "Unparseable date: z"),
        ("99999999999", "yyyy", 'For input string: "99999999999"'),
        ("+7000", "Z", "70 hours out of range"),
        ("5", "L", "java.lang.IllegalArgumentException: Illegal pattern component: L"),
        ("5", "XXXX", "java.lang.IllegalArgumentException: invalid number of X"),
        ("5", "d'", "java.lang.IllegalArgumentException: Unterminated quote"),
    ],
)
def test_texts_and_patterns_that_are_none(text: str, pattern: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_simple(text, pattern)
    assert str(caught.value) == problem


def test_names_of_zones_are_not_supported() -> None:
    with pytest.raises(UnsupportedError):
        parse_simple("PST", "z")
