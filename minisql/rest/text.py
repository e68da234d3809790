"""The JSON that ksqlDB writes: compact, with numbers as Java writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from minisql.errors import SERVER_ERROR, QueryError
from minisql.java import decimal_text, double_text
from minisql.json_text import quote
from minisql.types import BIGINT, BOOLEAN, INTEGER, STRING, SqlType
from minisql.wire import wire_value

TextOf = Callable[[Any], str]


def text_of(value: Any) -> str:
    """Compact JSON with numbers written as Java writes them, since the server's text is Java's.

    >>> text_of({"a": [1, 1e10, None, True], "b": "é"})
    '{"a":[1,1.0E10,null,true],"b":"é"}'

    Raises:
        QueryError: a key is None.
    """
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, float):
        text = double_text(value)
        return text if value - value == 0 else f'"{text}"'
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_name(name)}:{text_of(each)}" for name, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(text_of, value)) + "]"
    return json.dumps(value)


def _name(key: Any) -> str:
    """The key of a map; Jackson writes none that is null."""
    if key is None:
        raise QueryError("java.lang.RuntimeException: Failed to serialize buffer", SERVER_ERROR)
    return quote(str(key))


def row_writer(kinds: Sequence[SqlType]) -> TextOf:
    """A function from a row of these types to its JSON array.

    >>> row_writer([INTEGER, STRING])((1, None))
    '[1,null]'
    """
    writers = [_PLAIN.get(kind) or _writer(kind) for kind in kinds]

    def write(row: Sequence[Any]) -> str:
        pairs = zip(writers, row, strict=True)
        return "[" + ",".join(["null" if value is None else writer(value) for writer, value in pairs]) + "]"

    return write


def _writer(kind: SqlType) -> TextOf:
    return lambda value: text_of(wire_value(value, kind))


def _boolean(value: Any) -> str:
    return "true" if value else "false"


_PLAIN: dict[SqlType, TextOf] = {INTEGER: str, BIGINT: str, STRING: quote, BOOLEAN: _boolean}
