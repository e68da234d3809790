"""What is compared of a record, and what is said when it differs."""

import pytest

from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.record import Found, Given, WindowSpec, check_records


def given(**fields):
    return Given.of({"topic": "T", **fields})


def found(key=None, value=None, timestamp=0, window=None, headers=()):
    return Found(key, window, value, timestamp, headers)


def same(want, have, inserted=False):
    try:
        check_records("T", [want], [have], inserted)
    except CaseFailed:
        return False
    return True


def test_an_absent_timestamp_is_not_compared():
    assert same(given(key="k", value=1), found("k", 1, timestamp=99))
    assert not same(given(key="k", value=1, timestamp=98), found("k", 1, timestamp=99))


def test_after_insert_values_a_timestamp_of_zero_says_nothing():
    assert same(given(timestamp=0), found(timestamp=99), inserted=True)
    assert not same(given(timestamp=5), found(timestamp=99), inserted=True)
    assert not same(given(timestamp=0), found(timestamp=99))


def test_a_tombstone_is_no_empty_value():
    assert same(given(key="k", value=None), found("k", None))
    assert not same(given(key="k", value=None), found("k", {}))


def test_windows_are_compared_with_their_kind():
    want = given(key="k", window={"start": 0, "end": 10, "type": "time"})
    assert same(want, found("k", window=WindowSpec(0, 10, "TIME")))
    assert not same(want, found("k", window=WindowSpec(0, 11, "TIME")))
    assert not same(want, found("k", window=WindowSpec(0, 10, "SESSION")))
    assert not same(want, found("k"))
    assert not same(given(key="k"), found("k", window=WindowSpec(0, 10, "TIME")))


def test_headers_are_compared_as_a_list():
    want = given(headers=[{"KEY": "a", "VALUE": "aGk="}, {"KEY": "a", "VALUE": None}])
    assert same(want, found(headers=(("a", b"hi"), ("a", None))))
    assert not same(want, found(headers=(("a", None), ("a", b"hi"))))
    assert not same(given(), found(headers=(("a", b"hi"),)))


def test_a_wrong_count_shows_what_was_there():
    with pytest.raises(CaseFailed, match=r"Topic T\. Expected <0> records but it was <1>") as error:
        check_records("T", [], [found("k", {"A": 1})], inserted=False)
    assert '<k, {"A":1}> with timestamp=0 and headers=[]' in str(error.value)


def test_a_difference_is_told_in_the_words_of_the_harness():
    want = given(key=1, value="a", timestamp=3, headers=[{"KEY": "h", "VALUE": "aGk="}])
    with pytest.raises(CaseFailed) as error:
        check_records("T", [want], [found(1, "b", 3)], inserted=False)
    assert str(error.value) == (
        "Topic 'T', message 0: Expected <1, \"a\"> with timestamp=3 and headers=[{KEY=h,VALUE=aGk=}] "
        'but was <1, "b"> with timestamp=3 and headers=[]'
    )


def test_a_record_without_a_topic_is_refused():
    with pytest.raises(CaseFailed, match="topic"):
        Given.of({"key": 1})


def test_misspelt_fields_are_absent():
    assert given(**{",timestamp": 5}).timestamp is None
