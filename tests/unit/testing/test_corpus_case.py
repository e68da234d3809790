"""What comes of a case that raises this or that."""

import pytest

from minisql.errors import KsqlError, QueryError, UnsupportedError
from minisql.testing.corpus.case import Case, CaseFailed, refuse_swallowed


def outcome(*errors):
    """Of a case that raises the last error, caused by the one before it, and so on."""

    def check():
        cause = None
        for error in errors:
            error.__cause__ = cause
            cause = error
        if cause is not None:
            raise cause

    result = Case("qtt", "f.json", "n", check).run()
    return result.status, result.message


def test_nothing_raised_is_passed():
    assert outcome() == ("passed", "")


def test_failures_and_errors_of_ksqldb_fail_with_their_text():
    assert outcome(CaseFailed("wrong")) == ("failed", "wrong")
    assert outcome(KsqlError("refused")) == ("failed", "refused")


def test_unsupported_wins_wherever_it_stands_in_the_chain():
    assert outcome(UnsupportedError("joins")) == ("unsupported", "joins")
    assert outcome(UnsupportedError("joins"), ValueError("x"), QueryError("died")) == ("unsupported", "joins")


def test_a_python_error_is_a_fault_of_ours_and_says_where():
    status, message = outcome(ZeroDivisionError("oops"))
    assert status == "failed"
    assert message.startswith("ZeroDivisionError: oops at ")


def test_what_was_only_logged_is_not_passed_over():
    refuse_swallowed([{"message": {"errorMessage": "something else"}}])
    with pytest.raises(UnsupportedError) as error:
        refuse_swallowed([{"message": {"errorMessage": f"Error computing F(X): {UnsupportedError('the function F')}"}}])
    assert error.value.feature == "the function F"
