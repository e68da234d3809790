"""What a test expects, in the forms that it may be written in, as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from minisql.errors import InterfaceError
from minisql.names import ROWOFFSET, ROWPARTITION, ROWTIME
from minisql.testing.assertions import table
from minisql.testing.assertions.layout import HEADERS, Layout
from minisql.testing.assertions.table import Cell
from minisql.testing.assertions.values import read


class _Tombstone:
    """The type of ``TOMBSTONE``."""

    def __repr__(self) -> str:
        return table.TOMBSTONE


class _Any:
    """The type of ``ANY``."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return table.ANY


TOMBSTONE: Final = _Tombstone()
"""In place of a value column, or of the value: the record's value is null."""

ANY: Final = _Any()
"""Equal to everything: what stands in a cell of a text table that is not compared."""

RECORD_FIELDS = ("key", "value", "timestamp", "partition", "offset", "headers", "window")
"""What a dict has that describes a record, as ``topic.records()`` does."""

_PLACES = {"timestamp": ROWTIME, "partition": ROWPARTITION, "offset": ROWOFFSET}


@dataclass(frozen=True)
class Wanted:
    """A record or row that is expected.

    Attributes:
        cells: column -> what is expected; columns that are not here are not compared.
        deleted: whether its value is to be null; None where nothing is said of it.
        written: the cells of a text table, as they stand there.
    """

    cells: dict[str, Any]
    deleted: bool | None
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expectation:
    """The rows that are expected.

    Attributes:
        names: the columns that are compared in any of them, in the order in which they are to be shown.
        text: the text table, where it was one.
    """

    names: tuple[str, ...]
    rows: tuple[Wanted, ...]
    text: str | None = None


def expectation(given: Any, layout: Layout, columns: Sequence[str] | None = None) -> Expectation:
    """Read what a test gives.

    Args:
        given: a text table, or dicts, tuples, records.
        columns: the columns of tuples; of anything else those that are compared.

    Raises:
        InterfaceError: it is in no such form, or has columns that are not there.
    """
    chosen = None if columns is None else tuple(layout.resolve(name) for name in columns)
    if isinstance(given, str):
        if chosen is not None:
            raise InterfaceError("a text table names its columns itself: columns= is for tuples and dicts")
        return _of_table(given, layout)
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        raise InterfaceError(f"rows are a text table, or a list of dicts, tuples or records, not {type(given).__name__}")
    rows = tuple(_row(each, layout, chosen) for each in given)
    names = {name for row in rows for name in row.cells}
    if any(row.deleted is not None for row in rows) or not rows:
        names.update(layout.usual if chosen is None else chosen)
    return Expectation(layout.ordered(list(names)), rows)


# -- text tables ----------------------------------------------------------------------------------------


def _of_table(text: str, layout: Layout) -> Expectation:
    read_table = table.parse(text)
    names = tuple(layout.resolve(name.text, name.quoted) for name in read_table.names)
    if len(set(names)) < len(names):
        raise InterfaceError(f"a column of the table is there twice: {', '.join(names)}")
    rows = zip(read_table.rows, read_table.lines, strict=True)
    return Expectation(names, tuple(_table_row(names, cells, layout, line) for cells, line in rows), text)


def _table_row(names: Sequence[str], cells: Sequence[Cell], layout: Layout, line: int) -> Wanted:
    deleted = any(cell.is_mark(table.TOMBSTONE) for cell in cells)
    row: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=True):
        if deleted and name in layout.values:
            if not cell.is_mark(table.TOMBSTONE) and not cell.is_mark(""):
                raise InterfaceError(f"line {line} of the table: a tombstone has no {name}")
        else:
            row[name] = _cell_value(name, cell, layout, line)
    return _wanted(row, deleted, layout, tuple(cell.written for cell in cells))


