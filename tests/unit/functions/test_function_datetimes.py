"""Dates, times and timestamps in SQL: NULLs, zones, the clock, and ksqlDB's words for what goes wrong."""

from typing import Any

import pytest

from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.types import BIGINT, DATE, INTEGER, STRING, TIME, TIMESTAMP, SqlType


def call(name: str, types: list[SqlType], *values: Any) -> Any:
    return builtins().scalar(name, types).function(*values)


@pytest.mark.parametrize(
    ("name", "types", "arguments", "message"),
    [
        (
            "FORMAT_DATE",
            [DATE, STRING],
            [0, "HH"],
            "Failed to format date 1970-01-01 with formatter 'HH': Unsupported field: HourOfDay",
        ),
        (
            "DATETOSTRING",
            [INTEGER, STRING],
            [5, "HH"],
            "Failed to format date 5 with formatter 'HH': Unsupported field: HourOfDay",
        ),
        (
            "FORMAT_TIME",
            [TIME, STRING],
            [1500, "d"],
            "Failed to format time 00:00:01.500 with formatter 'd': Unsupported field: DayOfMonth",
        ),
        (
            "FORMAT_TIMESTAMP",
            [TIMESTAMP, STRING],
            [1500, "r"],
            "Failed to format timestamp 1970-01-01 00:00:01.5 at timeZone 'GMT' with formatter 'r': "
            "java.lang.IllegalArgumentException: Unknown pattern letter: r",
        ),
        (
            "TIMESTAMPTOSTRING",
            [BIGINT, STRING, STRING],
            [1500, "y", "PST"],
            "Failed to format timestamp 1500 at timeZone 'PST' with formatter 'y': Unknown time-zone ID: PST",
        ),
        ("TIMESTAMPTOSTRING", [BIGINT, STRING], [1, "bb"], "Failed to format timestamp 1 with formatter 'bb': java.lang.Ill"),
        ("PARSE_DATE", [STRING, STRING], ["x", "d"], "Failed to parse date 'x' with formatter 'd': Unparseable date: x"),
        (
            "PARSE_DATE",
            [STRING, STRING],
            ["7", "H"],
            "Failed to parse date '7' with formatter 'H': Date format contains time field.",
        ),
        ("STRINGTODATE", [STRING, STRING], [None, "d"], "Failed to parse date 'null' with formatter 'd': text"),
        (
            "STRINGTODATE",
            [STRING, STRING],
            ["x", "d"],
            "Failed to parse date 'x' with formatter 'd': Text 'x' could not be parsed at index 0",
        ),
        (
            "PARSE_TIME",
            [STRING, STRING],
            ["7", "d"],
            "Failed to parse time '7' with formatter 'd': Time format contains date field.",
        ),
        (
            "PARSE_TIMESTAMP",
            [STRING, STRING],
            ["x", "d"],
            "Failed to parse timestamp 'x' at timezone 'GMT' with formatter 'd': Text 'x' could not be parsed at index 0",
        ),
        ("STRINGTOTIMESTAMP", [STRING, STRING], ["x", "d"], "Failed to parse timestamp 'x' with formatter 'd': Text 'x' could"),
        (
            "STRINGTOTIMESTAMP",
            [STRING, STRING, STRING],
            ["7", "d", None],
            "Failed to parse timestamp '7' at timezone 'null' with formatter 'd': zoneId",
        ),
        ("CONVERT_TZ", [TIMESTAMP, STRING, STRING], [0, "UTC", "Mars"], "Invalid time zone: Unknown time-zone ID: Mars"),
    ],
)
def test_what_goes_wrong(name: str, types: list[SqlType], arguments: list[Any], message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        call(name, types, *arguments)
    assert caught.value.message.startswith(message)


def test_convert_tz() -> None:
    types: list[SqlType] = [TIMESTAMP, STRING, STRING]
    assert call("CONVERT_TZ", types, 0, "America/Los_Angeles", "+01:00") == 32_400_000
    assert call("CONVERT_TZ", types, 5, "UTC+5", "UTC") == 5


@pytest.mark.parametrize(("name", "expected"), [("UNIX_TIMESTAMP", 172_800_007), ("UNIX_DATE", 2)])
def test_now_is_what_the_engine_says(name: str, expected: int) -> None:
    assert builtins().scalar(name, [], {"minisql.now": lambda: 172_800_007}).function() == expected
    assert call(name, []) > expected


def test_which_null_arguments_are_errors() -> None:
    required = {
        name: [parameter.required for parameter in builtins().scalar(name, types).parameters]
        for name, types in {"FROM_DAYS": [INTEGER], "FROM_UNIXTIME": [BIGINT], "DATETOSTRING": [INTEGER, STRING]}.items()
    }
    assert required == {"FROM_DAYS": [True], "FROM_UNIXTIME": [False], "DATETOSTRING": [True, False]}


def test_texts_are_cast_to_dates_and_times() -> None:
    call = builtins().scalar("FORMAT_DATE", [STRING, STRING])
    assert call.casts == (DATE, None)
