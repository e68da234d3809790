"""Text tables: a line of column names, and a line for each row, their cells apart by ``|``.

    ROWTIME | ACCOUNT | BALANCE
    0       | ann     | 10
    5       | ann     | <tombstone>
    7       | "a|b"   | NULL

- Blank lines, lines that start with ``--``, and a rule such as ``---+---`` below the names say nothing. Lines may start
  and end with ``|``, if that of the names does.
- A cell is what stands between the bars, without the space around it. Texts that would be read as something else (that
  are empty, have space around them or a bar in them, look like NULL or ``<tombstone>``, or start with a quote) stand in
  quotes: ``'it''s'`` as in SQL, or ``"a\\nb"`` as in JSON. JSON arrays and objects may have bars in them.
- ``NULL`` is a null cell, ``<tombstone>`` a null value of the record, and ``<any>`` is not compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minisql.display import joined
from minisql.errors import InterfaceError
from minisql.testing.assertions.values import json_text

NULL, TOMBSTONE, ANY = "NULL", "<tombstone>", "<any>"

_RULE = re.compile(r"[-+|:=\s]+")
_QUOTED = re.compile(r"'((?:[^']|'')*)'|`((?:[^`]|``)*)`")
_SPACE = re.compile(r"\s*")
_JSON = json.JSONDecoder()


class Cell(NamedTuple):
    """What stands in a cell; ``quoted``: in quotes, so that it is nothing but text; ``written``: as it stands there."""

    text: str
    quoted: bool
    written: str

    def is_mark(self, mark: str) -> bool:
        """Whether it is this mark, and not a text in quotes."""
        return not self.quoted and self.text == mark


@dataclass(frozen=True)
class Table:
    """A text table that has been read: the names of its columns, and its rows with the numbers of their lines."""

    names: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]


def parse(text: str) -> Table:
    """Read a text table.

    Raises:
        InterfaceError: there are no names, a row has too few or too many cells, or a quote does not end.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    lines = [(number, line) for number, line in lines if line]
    while lines and lines[0][1].startswith("--"):
        del lines[0]
    if not lines:
        raise InterfaceError("a text table starts with a line of column names")
    if len(lines) > 1 and is_rule(lines[1][1]):
        del lines[1]
    lines = [(number, line) for number, line in lines if not line.startswith("--")]
    barred = lines[0][1].startswith("|")
    rows = [tuple(_cells(line, number, barred)) for number, line in lines]
    for (number, line), row in zip(lines, rows, strict=True):
        if len(row) != len(rows[0]):
            raise InterfaceError(f"line {number} of the table has {_count(row)}, not {len(rows[0])}: {line}")
    return Table(rows[0], tuple(rows[1:]), tuple(number for number, _ in lines[1:]))


def is_rule(line: str) -> bool:
    """Whether a line is a rule, such as may stand below the names."""
    return _RULE.fullmatch(line) is not None


def _count(row: Sequence[Cell]) -> str:
    return "1 cell" if len(row) == 1 else f"{len(row)} cells"


def _cells(line: str, number: int, barred: bool) -> Iterator[Cell]:
    if barred:
        line = line[1:].removesuffix("|").rstrip() if line.startswith("|") else line
    at = 0
    while True:
        cell, at = _cell(line, at, number)
        yield cell
        if at >= len(line):
            return
        at += 1


def _cell(line: str, at: int, number: int) -> tuple[Cell, int]:
    """The cell that starts at ``at``, and where its bar or the end of the line is."""
    at = _past_space(line, at)
    first = line[at : at + 1]
    if first and first in "\"'`":
        text, end = _quoted(line, at, number)
        end = _past_space(line, end)
        if end < len(line) and line[end] != "|":
            raise InterfaceError(f"line {number} of the table goes on after a closing quote: {line}")
        return Cell(text, True, line[at:end].rstrip()), end
    end = _json_end(line, at) if first and first in "[{" else -1
    if end < 0:
        bar = line.find("|", at)
        end = len(line) if bar < 0 else bar
    text = line[at:end].strip()
    return Cell(text, False, text), end


def _past_space(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    assert match is not None
    return match.end()


def _quoted(line: str, at: int, number: int) -> tuple[str, int]:
    """The text in quotes of SQL or JSON, and where they end."""
    try:
        if line[at] == '"':
            text, end = _JSON.raw_decode(line, at)
            return str(text), end
    except ValueError:
        pass
    else:
        match = _QUOTED.match(line, at)
        if match is not None:
            quote = line[at]
            return match[0][1:-1].replace(quote * 2, quote), match.end()
    raise InterfaceError(f"line {number} of the table has a quote that does not end: {line}")


def _json_end(line: str, at: int) -> int:
    """Where the bar behind a JSON array or object is; -1 if there is none here, or something else in the cell."""
    try:
        _, end = _JSON.raw_decode(line, at)
    except ValueError:
        return -1
    end = _past_space(line, end)
    return end if end == len(line) or line[end] == "|" else -1


# -- writing --------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """A text as the cell of a STRING column, or a column's name, in quotes where it needs them."""
    return json_text(text) if _needs_quotes(text) else text


def _needs_quotes(text: str) -> bool:
    return (
        text != text.strip()
        or "|" in text
        or not text.isprintable()
        or text.upper() == NULL
        or text in (TOMBSTONE, ANY)
        or text.startswith(("'", '"', "`", "--"))
        or is_rule(text)
        or not text
    )


def format_table(names: Sequence[str], rows: Iterable[Sequence[str]], indent: str = "") -> str:
    """Lines of cells below their names, aligned; each ends in a line feed.

    >>> print(format_table(["A", "B"], [["1", "x"], ["10", "y"]]), end="")
    A  | B
    1  | x
    10 | y
    """
    lines = [list(names), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(f"{indent}{joined(line, widths)}\n" for line in lines)
