"""Rows that are expected and rows that are there, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from minisql.formats.python_values import from_python
from minisql.testing.assertions.comparison import Pair
from minisql.testing.assertions.equality import PLAIN, same
from minisql.testing.assertions.found import Found, Unreadable
from minisql.testing.assertions.layout import Layout
from minisql.testing.assertions.table import ANY, NULL, TOMBSTONE, quoted
from minisql.testing.assertions.values import MILLISECONDS, show
from minisql.testing.assertions.wanted import Wanted
from minisql.types import STRING, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType

CONTEXT = 2
"""How many equal rows are shown before and after one that differs."""

MOST = 20
"""How many rows that differ are shown."""

LEGEND = "- is expected, + is there"

# -- cells ----------------------------------------------------------------------------------------------


def value_text(value: Any, kind: SqlType) -> str:
    """A SQL value as a cell."""
    if value is None:
        return NULL
    if isinstance(value, Unreadable):
        return "<unreadable>"
    text = show(value, kind)
    return quoted(text) if kind == STRING or not text else text


def expected_text(expected: Any, kind: SqlType) -> str:
    """What is expected as a cell: as SQL's value where it is one, else as Python shows it."""
    if expected is None or not isinstance(expected, PLAIN):
        return NULL if expected is None else repr(expected)
    try:
        return value_text(from_python(expected, TIMESTAMP if kind == MILLISECONDS else kind), kind)
    except (TypeError, ValueError, ArithmeticError):
        return repr(expected)


def found_cells(found: Found, names: Sequence[str], layout: Layout) -> list[str]:
    """The cells of a row that is there."""
    return [
        TOMBSTONE if found.deleted and name in layout.values else value_text(found.cells.get(name), layout.kinds[name])
        for name in names
    ]


def wanted_cells(wanted: Wanted, names: Sequence[str], layout: Layout) -> list[str]:
    """The cells of a row that is expected."""
    return [
        TOMBSTONE
        if wanted.deleted and name in layout.values
        else expected_text(wanted.cells[name], layout.kinds[name])
        if name in wanted.cells
        else ANY
        for name in names
    ]


# -- lines ----------------------------------------------------------------------------------------------


def lines(pairs: Sequence[Pair], names: Sequence[str], layout: Layout) -> list[str]:
    """The pairs, aligned below the names of the columns; the first that differs is marked."""
    shown = _shown(pairs)
    grid = [("", "", [quoted(name) for name in names])]
    for at, pair in enumerate(pairs):
        if at in shown:
            grid += _pair_cells(pair, names, layout)
    numbers = max(len(number) for _, number, _ in grid)
    widths = [max(len(cells[i]) for _, _, cells in grid) for i in range(len(names))]
    out = [_line(*grid[0], numbers, widths)]
    first = next(at for at, pair in enumerate(pairs) if not pair.equal)
    for at, hidden in _steps(shown, pairs):
        if hidden:
            out.append(f"    {'':>{numbers}} ... {hidden}")
            continue
        texts = [_line(*each, numbers, widths) for each in _pair_cells(pairs[at], names, layout)]
        if at == first:
            texts = [f">{text[1:]}" for text in texts]
        out += [*texts, *_carets(pairs[at], names, numbers, widths)]
    return out


def _shown(pairs: Sequence[Pair]) -> set[int]:
    differ = [at for at, pair in enumerate(pairs) if not pair.equal]
    return {at for each in differ[:MOST] for at in range(each - CONTEXT, each + CONTEXT + 1)} & set(range(len(pairs)))


def _steps(shown: set[int], pairs: Sequence[Pair]) -> Iterator[tuple[int, str]]:
    """(number of a pair, "") for each that is shown, (0, how many) for each gap."""
    for visible, group in groupby(range(len(pairs)), lambda at: at in shown):
        numbers = list(group)
        if visible:
            yield from ((at, "") for at in numbers)
        else:
            differ = sum(not pairs[at].equal for at in numbers)
            yield 0, f"{len(numbers)} more{f', {differ} of which differ' if differ else ''}"


