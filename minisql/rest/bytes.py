"""Bytes in the JSON of minisql's own routes: ``{"base64": "..."}``."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any


def from_json(value: Any) -> Any:
    """A value of JSON; bytes for an object that stands for them.

    >>> from_json({"base64": "AQI="})
    b'\\x01\\x02'

    Raises:
        ValueError: it is not base64.
    """
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"], validate=True)
    return value


def bytes_in_json(value: Any) -> Any:
    """A value as JSON holds it, with objects for the bytes in it."""
    if isinstance(value, (bytes, bytearray)):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {str(name): bytes_in_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [bytes_in_json(each) for each in value]
    return value if isinstance(value, (str, int, float, Decimal, type(None))) else str(value)
