"""DATE to text and back."""

from minisql.calendar import DAY, date_text
from minisql.errors import KsqlError
from minisql.functions import datetime_format
from minisql.functions.datetime.simple_date import parse_simple
from minisql.functions.registry import scalar

CATEGORY = "DATE / TIME"


@scalar("format_date(date DATE, formatPattern STRING) -> STRING")
def format_date(date: int, pattern: str) -> str:
    """A DATE as text, by a pattern of Java's DateTimeFormatter.

    >>> FORMAT_DATE(FROM_DAYS(18765), 'EEE, d MMM yyyy')
    'Tue, 18 May 2021'
    """
    try:
        return datetime_format.format_date(date, pattern)
    except ValueError as error:
        raise KsqlError(f"Failed to format date {date_text(date)} with formatter '{pattern}': {error}") from error


@scalar("datetostring(epochDays INT!, formatPattern STRING) -> STRING")
def date_to_string(days: int, pattern: str) -> str:
    """Days since the epoch as the text of a date, by a pattern of Java's DateTimeFormatter.

    >>> DATETOSTRING(18765, 'dd/MM/yyyy')
    '18/05/2021'
    """
    try:
        return datetime_format.format_date(days, pattern)
    except ValueError as error:
        raise KsqlError(f"Failed to format date {days} with formatter '{pattern}': {error}") from error


@scalar("parse_date(formattedDate STRING, formatPattern STRING) -> DATE")
def parse_date(text: str, pattern: str) -> int:
    """The DATE that a text means, by a pattern of Java's SimpleDateFormat.

    >>> CAST(PARSE_DATE('18 May 2021', 'd MMM yyyy') AS STRING)
    '2021-05-18'
    """
    try:
        milliseconds = parse_simple(text, pattern)
        if milliseconds % DAY:
            raise ValueError("Date format contains time field.")
    except ValueError as error:
        raise KsqlError(f"Failed to parse date '{text}' with formatter '{pattern}': {error}") from error
    return milliseconds // DAY


@scalar("stringtodate(formattedDate STRING, formatPattern STRING) -> INT", nulls="pass")
def string_to_date(text: str | None, pattern: str | None) -> int:
    """Days since the epoch of the date that a text means, by a pattern of Java's DateTimeFormatter.

    >>> STRINGTODATE('2021-05-18', 'yyyy-MM-dd')
    18765
    """
    try:
        if text is None or pattern is None:
            raise ValueError("null" if pattern is None else "text")
        return datetime_format.parse_date(text, pattern)
    except ValueError as error:
        shown = ("null" if part is None else part for part in (text, pattern))
        raise KsqlError("Failed to parse date '{}' with formatter '{}': {}".format(*shown, error)) from error
