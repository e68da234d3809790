"""TIMESTAMP to text and back, and from zone to zone.

ksqlDB's ``...STRING...`` functions take the server's time zone when none is given; here that is UTC.
"""

from minisql.errors import KsqlError
from minisql.functions import datetime_format
from minisql.functions.datetime.instants import timestamp_text
from minisql.functions.datetime.zones import zone_of
from minisql.functions.registry import scalar

CATEGORY = "DATE / TIME"


@scalar(
    "format_timestamp(timestamp TIMESTAMP, formatPattern STRING) -> STRING",
    "format_timestamp(timestamp TIMESTAMP, formatPattern STRING, timeZone STRING) -> STRING",
)
def format_timestamp(timestamp: int, pattern: str, zone: str = "GMT") -> str:
    """A TIMESTAMP as text, by a pattern of Java's DateTimeFormatter, in GMT or in another time zone.

    >>> FORMAT_TIMESTAMP(FROM_UNIXTIME(1621351629000), 'yyyy-MM-dd HH:mm z', 'America/Los_Angeles')
    '2021-05-18 08:27 PDT'
    """
    try:
        return datetime_format.format_timestamp(timestamp, pattern, zone)
    except ValueError as error:
        raise KsqlError(
            f"Failed to format timestamp {timestamp_text(timestamp)} at timeZone '{zone}' with formatter '{pattern}': {error}"
        ) from error


@scalar(
    "timestamptostring(epochMilli BIGINT!, formatPattern STRING) -> STRING",
    "timestamptostring(epochMilli BIGINT!, formatPattern STRING, timeZone STRING) -> STRING",
)
def timestamp_to_string(milliseconds: int, pattern: str, zone: str | None = None) -> str:
    """Milliseconds since the epoch as the text of a timestamp, by a pattern of Java's DateTimeFormatter.

    >>> TIMESTAMPTOSTRING(1621351629000, 'yyyy-MM-dd''T''HH:mm:ss.SSS')
    '2021-05-18T15:27:09.000'
    """
    try:
        return datetime_format.format_timestamp(milliseconds, pattern, "UTC" if zone is None else zone)
    except ValueError as error:
        raise KsqlError(
            f"Failed to format timestamp {milliseconds}{_at('timeZone', zone)} with formatter '{pattern}': {error}"
        ) from error


def _at(word: str, zone: str | None) -> str:
    return "" if zone is None else f" at {word} '{zone}'"


@scalar(
    "parse_timestamp(formattedTimestamp STRING, formatPattern STRING) -> TIMESTAMP",
    "parse_timestamp(formattedTimestamp STRING, formatPattern STRING, timeZone STRING) -> TIMESTAMP",
)
def parse_timestamp(text: str, pattern: str, zone: str = "GMT") -> int:
    """The TIMESTAMP that a text means, by a pattern of Java's DateTimeFormatter; what it lacks is that of 1970-01-01T00:00.

    >>> CAST(PARSE_TIMESTAMP('18.5.2021 15h', 'd.M.yyyy H''h''') AS STRING)
    '2021-05-18T15:00:00.000'
    """
    try:
        return datetime_format.parse_timestamp(text, pattern, zone)
    except ValueError as error:
        raise KsqlError(
            f"Failed to parse timestamp '{text}'{_at('timezone', zone)} with formatter '{pattern}': {error}"
        ) from error


@scalar("stringtotimestamp(formattedTimestamp STRING, formatPattern STRING) -> BIGINT", nulls="pass")
def string_to_timestamp(text: str | None, pattern: str | None) -> int:
    """Milliseconds since the epoch of the timestamp that a text means, by a pattern of Java's DateTimeFormatter.

    >>> STRINGTOTIMESTAMP('2021-05-18T15:27:09.000', 'yyyy-MM-dd''T''HH:mm:ss.SSS')
    1621351629000
    """
    return _string_to_timestamp(text, pattern, "UTC", "")


@scalar("stringtotimestamp(formattedTimestamp STRING, formatPattern STRING, timeZone STRING) -> BIGINT", nulls="pass")
def string_to_timestamp_in(text: str | None, pattern: str | None, zone: str | None) -> int:
    """Milliseconds since the epoch of the timestamp that a text means in a time zone.

    >>> STRINGTOTIMESTAMP('1970-01-01', 'yyyy-MM-dd', 'America/Los_Angeles')
    28800000
    """
    return _string_to_timestamp(text, pattern, zone, _at("timezone", zone or "null"))


def _string_to_timestamp(text: str | None, pattern: str | None, zone: str | None, at: str) -> int:
    try:
        if text is None or pattern is None or zone is None:
            raise ValueError("null" if pattern is None else "zoneId" if zone is None else "text")
        return datetime_format.parse_timestamp(text, pattern, zone)
    except ValueError as error:
        shown = "null" if text is None else text
        raise KsqlError(f"Failed to parse timestamp '{shown}'{at} with formatter '{pattern or 'null'}': {error}") from error


@scalar("convert_tz(timestamp TIMESTAMP, fromTimeZone STRING, toTimeZone STRING) -> TIMESTAMP")
def convert_tz(timestamp: int, source: str, target: str) -> int:
    """A TIMESTAMP whose digits are those of one time zone, with the digits of another.

    >>> CAST(CONVERT_TZ(CAST('2021-05-18T12:00:00' AS TIMESTAMP), 'UTC', 'America/Los_Angeles') AS STRING)
    '2021-05-18T05:00:00.000'
    """
    try:
        seconds = timestamp // 1000
        return timestamp + (zone_of(target).legacy_offset_at(seconds) - zone_of(source).legacy_offset_at(seconds)) * 1000
    except ValueError as error:
        raise KsqlError(f"Invalid time zone: {error}") from error
