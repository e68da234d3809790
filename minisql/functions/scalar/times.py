"""TIME to text and back."""

from minisql.errors import KsqlError
from minisql.functions import datetime_format
from minisql.functions.datetime.parsed import time_text
from minisql.functions.registry import scalar

CATEGORY = "DATE / TIME"


@scalar("format_time(time TIME, formatPattern STRING) -> STRING")
def format_time(time: int, pattern: str) -> str:
    """A TIME as text, by a pattern of Java's DateTimeFormatter.

    >>> FORMAT_TIME(CAST('13:45:00' AS TIME), 'h.mm a')
    '1.45 PM'
    """
    try:
        return datetime_format.format_time(time, pattern)
    except ValueError as error:
        raise KsqlError(f"Failed to format time {time_text(time * 1_000_000)} with formatter '{pattern}': {error}") from error


@scalar("parse_time(formattedTime STRING, formatPattern STRING) -> TIME")
def parse_time(text: str, pattern: str) -> int:
    """The TIME that a text means, by a pattern of Java's DateTimeFormatter.

    >>> CAST(PARSE_TIME('1.45 pm', 'h.mm a') AS STRING)
    '13:45'
    """
    try:
        return datetime_format.parse_time(text, pattern)
    except ValueError as error:
        raise KsqlError(f"Failed to parse time '{text}' with formatter '{pattern}': {error}") from error
