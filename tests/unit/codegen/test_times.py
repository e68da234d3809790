"""Texts of times, against Python's own calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.calendar import date_text, simple_timestamp, simple_timestamp_text, time_text, timestamp_text
from minisql.codegen import times
from minisql.errors import KsqlError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(timezone.utc)))
def test_there_and_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    milliseconds = (moment - EPOCH) // timedelta(milliseconds=1)
    text = moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"
    written = f"{moment.date().isoformat()}T{text}"
    assert timestamp_text(milliseconds) == written
    assert times.parse_timestamp(written) == milliseconds
    assert times.parse_date(moment.date().isoformat()) == moment.date().toordinal() - date(1970, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("2020", 1_577_836_800_000),
        ("2020-02", 1_580_515_200_000),
        ("2020-02-30T00", 1_582_934_400_000),
        ("1970-01-01T10", 36_000_000),
        ("1970-01-01T00:00:00.001Z", 1),
        ("1970-01-01T00-08:30", 30_600_000),
        ("1970-01-01T", 0),
        ("+10183", 259_177_276_800_000),
        ("+292278994-08-17T07:12:55.807", 2**63 - 1),
    ],
)
def test_partial_timestamps(text: str, milliseconds: int) -> None:
    assert times.parse_timestamp(text) == milliseconds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soon", "Text 'soon-01-01T00:00:00.000' could not be parsed at index 0"),
        ("2020-13", "could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13"),
        ("2020-1T00", "could not be parsed at index 5"),
        ("2020-01-01T25", "Invalid value for HourOfDay (valid values 0 - 23): 25"),
        ("2020-01-01T00+99", "Failed to parse timezone '+99'"),
        ("0000", "Invalid value for YearOfEra"),
        ("+1000", "could not be parsed at index 0"),
        ("+292278994-08-17T07:12:55.808", "could not be parsed: it lies too far from 1970"),
    ],
)
def test_what_is_no_timestamp(text: str, reason: str) -> None:
    with pytest.raises(KsqlError) as failed:
        times.parse_timestamp(text)
    assert failed.value.message.startswith(f"Failed to parse timestamp '{text}': ")
    assert reason in failed.value.message


def test_a_date_must_exist() -> None:
    with pytest.raises(KsqlError, match="Invalid date 'FEBRUARY 29'"):
        times.parse_date("2021-02-29")


@pytest.mark.parametrize("days", [-(2**31) + 1, -800_000, -719_529, -719_528, -719_163, 0, 2_932_896, 2_932_897, 2**31 - 1])
def test_dates_of_any_year(days: int) -> None:
    assert times.parse_date(date_text(days)) == days


@pytest.mark.parametrize(
    "text", ["+1000-01-01", "-0000-01-01", "-221-01-01", "10183-01-01", "+5881580-07-12", "+9999999999-01-01"]
)
def test_years_are_written_as_java_does(text: str) -> None:
    with pytest.raises(KsqlError, match="Failed to parse date '"):
        times.parse_date(text)


@given(st.integers(-62_135_769_600_000, 2**63 - 1))
def test_the_calendar_of_the_rest_api_and_back(milliseconds: int) -> None:
    assert simple_timestamp(simple_timestamp_text(milliseconds)) == milliseconds


def test_times_of_day() -> None:
    assert times.parse_time("23:59:59.999999999") == 86_399_999
    assert [time_text(value) for value in (0, 1_000, 60_999)] == ["00:00", "00:00:01", "00:01"]
    with pytest.raises(KsqlError, match="Failed to parse time '24:00'"):
        times.parse_time("24:00")


def test_the_end_of_a_day_is_the_start_of_the_next() -> None:
    assert times.parse_timestamp("2020-02-24T24") == times.parse_timestamp("2020-02-25")
    with pytest.raises(KsqlError, match="Invalid value for HourOfDay"):
        times.parse_timestamp("2020-02-24T24:01")
