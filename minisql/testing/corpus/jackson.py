"""JSON as ksqlDB's test harness reads and writes it: comments are allowed, decimals keep their zeros."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def loads(text: str, exact: bool = True) -> Any:
    """The value of a JSON text; ``//`` and ``/* */`` comments are skipped.

    Args:
        exact: numbers with a fraction or an exponent become Decimal, digit for digit, else float.

    Raises:
        ValueError: the text is not JSON.
    """
    try:
        return _decode(text, exact)
    except ValueError:
        if "//" not in text and "/*" not in text:
            raise
    return _decode(_COMMENT.sub(_blank, text), exact)


def dumps(value: Any) -> str:
    """The JSON text of what ``loads`` gives: compact, decimals with all their digits."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{dumps(str(name))}:{dumps(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _decode(text: str, exact: bool) -> Any:
    return json.loads(text, parse_float=Decimal if exact else float, parse_constant=_refuse)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _blank(match: re.Match[str]) -> str:
    """Strings stay, comments go; their line ends stay, so that errors still name the right line."""
    return match[1] or "\n" * match[0].count("\n")
