"""The list of cases that do not pass yet is right both ways, or it is stale."""

from minisql.testing.corpus.case import Outcome
from minisql.testing.gaps import differences, lines


def outcome(name, status, message="why\nso"):
    return Outcome("qtt", "qtt/a.json", name, status, message, 0.0)


PASSED, FAILED, UNSUPPORTED = outcome("one", "passed", ""), outcome("two :: b", "failed"), outcome("three", "unsupported")
LIST = ["qtt/a.json :: two :: b :: failed :: why so", "qtt/a.json :: three :: unsupported :: why so"]


def test_a_line_for_each_case_that_does_not_pass():
    assert lines([PASSED, FAILED, UNSUPPORTED]) == LIST


def test_a_right_list_has_no_differences():
    assert differences(LIST, [PASSED, FAILED, UNSUPPORTED]) == []


def test_reason_and_status_of_a_listed_case_may_change():
    assert differences(LIST, [outcome("two :: b", "unsupported", "new"), UNSUPPORTED]) == []


def test_a_case_that_falls_back_is_named():
    assert differences(LIST[1:], [FAILED, UNSUPPORTED]) == [f"falls back: {LIST[0]}"]


def test_a_case_that_passes_now_or_is_gone_is_named():
    assert differences(LIST, [outcome("two :: b", "passed", "")]) == [
        "passes now, or is gone: qtt/a.json :: three",
        "passes now, or is gone: qtt/a.json :: two :: b",
    ]
