"""Dates, times, timestamps and decimals as the messages that hold them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from minisql.calendar import DAY, JULIAN_END, civil, days_of, julian, julian_days

FIRST_DAY = -719_164
"""1 January of the year 1 in the Julian calendar; the years before it lose their era."""

MILLION = 1_000_000
LEAST_SECOND, MOST_SECOND = -62_135_596_800, 253_402_300_799
"""What a Timestamp may hold: the years 1 to 9999."""

_EXACT = Context(prec=2_000_000)


def date_parts(days: int) -> tuple[int, int, int]:
    """Year of the era, month and day of a number of days since 1970."""
    year, month, day = civil(days) if days >= JULIAN_END else julian(days)
    return (year if year > 0 else 1 - year), month, day


def days_of_date(year: int, month: int, day: int) -> int:
    """The number of days since 1970.

    Raises:
        ValueError: there is no such day.
    """
    gregorian = days_of(year, month, day)
    days = gregorian if gregorian >= JULIAN_END else julian_days(year, month, day)
    if not 1 <= month <= 12 or date_parts(days) != (year, month, day):
        raise ValueError("year" if year < 1 else "month" if not 1 <= month <= 12 else "day_of_month")
    return days


def time_parts(milliseconds: int) -> tuple[int, int, int, int]:
    """Hours, minutes, seconds and nanoseconds of a time of day."""
    if not 0 <= milliseconds <= DAY:
        raise ValueError("Time values must use number of millis greater than 0 and less than 86400000")
    seconds, rest = divmod(milliseconds % DAY, 1000)
    return seconds // 3600, seconds // 60 % 60, seconds % 60, rest * MILLION


def milliseconds_of_time(hours: int, minutes: int, seconds: int, nanos: int) -> int:
    """Milliseconds of the day.

    Raises:
        ValueError: there is no such time.
    """
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60 and 0 <= nanos < 10**9):
        raise ValueError(f"Invalid time {hours}:{minutes}:{seconds}.{nanos}")
    return (hours * 3600 + minutes * 60 + seconds) * 1000 + nanos // MILLION


def timestamp_parts(milliseconds: int) -> tuple[int, int]:
    """Seconds and nanoseconds of a timestamp.

    Raises:
        ValueError: it is not within the years 1 to 9999.
    """
    seconds, rest = divmod(milliseconds, 1000)
    check_timestamp(seconds, rest * MILLION)
    return seconds, rest * MILLION


def check_timestamp(seconds: int, nanos: int) -> None:
    """Raises: ValueError: it is not within the years 1 to 9999."""
    if not LEAST_SECOND <= seconds <= MOST_SECOND or not 0 <= nanos < 10**9:
        raise ValueError(
            f"Timestamp is not valid. See proto definition for valid values. Seconds ({seconds}) must be in range "
            f"[-62,135,596,800, +253,402,300,799]. Nanos ({nanos}) must be in range [0, +999,999,999]."
        )


def decimal_parts(number: Decimal) -> tuple[bytes, int, int]:
    """The bytes of the unscaled number, its precision, and its scale."""
    from minisql.formats.avro.values import decimal_bytes

    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    digits = len(number.as_tuple().digits) if number else 1
    return decimal_bytes(number), digits, -exponent


def decimal_of(value: bytes, precision: int, scale: int) -> Decimal:
    """The number; more digits than ``precision`` are rounded away.

    Raises:
        ValueError: there are no bytes.
    """
    if not value:
        raise ValueError("Zero length BigInteger")
    number = Decimal(int.from_bytes(value, "big", signed=True)).scaleb(-scale, _EXACT)
    if not precision or len(number.as_tuple().digits) <= precision:
        return number
    return Context(prec=precision, rounding=ROUND_HALF_UP).plus(number)
