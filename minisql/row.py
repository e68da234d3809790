"""Rows as a program sees them: named tuples of Python values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from operator import itemgetter
from typing import Any

from minisql.errors import DataError
from minisql.schema import Column
from minisql.types import DATE, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType

EPOCH_DAY = date(1970, 1, 1)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Row(tuple[Any, ...]):
    """A row: a tuple whose columns are attributes as well, in any case: ``row.PROFILEID``, ``row.profileid``."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def asdict(self) -> dict[str, Any]:
        """Column name -> value."""
        return dict(zip(self._fields, self, strict=True))

    def __getattr__(self, name: str) -> Any:
        for candidate in (name, name.upper()):
            if candidate in self._fields:
                return self[self._fields.index(candidate)]
        raise AttributeError(f"the row has no column {name!r}; its columns are {', '.join(self._fields)}")

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self, strict=True))})"


def row_maker(columns: Sequence[Column]) -> Callable[[Sequence[Any]], Row]:
    """The function from a tuple of internal values to a Row of Python values."""
    names = tuple(column.name for column in columns)
    members = {name: property(itemgetter(i)) for i, name in enumerate(names) if not hasattr(tuple, name)}
    kind = type("Row", (Row,), {"__slots__": (), "_fields": names, **members})
    converters = [(i, convert) for i, column in enumerate(columns) if (convert := to_python(column.type))]
    if not converters:
        return kind

    def make(values: Sequence[Any]) -> Row:
        items = list(values)
        for i, convert in converters:
            items[i] = None if items[i] is None else convert(items[i])
        made: Row = kind(items)
        return made

    return make


def to_python(kind: SqlType) -> Callable[[Any], Any] | None:
    """From the internal value of a type to what a program gets; None where they are the same.

    DATE gives ``date``, TIME ``time``, TIMESTAMP an aware ``datetime`` in UTC, also within ARRAY, MAP and STRUCT. These
    three are copied: what a program does to its rows must not reach the topics.
    """
    if kind in _TIMES:
        return _TIMES[kind]
    if isinstance(kind, SqlArray):
        item = to_python(kind.item)
        return list if item is None else lambda values: [None if value is None else item(value) for value in values]
    if isinstance(kind, SqlMap):
        entry = to_python(kind.value)
        return dict if entry is None else lambda values: {k: None if v is None else entry(v) for k, v in values.items()}
    if isinstance(kind, SqlStruct):
        return _struct_to_python(kind)
    return None


def _struct_to_python(kind: SqlStruct) -> Callable[[Any], Any]:
    converters = {name: convert for name, field in kind.fields if (convert := to_python(field))}
    if not converters:
        return dict

    def convert_fields(values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: converters[name](value) if name in converters and value is not None else value for name, value in values.items()
        }

    return convert_fields


def _after(epoch: Any, kind: SqlType, **offset: int) -> Any:
    try:
        return epoch + timedelta(**offset)
    except OverflowError:
        told = ", ".join(f"{count} {unit}" for unit, count in offset.items())
        raise DataError(
            f"a {kind} of {told} since 1970 lies beyond the years 1 to 9999 that Python's dates have: CAST it AS STRING"
        ) from None


def _time(milliseconds: int) -> time:
    return (EPOCH + timedelta(milliseconds=milliseconds)).time()


_TIMES: dict[SqlType, Callable[[int], Any]] = {
    DATE: lambda days: _after(EPOCH_DAY, DATE, days=days),
    TIME: _time,
    TIMESTAMP: lambda milliseconds: _after(EPOCH, TIMESTAMP, milliseconds=milliseconds),
}