def _cell_value(name: str, cell: Cell, layout: Layout, line: int) -> Any:
    kind = layout.kinds[name]
    if not cell.quoted:
        if cell.text.upper() == table.NULL:
            return None
        if cell.text == table.ANY:
            return ANY
        if cell.text in ("", table.TOMBSTONE):
            hint = "is no value column" if cell.text else "has an empty cell: write NULL, '' or <any>"
            raise InterfaceError(f"line {line} of the table: {name} {hint}")
    try:
        return read(cell.text, kind)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise InterfaceError(f"line {line} of the table: {name} is {kind}, not {cell.text}") from error


def _wanted(cells: dict[str, Any], deleted: bool, layout: Layout, written: tuple[str, ...] = ()) -> Wanted:
    return Wanted(cells, deleted or (False if any(name in layout.values for name in cells) else None), written)


# -- Python's values ------------------------------------------------------------------------------------


def _row(given: Any, layout: Layout, chosen: tuple[str, ...] | None) -> Wanted:
    if hasattr(given, "_asdict"):
        given = given._asdict()
    elif hasattr(given, "asdict"):
        given = given.asdict()
    if isinstance(given, Mapping):
        cells = _record(given, layout) if _is_record(given, layout) else _named(given, layout)
        cells = {name: cell for name, cell in cells.items() if chosen is None or name in chosen}
    elif isinstance(given, (tuple, list)):
        cells = _positional(given, layout, chosen)
    else:
        raise InterfaceError(f"a row is a dict, a tuple or a record, not {given!r}")
    deleted = any(cell is TOMBSTONE for cell in cells.values())
    if deleted:
        cells = {name: cell for name, cell in cells.items() if name not in layout.values}
    return _wanted(cells, deleted, layout)


def _named(given: Mapping[Any, Any], layout: Layout) -> dict[str, Any]:
    return {layout.resolve(str(name)): item for name, item in given.items()}


def _positional(given: Sequence[Any], layout: Layout, chosen: tuple[str, ...] | None) -> dict[str, Any]:
    shapes = [chosen] if chosen is not None else [layout.usual, layout.keys + layout.values]
    if chosen is None and given and given[-1] is TOMBSTONE:
        first = layout.values[:1]
        shapes += [layout.keys + layout.bounds + first, layout.keys + first]
    for names in shapes:
        if len(names) == len(given):
            return dict(zip(names, given, strict=True))
    raise InterfaceError(f"a row has the {len(shapes[0])} columns {', '.join(shapes[0])}, not {tuple(given)!r}")


def _is_record(given: Mapping[Any, Any], layout: Layout) -> bool:
    """A dict of record fields alone, unless all of them are columns too."""
    return bool(given) and all(name in RECORD_FIELDS for name in given) and not all(layout.find(name) for name in given)


def _record(given: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
    cells = {_PLACES[name]: item for name, item in given.items() if name in _PLACES}
    if given.get("window") is not None:
        if not layout.bounds:
            raise InterfaceError("a record of this topic has no window")
        cells |= dict(zip(layout.bounds, given["window"], strict=True))
    if "headers" in given:
        cells[HEADERS] = [{"KEY": item[0], "VALUE": item[1]} if isinstance(item, tuple) else item for item in given["headers"]]
    if "key" in given:
        cells |= parts(given["key"], layout.keys, layout, "key")
    if "value" in given:
        value = TOMBSTONE if given["value"] is None else given["value"]
        cells |= dict.fromkeys(layout.values[:1], value) if value is TOMBSTONE else parts(value, layout.values, layout, "value")
    return cells


def parts(given: Any, names: Sequence[str], layout: Layout, what: str) -> dict[str, Any]:
    """The columns of a key or of a value: of a dict by name, of a tuple by position; a single one may stand for itself.

    Raises:
        InterfaceError: it has other columns.
    """
    if isinstance(given, Mapping) and all(layout.find(str(name)) in names for name in given):
        return _named(given, layout)
    if isinstance(given, tuple) and len(given) == len(names):
        return dict(zip(names, given, strict=True))
    if len(names) == 1:
        return {names[0]: given}
    if given is None:
        return dict.fromkeys(names)
    raise InterfaceError(f"the columns of the {what} are {', '.join(names) or 'none'}, not {given!r}")
