"""Text output in the manner of ksqlDB's CLI: tables of entities, and rows in boxes."""

from __future__ import annotations

import itertools
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from minisql.java import string_value

MINIMAL_CELL = 5


class Console:
    """Writes lines to a stream.

    Args:
        out: where to.
        width: of a line; the terminal's by default.
    """

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        self._out = out
        self.width = width or shutil.get_terminal_size().columns

    def line(self, text: str = "") -> None:
        """One line, or several where the text has them."""
        print(text, file=self._out, flush=True)

    def pairs(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """A label and a value a line."""
        for label, value in pairs:
            self.line(f"{label:<20} : {value}")

    def title(self, text: str, underline: int = 35) -> None:
        """A heading within an entity's text."""
        self.line(f"\n{text:<20}\n{'-' * underline}")

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Any]], footer: str | None = None) -> None:
        """Columns as wide as their widest value, between two rules."""
        cells = [[string_value(cell) for cell in row] for row in rows]
        widths = [_widest(column) for column in zip(headings, *cells, strict=True)]
        rule = "-" * min(self.width, sum(width + 3 for width in widths) - 1)
        self.line(_table_row(headings, widths))
        self.line(rule)
        for row in cells:
            self.line(_table_row(row, widths))
        self.line(rule)
        if footer:
            self.line(footer)

    def header(self, names: Sequence[str]) -> None:
        """The head of a query's rows."""
        rule = "+" + f"{'-' * self._cell(len(names))}+" * len(names)
        self.line(f"{rule}\n{self._boxed(names)}\n{rule}")

    def row(self, values: Sequence[Any]) -> None:
        """One row of a query; long values go on in the next line of their cell."""
        self.line(self._boxed([string_value(value) for value in values]))

    def _boxed(self, texts: Sequence[str]) -> str:
        width = self._cell(len(texts))
        cells = [[text[at : at + width] for at in range(0, len(text), width)] or [""] for text in texts]
        height = max(map(len, cells), default=0)
        filled = ([part.ljust(width) for part in cell + [""] * (height - len(cell))] for cell in cells)
        return "\n".join(f"|{'|'.join(parts)}|" for parts in zip(*filled, strict=True))

    def _cell(self, columns: int) -> int:
        return max(self.width // max(columns, 1) - 2, MINIMAL_CELL)

    def wrapped(self, label: str, text: str) -> None:
        """A label and a longer text, wrapped and indented under itself; nothing for an empty text."""
        room = max(self.width, 80) - len(label)
        paragraphs = (textwrap.wrap(paragraph, room) or [""] for paragraph in text.strip().splitlines())
        for number, line in enumerate(itertools.chain.from_iterable(paragraphs)):
            self.line((label if number == 0 else " " * len(label.expandtabs(2))) + line)


def _widest(texts: Iterable[str]) -> int:
    return max(len(line) for text in texts for line in text.split("\n"))


def _table_row(texts: Sequence[str], widths: Sequence[int]) -> str:
    return " " + " | ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)) + " "
