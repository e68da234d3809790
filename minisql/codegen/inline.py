"""Calls of Python functions, written in place where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.source import Bindings


def inline_call(function: Callable[..., Any], arguments: list[str], bindings: Bindings) -> str:
    """Code of a call."""
    return f"{bindings.bind(function, getattr(function, '__name__', 'function'))}({', '.join(arguments)})"
