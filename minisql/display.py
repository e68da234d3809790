"""Results as a person sees them: a table of text in a shell, one of HTML in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from minisql.java import string_value
from minisql.record import Record
from minisql.schema import Column
from minisql.types import BIGINT, DOUBLE, INTEGER, SqlDecimal, SqlType
from minisql.wire import wire_value

MOST_ROWS = 20
"""Rows that a table shows; how many more there are is said below it."""

WIDTH = 150
"""Letters that the cells of a line of text share; a cell may have LEAST_WIDTH in any case."""

LEAST_WIDTH = 30


class Table(Record):
    """A table to look at.

    Attributes:
        names: of the columns.
        types: of the columns, as SQL writes them; empty for a statement's answer, in which all is text.
        rows: the texts of the cells.
        right: for each column whether it is of numbers, which are flush right.
        footer: what is said below.
    """

    names: Sequence[str]
    types: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[bool]
    footer: str

    def text(self) -> str:
        """The table in letters.

        >>> print(Table(["ID", "V"], ["INTEGER", "STRING"], [["1", "a"]], [True, False], "1 row").text())
        ID      | V
        INTEGER | STRING
        --------+-------
              1 | a
        1 row
        """
        heads = [line for line in (self.names, self.types) if line]
        most = max(WIDTH // len(self.names), LEAST_WIDTH)
        rows = [[_shortened(cell, most) for cell in row] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*heads, *rows, strict=True)]
        lines = [joined(head, widths) for head in heads]
        lines.append("-+-".join("-" * width for width in widths))
        lines += [joined(row, widths, self.right) for row in rows]
        return "\n".join(lines + [self.footer] * bool(self.footer))

    def html(self) -> str:
        """The table for a notebook."""
        from html import escape  # only notebooks need it

        sides = [f' style="text-align: {"right" if right else "left"}"' for right in self.right]

        def row(cells: Sequence[str], tag: str) -> str:
            written = (f"<{tag}{side}>{escape(cell)}</{tag}>" for cell, side in zip(cells, sides, strict=True))
            return f"<tr>{''.join(written)}</tr>"

        heads = "".join(row(line, "th") for line in (self.names, self.types) if line)
        body = "".join(row(cells, "td") for cells in self.rows)
        footer = f"<p>{escape(self.footer)}</p>" if self.footer else ""
        return f'<table class="dataframe"><thead>{heads}</thead><tbody>{body}</tbody></table>{footer}'


def answer_table(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Table:
    """The table of a statement's answer."""
    cells = [list(map(string_value, row)) for row in rows]
    return Table([column.name for column in columns], (), cells, [False] * len(columns), "")


def rows_table(columns: Sequence[Column], rows: Sequence[Sequence[Any]], count: int, told: str = "") -> Table:
    """The table of a query's rows.

    Args:
        columns: of the rows.
        rows: at least the first ``MOST_ROWS`` of them.
        count: how many there are.
        told: what else is said below.
    """
    kinds = [column.type for column in columns]
    cells = [[_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in islice(rows, MOST_ROWS)]
    size = counted(count, "row")
    said = [size if count <= MOST_ROWS else f"{size}, the first {MOST_ROWS} of which are shown", *([told] if told else [])]
    right = [kind in (INTEGER, BIGINT, DOUBLE) or isinstance(kind, SqlDecimal) for kind in kinds]
    return Table([column.name for column in columns], list(map(str, kinds)), cells, right, "; ".join(said))


def counted(count: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _cell(value: Any, kind: SqlType) -> str:
    return string_value(wire_value(value, kind))


def _shortened(cell: str, most: int) -> str:
    cell = cell.replace("\n", "\\n")
    return cell if len(cell) <= most else cell[: most - 1] + "…"


def joined(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool] | None = None) -> str:
    """Cells side by side, each as wide as its column, flush right where ``right`` says so."""
    columns = zip(cells, widths, right or [False] * len(widths), strict=True)
    return " | ".join(cell.rjust(width) if flush else cell.ljust(width) for cell, width, flush in columns).rstrip()
