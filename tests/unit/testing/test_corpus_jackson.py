"""Reading and writing JSON as the harness does."""

from decimal import Decimal

import pytest

from minisql.testing.corpus.jackson import dumps, loads


def test_comments_are_skipped_but_not_in_strings():
    text = '{ // one\n "a": "http://x/*no*/", /* two\n lines */ "b": 1 }'
    assert loads(text) == {"a": "http://x/*no*/", "b": 1}


def test_decimals_keep_their_zeros():
    value = loads("[1.50, 1E3, 2, -0.0]")
    assert [str(item) for item in value] == ["1.50", "1E+3", "2", "-0.0"]
    assert isinstance(value[1], Decimal)
    assert isinstance(value[2], int)


def test_inexact_numbers_are_floats():
    assert loads("[1.50]", exact=False) == [1.5]
    assert isinstance(loads("[1.50]", exact=False)[0], float)


@pytest.mark.parametrize("text", ["{", "NaN", "[1,]", "{'a': 1}", "{ // only\n"])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(ValueError):
        loads(text)


def test_an_error_behind_a_comment_names_its_line():
    with pytest.raises(ValueError, match="line 3"):
        loads("{ /* a\n b */ \n oops }")


def test_writing_is_compact_and_exact():
    assert dumps({"a": [Decimal("1.50"), 1, True, None], "b": "ü\n"}) == '{"a":[1.50,1,true,null],"b":"ü\\n"}'
