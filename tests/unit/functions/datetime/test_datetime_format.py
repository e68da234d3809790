"""Patterns of java.time: what is expected here is what Java answers."""

import pytest

from minisql.errors import UnsupportedError
from minisql.functions.datetime_format import format_date, format_time, format_timestamp, parse_date, parse_time, parse_timestamp

STAMP = 1_600_000_000_123
TWO_HOURS = "Conflict found: HourOfDay 1 differs from HourOfDay 2 while resolving  ClockHourOfDay"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("yyyy-MM-dd", "2021-01-03"),
        ("yy y yyy yyyyy uuuu", "21 2021 2021 02021 2021"),
        ("M MM MMM MMMM MMMMM L LLLL", "1 01 Jan January J 1 January"),
        ("E EEEE EEEEE e ee c ccc", "Sun Sunday S 1 01 1 Sun"),
        ("d D DDD F g", "3 3 003 3 59217"),
        ("G GGGG GGGGG", "AD Anno Domini A"),
        ("Q QQ QQQ QQQQ QQQQQ", "1 01 Q1 1st quarter 1"),
        ("YYYY 'W'ww, W", "2021 W02, 2"),
        ("ppd|pppM", " 3|  1"),
        ("''yyyy'' 'of ''em'", "'2021' of 'em"),
        ("yyyy[ HH]", "2021"),
    ],
)
def test_dates(pattern: str, text: str) -> None:
    assert format_date(18_630, pattern) == text


@pytest.mark.parametrize(
    ("days", "text"), [(2_932_897, "+10000-01-01"), (-719_529, "-0001-12-31 2 BC"), (-719_163, "0000-12-31 1 BC")]
)
def test_years_beyond_four_digits(days: int, text: str) -> None:
    assert format_date(days, "uuuu-MM-dd" if " " not in text else "uuuu-MM-dd y G") == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("H HH k K h hh a", "0 00 24 0 12 12 AM"),
        ("m:ss S SSS SSSSSSSSS", "1:02 0 003 003000000"),
        ("A n N", "62003 3000000 62003000000"),
        ("B", "at night"),
    ],
)
def test_times(pattern: str, text: str) -> None:
    assert format_time(62_003, pattern) == text


@pytest.mark.parametrize(
    ("hour", "name"),
    [(0, "midnight"), (5, "at night"), (6, "in the morning"), (12, "noon"), (17, "in the afternoon"), (22, "at night")],
)
def test_parts_of_the_day(hour: int, name: str) -> None:
    assert format_time(hour * 3_600_000, "BBBB") == name


