"""Zones by Java's ids."""

import pytest

from minisql.functions.datetime.zones import offset_text, zone_of


@pytest.mark.parametrize(
    ("text", "name", "offset"),
    [
        ("Z", "Z", 0),
        ("+1", "+01:00", 3600),
        ("-0130", "-01:30", -5400),
        ("+01:30:15", "+01:30:15", 5415),
        ("-18:00", "-18:00", -64_800),
        ("+00:00", "Z", 0),
        ("UTC", "UTC", 0),
        ("UT-0230", "UT-02:30", -9000),
        ("GMT+1", "GMT+01:00", 3600),
        ("GMT-0", "GMT", 0),
        ("GMT0", "GMT0", 0),
        ("America/New_York", "America/New_York", -18_000),
        ("EST5EDT", "EST5EDT", -18_000),
    ],
)
def test_ids(text: str, name: str, offset: int) -> None:
    zone = zone_of(text)
    assert (zone.id, zone.offset_at(0)) == (name, offset)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Invalid ID for ZoneOffset, invalid format: "),
        ("z", "Invalid ID for ZoneOffset, invalid format: z"),
        ("+1:30", "Invalid ID for ZoneOffset, non numeric characters found: +1:30"),
        ("+01.30", "Invalid ID for ZoneOffset, colon not found when expected: +01.30"),
        ("+19:00", "Zone offset hours not in valid range: value 19 is not in the range -18 to 18"),
        ("-01:60", "Zone offset minutes not in valid range: value -60 is not in the range -59 to 59"),
        ("+18:01", "Zone offset not in valid range: -18:00 to +18:00"),
        ("UTC+01:3", "Invalid ID for offset-based ZoneId: UTC+01:3"),
        ("12", "Invalid ID for region-based ZoneId, invalid format: 12"),
        ("PST", "Unknown time-zone ID: PST"),
        ("EST", "Unknown time-zone ID: EST"),
        ("Foo/Bar", "Unknown time-zone ID: Foo/Bar"),
    ],
)
def test_ids_that_are_none(text: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        zone_of(text)
    assert str(caught.value) == problem


def test_summer_time() -> None:
    january, july = 1_610_000_000, 1_625_000_000
    assert [zone_of("Europe/Paris").is_summer_time(when) for when in (january, july)] == [False, True]
    assert [zone_of("Europe/Dublin").is_summer_time(when) for when in (january, july)] == [False, True]
    assert [zone_of("Australia/Sydney").is_summer_time(when) for when in (january, july)] == [True, False]


def test_local_times_that_are_none_or_two() -> None:
    paris = zone_of("Europe/Paris")
    gap, overlap = 1_616_898_600, 1_635_647_400
    assert paris.offset_of_local(gap) == 3600
    assert paris.offset_of_local(overlap) == 7200
    assert paris.offset_of_local(overlap, 3600) == 3600
    assert paris.offset_of_local(overlap, -3600) == 7200


def test_years_that_python_has_not() -> None:
    assert zone_of("Asia/Tokyo").offset_at(10**12) == 32_400
    assert zone_of("America/Sao_Paulo").offset_at(10**12 + 15_000_000) == -10_800
    assert zone_of("Asia/Tokyo").offset_at(-(10**12)) == 33_539


def test_what_the_older_class_for_zones_knows() -> None:
    assert zone_of("Asia/Tokyo").legacy_offset_at(-(10**11)) == 32_400
    assert zone_of("GMT+02:00").legacy_offset_at(0) == 7200
    assert zone_of("UTC+2").legacy_offset_at(0) == 0
    assert zone_of("+01:30:15").legacy_offset_at(0) == 0


def test_offsets_as_text() -> None:
    assert [offset_text(seconds) for seconds in (0, 3600, -5415)] == ["Z", "+01:00", "-01:30:15"]
