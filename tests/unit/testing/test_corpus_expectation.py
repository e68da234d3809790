"""Which of our errors a negative case takes for which of Java's exceptions."""

import pytest

from minisql.errors import KsqlError, ParseError, QueryError, StatementError
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.expectation import Expectation

STATEMENT = "io.confluent.ksql.util.KsqlStatementException"
KSQL = "io.confluent.ksql.util.KsqlException"
PARSE = "io.confluent.ksql.parser.exception.ParseFailedException"
STREAMS = "org.apache.kafka.streams.errors.StreamsException"


def accepts(expectation, error):
    try:
        expectation.check(error)
    except CaseFailed:
        return False
    return True


@pytest.mark.parametrize(
    ("error", "accepted"),
    [
        (KsqlError("m"), {KSQL}),
        (StatementError("m"), {KSQL, STATEMENT}),
        (ParseError("m"), {KSQL, STATEMENT, PARSE}),
        (QueryError("m"), {STREAMS}),
        (CaseFailed("m"), {"java.lang.AssertionError"}),
    ],
)
def test_types_follow_javas_class_tree(error, accepted):
    names = {KSQL, STATEMENT, PARSE, STREAMS, "java.lang.AssertionError"}
    assert {name for name in names if accepts(Expectation(name), error)} == accepted


def test_the_message_is_contained_in_the_text_or_in_the_statement_below_it():
    error = StatementError("Cannot do it.", statement="DROP STREAM X;")
    assert accepts(Expectation(message="do it"), error)
    assert accepts(Expectation(message="Cannot do it.\nStatement: DROP STREAM"), error)
    assert not accepts(Expectation(message="do That"), error)


def test_a_cause_is_compared_by_type_and_text():
    error = QueryError("died")
    error.__cause__ = KsqlError("overflow")
    assert accepts(Expectation(STREAMS, cause=KSQL, cause_message="over"), error)
    assert not accepts(Expectation(STREAMS, cause=STREAMS), error)
    assert not accepts(Expectation(STREAMS, cause=KSQL, cause_message="under"), error)
    assert not accepts(Expectation(STREAMS, cause=KSQL), QueryError("died"))


def test_of_a_cause_that_has_no_counterpart_only_the_text_counts():
    error = QueryError("died")
    error.__cause__ = OverflowError("too large")
    assert accepts(Expectation(cause="some.java.OtherException", cause_message="large"), error)


def test_a_difference_says_both_sides():
    with pytest.raises(CaseFailed, match=r"Expected KsqlException: wanted\nbut was QueryError: got"):
        Expectation(KSQL, "wanted").check(QueryError("got"))
