"""Complete answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from minisql.client.reply import Reply
from minisql.rest.text import text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e10, "1.0E10"),
        (1e-5, "1.0E-5"),
        (float("nan"), '"NaN"'),
        (float("-inf"), '"-Infinity"'),
        (Decimal("1E+2"), "100"),
        (Decimal("1.50"), "1.50"),
        ('a"b\n\u00e9', '"a\\"b\\n\u00e9"'),
        ({"a": [True, None, {}]}, '{"a":[true,null,{}]}'),
    ],
)
def test_json_as_java_writes_it(value: object, text: str) -> None:
    assert text_of(value) == text


def test_answers_to_the_names_of_urllib_and_requests() -> None:
    reply = Reply(400, b'{"message":"no"}')
    assert reply.getcode() == reply.code == reply.status == reply.status_code == 400
    assert reply.read() == reply.content == b'{"message":"no"}'
    assert reply.json() == {"message": "no"}
    assert reply.text == '{"message":"no"}'
