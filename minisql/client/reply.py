"""An answer that is complete when it is given, and the JSON text that the server writes."""

from __future__ import annotations

import json
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from minisql.java import decimal_text, double_text


class Reply:
    """What a request gave.

    It answers to the names of both HTTP libraries that the ``ksql`` client uses, urllib's and requests', since
    functions that programs put in place of ``_raise_for_status`` are written against them.
    """

    def __init__(self, status: int, body: Any) -> None:
        self.status = self.code = self.status_code = status
        self.content: bytes = body if isinstance(body, bytes) else text_of(body).encode()

    def getcode(self) -> int:
        """The HTTP status."""
        return self.status

    def read(self) -> bytes:
        """The body."""
        return self.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    def json(self) -> Any:
        """The body as Python objects."""
        return json.loads(self.content)


def text_of(value: Any) -> str:
    """Compact JSON with numbers written as Java writes them, since the server's text is Java's.

    >>> text_of({"a": [1, 1e10, None, True], "b": "é"})
    '{"a":[1,1.0E10,null,true],"b":"é"}'
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        text = double_text(value)
        return text if value - value == 0 else f'"{text}"'
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode_basestring(str(name))}:{text_of(each)}" for name, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(text_of, value)) + "]"
    return json.dumps(value)
