"""Pieces of ksqlDB's messages: expressions, places in the text, lists in prose."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot.expressions import Expression

from minisql.dialect import text
from minisql.errors import KsqlError

__all__ = ["in_prose", "place", "refusal", "text"]


def place(node: Expression | None) -> str:
    """``Line: 1, Col: 8: `` where the node's place is known, else nothing."""
    line = node.meta.get("line") if node is not None else None
    return f"Line: {line}, Col: {node.meta.get('column')}: " if line is not None and node is not None else ""


def refusal(message: str, node: Expression | None = None) -> KsqlError:
    """An error that knows where in the text its cause stands."""
    meta = node.meta if node is not None else {}
    return KsqlError(message, line=meta.get("line"), column=meta.get("column"))


def in_prose(parts: Iterable[object], last: str) -> str:
    """The parts with commas, the last one after ``last`` ("and", "or").

    >>> in_prose(["A", "B", "C"], "and")
    'A, B and C'
    """
    texts = [str(part) for part in parts]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"
