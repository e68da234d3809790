"""The comparison rules of ksqlDB's harness."""

from decimal import Decimal

import pytest

from minisql.testing.corpus.compare import matches

D = Decimal


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [
        (None, None, True),
        (0, None, False),
        (None, 0, False),
        ("", None, False),
        (True, True, True),
        (True, False, False),
        (1, True, False),
        (True, 1, False),
        ("true", True, False),
        ("a", "a", True),
        ("a", "A", False),
        (1, "1", False),
    ],
)
def test_null_boolean_and_text_are_of_their_own_kind(actual, expected, same):
    assert matches(actual, expected) is same


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [
        (5, 5, True),
        (5, D("5.0"), True),
        (5, D("5.9"), True),  # Java's intValue truncates what is expected
        (1, 2**32 + 1, True),  # ... and narrows it
        (2**40, 2**40, True),
        (2**40, 2**40 + 1, False),
        (2**63, 2**63, False),  # a BigInteger matches nothing
    ],
)
def test_integers_decide_how_the_expected_number_is_read(actual, expected, same):
    assert matches(actual, expected) is same


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [
        ("1.0", D("1.0"), False),
        (D("1.0"), D("1.0"), True),
        (D("1.0"), D("1.00"), False),
        (D("1.00"), 1, False),
        (D("1"), 1, True),
        (D("1E+3"), 1000, True),
        (D("1E+3"), D("1000"), False),
        (D("-0.0"), D("0.0"), True),
        (D("1.5"), "1.5", True),
        (D("1.5"), "1.50", False),
        (D("1.5"), "no number", False),
        (D(2**64), 2**64, False),
    ],
)
def test_decimals_are_equal_only_with_their_scale(actual, expected, same):
    assert matches(actual, expected) is same


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [(1.5, D("1.50"), True), (1.0, 1, True), (1.0000001, 1, True), (1.00001, 1, False), (-1.0, 1, False)],
)
def test_floats_have_a_tolerance(actual, expected, same):
    assert matches(actual, expected) is same


@pytest.mark.parametrize(
    ("actual", "expected", "same"),
    [
        ({"A": 1}, {"A": 1}, True),
        ({"A": 1}, {"a": 1}, True),
        ({"a": 1}, {"A": 1}, False),
        ({"A": 1, "B": None}, {"A": 1}, False),
        ({"A": 1, "B": None}, {"B": None, "A": 1}, True),
        ({"A": 1}, {"B": 1}, False),
        ({"A": {"B": [1, {"C": None}]}}, {"A": {"B": [1, {"C": None}]}}, True),
        ([], {}, False),
        ([1, 2], [1, 2], True),
        ([2, 1], [1, 2], False),
        ([1], [1, 2], False),
        ("[1]", [1], False),
    ],
)
def test_objects_by_name_and_arrays_by_position(actual, expected, same):
    assert matches(actual, expected) is same
