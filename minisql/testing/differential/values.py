"""Values as observations hold them: what JSON holds, so that any backend's, and a file's, can be compared by ``==``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from minisql.java import double_text
from minisql.testing.differential.steps import packed


def plain(value: Any) -> Any:
    """The value with fractions as exact ``Decimal``, bytes in base64, and the entries of objects in the order of their names.

    >>> plain({"b": 1e10, "a": [float("nan"), b"x", None]})
    {'a': ['NaN', {'base64': 'eA=='}, None], 'b': Decimal('1.0E+10')}
    """
    if isinstance(value, float):
        text = double_text(value)
        return Decimal(text) if value - value == 0 else text
    if isinstance(value, (bytes, bytearray)):
        return packed(value)
    if isinstance(value, Mapping):
        return {str(name): plain(value[name]) for name in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int, str, Decimal)) else str(value)


def loads(text: str) -> Any:
    """JSON, its fractions as Decimal.

    Raises:
        ValueError: it is none.
    """
    return json.loads(text, parse_float=Decimal)


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are the same, digit for digit: 1.5 is not 1.50, and 1 is not true.

    >>> same({"a": [Decimal("1.5")]}, {"a": [Decimal("1.5")]}), same(Decimal("1.5"), Decimal("1.50")), same(1, True)
    (True, False, False)
    """
    return dumps(one) == dumps(other)


def dumps(value: Any) -> str:
    """A plain value as JSON on one line.

    >>> print(dumps({"a": [Decimal("1.0E+10"), "é", None]}))
    {"a": [1.0E+10, "é", null]}
    """
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{dumps(str(name))}: {dumps(each)}" for name, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def pretty(value: Any, width: int = 120, indent: str = "") -> str:
    """A plain value as JSON for files that people read and compare: each item of a list of objects or lists has its own line,
    and so have the entries of an object that is wider than ``width``.

    >>> print(pretty({"name": "a", "rows": [[1, 2], [3, 4]]}))
    {
      "name": "a",
      "rows": [
        [1, 2],
        [3, 4]
      ]
    }
    """
    if not _broken(value, width - len(indent)):
        return dumps(value)
    inner = indent + "  "
    if isinstance(value, Mapping):
        parts = [f"{dumps(str(name))}: {pretty(each, width, inner)}" for name, each in value.items()]
    else:
        parts = [pretty(each, width, inner) for each in value]
    first, last = "{}" if isinstance(value, Mapping) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{last}"


def _broken(value: Any, room: int) -> bool:
    """Whether a value takes several lines."""
    if isinstance(value, Mapping):
        return bool(value) and (len(dumps(value)) > room or any(_broken(each, room) for each in value.values()))
    if not isinstance(value, (list, tuple)) or not value:
        return False
    return len(dumps(value)) > room or all(isinstance(each, (Mapping, list, tuple)) for each in value)
