"""The short cuts say what the elements of a pattern say."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minisql.functions.datetime.fields import Moment
from minisql.functions.datetime.instants import milliseconds
from minisql.functions.datetime.parsed import Parsed
from minisql.functions.datetime.pattern import compiled
from minisql.functions.datetime.quick import reader, writer
from minisql.functions.datetime.zones import UTC

PATTERNS = [
    "yyyy-MM-dd'T'HH:mm:ss.SSS",
    "yyyyMMddHHmmss",
    "d MMM yyyy HH:mm",
    "M/d/uuuu",
    "yyyy-MM-dd HH:mm:ssZ",
    "dd.MM.yyyy HHXXX",
]
STAMPS = st.integers(-100_000_000_000_000, 300_000_000_000_000)


def slow(text: str, pattern: str) -> int | None:
    parsed = Parsed()
    try:
        stop = compiled(pattern, "root").parse(text, 0, parsed)
        return milliseconds(parsed.resolve(), UTC) if stop == len(text) else None
    except ValueError:
        return None


def written(stamp: int, pattern: str) -> str:
    return compiled(pattern, "en").format(Moment.at(stamp, UTC))


@given(STAMPS, st.sampled_from(PATTERNS))
def test_reading_what_was_written(stamp: int, pattern: str) -> None:
    check_reading(written(stamp, pattern), pattern)


@given(STAMPS, st.sampled_from(PATTERNS), st.integers(0, 20), st.sampled_from("0123456789-+:T ZAz"))
@example(0, "yyyy-MM-dd'T'HH:mm:ss.SSS", 8, "9")
@example(0, "yyyyMMddHHmmss", 8, "2")
def test_reading_what_is_a_little_different(stamp: int, pattern: str, at: int, character: str) -> None:
    text = written(stamp, pattern)
    check_reading(text[:at] + character + text[at + 1 :], pattern)
    check_reading(text[:at] + character + text[at:], pattern)


def check_reading(text: str, pattern: str) -> None:
    quick = reader(pattern)
    assert quick is not None
    found = quick(text)
    if found is not None:
        seconds, milli, offset = found
        assert (seconds - (offset or 0)) * 1000 + milli == slow(text, pattern)


@given(STAMPS, st.sampled_from(["yyyy-MM-dd'T'HH:mm:ss.SSS", "d.M.yyyy H:mm:ss,SSSSSS", "{}yyyyMMdd".replace("{}", "-")]))
def test_writing(stamp: int, pattern: str) -> None:
    quick = writer(pattern)
    assert quick is not None
    assert quick(*divmod(stamp, 86_400_000)) in (None, written(stamp, pattern))


def test_plain_timestamps_have_short_cuts() -> None:
    quick = reader("yyyy-MM-dd HH:mm:ss.SSSZ")
    assert quick is not None
    assert quick("2020-01-02 03:04:05.678+0130") == (1_577_934_245, 678, 5400)
    assert quick("2020-02-30 03:04:05.678+0000") is None


@pytest.mark.parametrize(
    "pattern", ["yyyy-MM", "yy-MM-dd", "yyyy-MM-dd HH a", "yyyy-MM-dd mm", "yyyy-MM-dd[ HH]", "yyyy-MM-dd MM"]
)
def test_patterns_without_a_short_cut(pattern: str) -> None:
    assert reader(pattern) is None