def _pair_cells(pair: Pair, names: Sequence[str], layout: Layout) -> list[tuple[str, str, list[str]]]:
    """(sign, number, cells) of the one or two lines of a pair."""
    there = None if pair.found is None else found_cells(pair.found, names, layout)
    number = "" if pair.found is None else str(pair.found.index)
    if pair.equal and there is not None:
        return [("", number, there)]
    texts = []
    if pair.wanted is not None:
        cells = wanted_cells(pair.wanted, names, layout)
        texts.append(("-", "", cells if there is None else _told_apart(pair, names, cells, there)))
    if there is not None:
        texts.append(("+", number, there))
    return texts


def _told_apart(pair: Pair, names: Sequence[str], cells: Sequence[str], there: Sequence[str]) -> list[str]:
    """What differs in its type alone is shown as Python does."""
    assert pair.wanted is not None
    return [
        f"{pair.wanted.cells[name]!r} ({type(pair.wanted.cells[name]).__name__})"
        if name in pair.differing and name in pair.wanted.cells and cell == other
        else cell
        for name, cell, other in zip(names, cells, there, strict=True)
    ]


def _line(sign: str, number: str, cells: Sequence[str], numbers: int, widths: Sequence[int]) -> str:
    row = " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"  {sign:1} {number:>{numbers}} {row}".rstrip()


def _carets(pair: Pair, names: Sequence[str], numbers: int, widths: Sequence[int]) -> list[str]:
    """Marks below the cells that differ, where not all do."""
    if not pair.differing or set(names) <= set(pair.differing):
        return []
    marks = ["^" * width if name in pair.differing else " " * width for name, width in zip(names, widths, strict=True)]
    return [f"    {'':>{numbers}} {'   '.join(marks)}".rstrip()]


# -- words ----------------------------------------------------------------------------------------------


def said(pair: Pair, layout: Layout) -> str:
    """What differs in a pair of rows, in words."""
    wanted, found = pair.wanted, pair.found
    assert wanted is not None
    assert found is not None
    if wanted.deleted is not None and wanted.deleted != found.deleted:
        return "it is a tombstone" if found.deleted else "it is no tombstone"
    texts = [_said_of(name, wanted.cells[name], found.cells.get(name), layout.kinds[name]) for name in pair.differing[:3]]
    more = len(pair.differing) - len(texts)
    return ", ".join(texts) + (f" and {more} more" if more else "")


def _said_of(path: str, expected: Any, actual: Any, kind: SqlType) -> str:
    """The first part that differs."""
    if isinstance(actual, Unreadable):
        return f"{path} cannot be read ({actual.message})"
    for step, want, have, part in _parts(expected, actual, kind):
        if not same(want, have, part):
            return _said_of(f"{path}{step}", want, have, part)
    texts = value_text(actual, kind), expected_text(expected, kind)
    return f"{path} is {texts[0]}, not {texts[1] if texts[0] != texts[1] else f'{expected!r} ({type(expected).__name__})'}"


def _parts(expected: Any, actual: Any, kind: SqlType) -> Iterator[tuple[str, Any, Any, SqlType]]:
    """(path, expected, actual, type) of the parts of two values that have the same parts."""
    if isinstance(kind, SqlArray) and isinstance(expected, (list, tuple)) and actual is not None and len(expected) == len(actual):
        for number, (want, have) in enumerate(zip(expected, actual, strict=True), 1):
            yield f"[{number}]", want, have, kind.item
    elif isinstance(kind, SqlMap) and isinstance(expected, dict) and actual is not None and expected.keys() == actual.keys():
        for key, want in expected.items():
            yield f"[{key!r}]", want, actual[key], kind.value
    elif isinstance(kind, SqlStruct) and isinstance(expected, dict) and actual is not None:
        for name, field in kind.fields:
            yield f"->{name}", expected.get(name, expected.get(name.lower())), actual[name], field
