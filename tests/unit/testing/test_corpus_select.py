"""The expressions of -k."""

import pytest

from minisql.errors import InterfaceError
from minisql.testing.corpus.select import selector


@pytest.mark.parametrize(
    ("expression", "text", "chosen"),
    [
        ("sum", "qtt sum.json SUM of things", True),
        ("group by", "x GROUP BY y", True),
        ("group by", "group, then by", False),
        ("a and b", "b a", True),
        ("a and b", "a", False),
        ("a or b", "b", True),
        ("not a", "b", True),
        ("not not a", "a", True),
        ("a and not (b or c)", "a d", True),
        ("a and not (b or c)", "a c", False),
        ("a or b and c", "a", True),
    ],
)
def test_words_phrases_and_logic(expression, text, chosen):
    assert selector(expression)(text) is chosen


@pytest.mark.parametrize("expression", ["", "a and", "(a", "a )", "not"])
def test_malformed_expressions_are_refused(expression):
    with pytest.raises(InterfaceError, match="-k"):
        selector(expression)