@pytest.mark.parametrize(
    ("zone", "pattern", "text"),
    [
        ("UTC", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2020-09-13T12:26:40.123Z"),
        ("Asia/Kolkata", "HH:mm X XX XXX x xxx", "17:56 +0530 +0530 +05:30 +0530 +05:30"),
        ("UTC", "X x xx xxx Z ZZZZ ZZZZZ O OOOO", "Z +00 +0000 +00:00 +0000 GMT Z GMT GMT"),
        (
            "America/Los_Angeles",
            "X Z ZZZZ O OOOO VV z zzzz",
            "-07 -0700 GMT-07:00 GMT-7 GMT-07:00 America/Los_Angeles PDT Pacific Daylight Time",
        ),
        ("Europe/Dublin", "z zzzz", "IST Irish Standard Time"),
        ("Etc/GMT+3", "z", "GMT-03:00"),
        ("+01:30", "VV z", "+01:30 +01:30"),
        ("UTC+2", "HH VV", "14 UTC+02:00"),
    ],
)
def test_zones(zone: str, pattern: str, text: str) -> None:
    assert format_timestamp(STAMP, pattern, zone) == text


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("HH", "Unsupported field: HourOfDay"),
        ("ww VV", "Unable to extract ZoneId from temporal"),
        ("yyyy r", "java.lang.IllegalArgumentException: Unknown pattern letter: r"),
        ("ddd", "java.lang.IllegalArgumentException: Too many pattern letters: d"),
        ("cc", 'java.lang.IllegalArgumentException: Invalid pattern "cc"'),
        ("VVV", "java.lang.IllegalArgumentException: Pattern letter count must be 2: V"),
        ("OO", "java.lang.IllegalArgumentException: Pattern letter count must be 1 or 4: O"),
        ("BB", "java.lang.IllegalArgumentException: Wrong number of pattern letters: B"),
        ("S" * 10, "java.lang.IllegalArgumentException: Minimum width must be from 0 to 9 inclusive but was 10"),
        ("y" * 20, "java.lang.IllegalArgumentException: The minimum width must be from 1 to 19 inclusive but was 20"),
        ("yyyy]", "java.lang.IllegalArgumentException: Pattern invalid as it contains ] without previous ["),
        ("yyyy{", "java.lang.IllegalArgumentException: Pattern includes reserved character: '{'"),
        ("yyyy'T", "java.lang.IllegalArgumentException: Pattern ends with an incomplete string literal: yyyy'T"),
        ("pp-", "java.lang.IllegalArgumentException: Pad letter 'p' must be followed by valid pad pattern: pp-"),
        ("pyyyy", "Cannot print as output of 4 characters exceeds pad width of 1"),
    ],
)
def test_patterns_that_do_not_fit(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        format_date(18_630, pattern)
    assert str(caught.value).startswith(problem)


def test_letters_that_we_lack() -> None:
    with pytest.raises(UnsupportedError, match="the pattern letter v"):
        format_date(0, "v")
    with pytest.raises(UnsupportedError, match="reading the pattern letter B"):
        parse_time("noon", "B")


@pytest.mark.parametrize(
    ("text", "pattern", "days"),
    [
        ("2021-02-31", "yyyy-MM-dd", 18_686),
        ("20210228", "yyyyMMdd", 18_686),
        ("59/365", "yy/DDD", 32_871),
        ("28 feb 2021", "d MMM yyyy", 18_686),
        ("SUNDAY, 28 FEBRUARY 2021", "EEEE, d MMMM yyyy", 18_686),
        ("+12021-02-28", "yyyy-MM-dd", 3_671_111),
        ("1 BC 12 31", "y G MM dd", -719_163),
        ("2021 10 1", "YYYY ww e", 18_686),
        ("2021 3 1 SUN", "uuuu M W E", 18_686),
        ("59275", "g", 18_688),
        ("2021-02-28 24:00", "yyyy-MM-dd HH:mm", 18_687),
        ("2021-02-28", "yyyy-MM-dd[ HH:mm]", 18_686),
    ],
)
def test_reading_dates(text: str, pattern: str, days: int) -> None:
    assert parse_date(text, pattern) == days


@pytest.mark.parametrize(
    ("text", "pattern", "problem"),
    [
        ("2021-2-28", "yyyy-MM-dd", "could not be parsed at index 5"),
        ("2021-02-28x", "yyyy-MM-dd", "could not be parsed, unparsed text found at index 10"),
        ("12021-02-28", "yyyy-MM-dd", "could not be parsed at index 0"),
        ("2021-13-01", "yyyy-MM-dd", "could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13"),
        ("2021-02-00", "yyyy-MM-dd", "could not be parsed: Invalid value for DayOfMonth (valid values 1 - 28/31): 0"),
        ("Mon 2021-02-28", "E yyyy-MM-dd", "Conflict found: Field DayOfWeek 7 differs from DayOfWeek 1 derived from 2021-02-28"),
        ("2021-366", "yyyy-DDD", "could not be parsed: Invalid date 'DayOfYear 366' as '2021' is not a leap year"),
        ("2021", "yyyy", "Unable to obtain LocalDate from TemporalAccessor: {Year=2021},ISO of type java.time.format.Parsed"),
        ("10:11", "HH:mm", "LocalDate from TemporalAccessor: {},ISO resolved to 10:11 of type java.time.format.Parsed"),
        ("1" * 70, "yyyy", f"Text '{'1' * 64}...' could not be parsed"),
    ],
)
def test_dates_that_are_none(text: str, pattern: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_date(text, pattern)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "pattern", "milliseconds"),
    [
        ("13:45", "HH:mm", 49_500_000),
        ("1:45 PM", "h:mm a", 49_500_000),
        ("24", "kk", 0),
        ("24:00", "HH:mm", 0),
        ("134501.5", "HHmmss.S", 49_501_500),
        ("49501500", "A", 49_501_500),
        ("49501500000000", "N", 49_501_500),
        ("pm", "a", 64_800_000),
        ("7 PM PST", "h a z", 68_400_000),
    ],
)
def test_reading_times(text: str, pattern: str, milliseconds: int) -> None:
    assert parse_time(text, pattern) == milliseconds


