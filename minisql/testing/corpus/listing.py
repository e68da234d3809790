"""Rows as an aligned table of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def listing(columns: Sequence[str], lines: Sequence[tuple[str, Sequence[Any]]]) -> str:
    """A heading and a line for each row, behind the word that says what the row is.

    >>> print(listing(["ID", "TOTAL"], [("EXPECTED", ["a", 4]), ("ACTUAL", ["a", None])]))
             | ID | TOTAL
    EXPECTED | a  | 4
    ACTUAL   | a  | null
    """
    table = [["", *columns], *([word, *map(_text, row)] for word, row in lines)]
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    return "\n".join(" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table)


def _text(value: Any) -> str:
    return "null" if value is None else str(value).replace("\n", "\\n")
