"""Dates, times and timestamps, written and read by a pattern of Java's DateTimeFormatter.

All raise ValueError with Java's message: for a pattern that is none, for a pattern that wants what the value does not
have, for a text that is not as the pattern says.
"""

from __future__ import annotations

from minisql.calendar import DAY
from minisql.functions.datetime.fields import DATE_FIELDS, WEEK_FIELDS, Moment
from minisql.functions.datetime.instants import milliseconds
from minisql.functions.datetime.parsed import Parsed
from minisql.functions.datetime.pattern import compiled
from minisql.functions.datetime.quick import reader, writer
from minisql.functions.datetime.zones import zone_of


def format_date(days: int, pattern: str) -> str:
    """A date in words and numbers.

    >>> format_date(0, "EEEE, d MMMM yyyy")
    'Thursday, 1 January 1970'
    """
    return compiled(pattern, "en").format(Moment(days))


def format_time(time: int, pattern: str) -> str:
    """A time, given in milliseconds of the day.

    >>> format_time(3_723_004, "h:mm:ss.SSS a")
    '1:02:03.004 AM'
    """
    return compiled(pattern, "en").format(Moment(None, time))


def format_timestamp(timestamp: int, pattern: str, zone: str = "UTC") -> str:
    """The local date and time of an instant, given in milliseconds since the epoch, in a zone.

    >>> format_timestamp(0, "yyyy-MM-dd HH:mm xxx", "America/Los_Angeles")
    '1969-12-31 16:00 -08:00'
    """
    quick, rules = writer(pattern), zone_of(zone)
    if quick is not None:
        offset = rules.offset_at(timestamp // 1000) if rules.fixed is None else rules.fixed
        text = quick(*divmod(timestamp + offset * 1000, DAY))
        if text is not None:
            return text
    return compiled(pattern, "en").format(Moment.at(timestamp, rules))


def parse_date(text: str, pattern: str) -> int:
    """Days since the epoch.

    >>> parse_date("1 Feb 1970", "d MMM yyyy")
    31
    """
    parsed = _read(text, pattern, "en")
    if parsed.days is None:
        raise ValueError(f"Text '{_shown(text)}' could not be parsed: {_unable('LocalDate', parsed)}")
    return parsed.days


def parse_time(text: str, pattern: str) -> int:
    """Milliseconds of the day.

    >>> parse_time("1.30 pm", "h.mm a")
    48600000
    """
    parsed = _read(text, pattern, "en")
    if parsed.days is not None or any(field in _FIELDS_OF_DATES for field in parsed.fields):
        raise ValueError("Time format contains date field.")
    if parsed.nanos is None:
        raise ValueError(_unable("LocalTime", parsed))
    return parsed.nanos // 1_000_000


def parse_timestamp(text: str, pattern: str, zone: str = "UTC") -> int:
    """Milliseconds since the epoch; what the text lacks is that of 1970-01-01T00:00 in ``zone``.

    >>> parse_timestamp("02.01. 5h", "dd.MM. H'h'"), parse_timestamp("1970-01-01 +01:00", "yyyy-MM-dd XXX")
    (104400000, -3600000)
    """
    quick, default = reader(pattern), zone_of(zone)
    plain = None if quick is None else quick(text)
    if plain is None:
        return milliseconds(_read(text, pattern, "root"), default)
    seconds, milli, offset = plain
    if offset is None:
        offset = default.offset_of_local(seconds) if default.fixed is None else default.fixed
    return (seconds - offset) * 1000 + milli


_FIELDS_OF_DATES = DATE_FIELDS.keys() - {"QuarterOfYear", "ModifiedJulianDay", *WEEK_FIELDS}


def _read(text: str, pattern: str, locale: str) -> Parsed:
    formatter, parsed = compiled(pattern, locale), Parsed()
    try:
        stop = formatter.parse(text, 0, parsed)
        if stop == len(text):
            return parsed.resolve()
    except ValueError as error:
        raise ValueError(f"Text '{_shown(text)}' could not be parsed: {error}") from error
    if stop < 0:
        raise ValueError(f"Text '{_shown(text)}' could not be parsed at index {~stop}")
    raise ValueError(f"Text '{_shown(text)}' could not be parsed, unparsed text found at index {stop}")


def _shown(text: str) -> str:
    return text if len(text) <= 64 else f"{text[:64]}..."


def _unable(what: str, parsed: Parsed) -> str:
    return f"Unable to obtain {what} from TemporalAccessor: {parsed} of type java.time.format.Parsed"