@pytest.mark.parametrize(
    ("text", "pattern", "problem"),
    [
        ("2021-01-01 10", "yyyy-MM-dd HH", "Time format contains date field."),
        ("Mon", "E", "Time format contains date field."),
        ("10", "mm", "Unable to obtain LocalTime from TemporalAccessor: {MinuteOfHour=10},ISO of type java.time.format.Parsed"),
        ("25", "HH", "Text '25' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 25"),
        (
            "1 2",
            "H k",
            "Text '1 2' could not be parsed: " + TWO_HOURS,
        ),
    ],
)
def test_times_that_are_none(text: str, pattern: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_time(text, pattern)
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("text", "pattern", "zone", "milliseconds"),
    [
        ("2020-09-13T12:26:40.123", "yyyy-MM-dd'T'HH:mm:ss.SSS", "UTC", STAMP),
        ("2020-09-13T12:26:40.123+02:00", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "Asia/Tokyo", STAMP - 7_200_000),
        ("2020-09-13 05:26 Z", "yyyy-MM-dd HH:mm X", "Asia/Tokyo", 1_599_974_760_000),
        ("2020-09-13 05:26", "yyyy-MM-dd HH:mm", "America/Los_Angeles", 1_599_999_960_000),
        ("2020-09-13 05:26 Europe/Paris", "yyyy-MM-dd HH:mm VV", "UTC", 1_599_967_560_000),
        ("2020-09-13 05:26 PDT", "yyyy-MM-dd HH:mm z", "UTC", 1_599_999_960_000),
        ("2020-09-13 05:26 gmt+2", "yyyy-MM-dd HH:mm O", "UTC", 1_599_967_560_000),
        ("2020-03-08 02:30", "yyyy-MM-dd HH:mm", "America/Los_Angeles", 1_583_663_400_000),
        ("2020-11-01 01:30", "yyyy-MM-dd HH:mm", "America/Los_Angeles", 1_604_219_400_000),
        ("2020-11-01 01:30 -08:00 America/Los_Angeles", "yyyy-MM-dd HH:mm XXX VV", "UTC", 1_604_223_000_000),
        ("2020", "yyyy", "UTC", 1_577_836_800_000),
        ("2020-05", "yyyy-MM", "UTC", 1_588_291_200_000),
        ("31.12.", "dd.MM.", "UTC", 31_449_600_000),
        ("Sun", "E", "UTC", 259_200_000),
        ("10 PM", "h a", "UTC", 79_200_000),
        ("15.5", "ss.S", "UTC", 15_500),
        ("60", "D", "UTC", 5_097_600_000),
        ("", "", "+01:00", -3_600_000),
    ],
)
def test_reading_timestamps(text: str, pattern: str, zone: str, milliseconds: int) -> None:
    assert parse_timestamp(text, pattern, zone) == milliseconds


@pytest.mark.parametrize(
    ("text", "pattern", "problem"),
    [
        ("366", "D", "Leap day cannot be parsed without supplying the year field"),
        ("29.02.", "dd.MM.", "Invalid date 'February 29' as '1970' is not a leap year"),
        ("31.04.", "dd.MM.", "Invalid date 'APRIL 31'"),
        ("January", "MMMM", "Text 'January' could not be parsed, unparsed text found at index 3"),
        ("1 +19:00", "H XXX", "Zone offset not in valid range: -18:00 to +18:00"),
    ],
)
def test_timestamps_that_are_none(text: str, pattern: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_timestamp(text, pattern)
    assert str(caught.value) == problem
