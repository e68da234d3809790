"""Values as the REST API writes them."""

import pytest

from minisql.types import DATE, TIME, TIMESTAMP, SqlArray
from minisql.wire import wire_value


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (36_000_000, TIME, "10:00"),
        (36_000_500, TIME, "10:00"),  # as a ksqlDB 8.5 answered
        (37_230_400, TIME, "10:20:30"),
        (0, DATE, "1970-01-01"),
        (1_500, TIMESTAMP, "1970-01-01T00:00:01.500"),
    ],
)
def test_times(value, kind, text):
    assert wire_value(value, kind) == text
    assert wire_value([value, None], SqlArray(kind)) == [text, None]
