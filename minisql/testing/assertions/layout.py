"""The columns in which records and rows are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from minisql.errors import InterfaceError
from minisql.metastore import Source
from minisql.names import ROWOFFSET, ROWPARTITION, ROWTIME, WINDOW_BOUNDS
from minisql.schema import Column, Schema, schema_of
from minisql.testing.assertions.values import MILLISECONDS
from minisql.types import BIGINT, BYTES, INTEGER, STRING, SqlArray, SqlStruct, SqlType

HEADERS = "HEADERS"
"""The column of a record's headers, where no column of the source is called so."""

HEADERS_TYPE = SqlArray(SqlStruct((("KEY", STRING), ("VALUE", BYTES))))

RAW_KEY, RAW_VALUE = "KEY", "VALUE"
"""The columns of a topic of which no source says what is in its bytes."""


@dataclass(frozen=True)
class Layout:
    """Which columns there are.

    Attributes:
        kinds: their types, by name; also of those that are compared only when they are named.
        keys: the columns of the key.
        bounds: WINDOWSTART and WINDOWEND of windowed keys.
        values: the columns of the value.
    """

    kinds: dict[str, SqlType]
    keys: tuple[str, ...]
    bounds: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def usual(self) -> tuple[str, ...]:
        """The columns of a row that is given as a tuple."""
        return self.keys + self.bounds + self.values

    def find(self, name: str, exact: bool = False) -> str | None:
        """The column of that name, by its exact or upper-cased form."""
        if name in self.kinds:
            return name
        return name.upper() if not exact and name.upper() in self.kinds else None

    def resolve(self, name: str, exact: bool = False) -> str:
        """The column of that name.

        Raises:
            InterfaceError: there is none.
        """
        found = self.find(name, exact)
        if found is None:
            raise InterfaceError(f"there is no column {name}; the columns are {', '.join(self.kinds)}")
        return found

    def ordered(self, names: Sequence[str]) -> tuple[str, ...]:
        """The names in the order of the columns."""
        return tuple(name for name in self.kinds if name in names)


def layout_of(source: Source | None) -> Layout:
    """The columns of a topic's records, as its source declares them; without one they are bytes."""
    schema = schema_of([(RAW_KEY, BYTES)], [(RAW_VALUE, BYTES)]) if source is None else source.schema
    layout = layout_of_schema(schema, source is not None and source.windowed)
    return replace(layout, kinds={**layout.kinds, HEADERS: layout.kinds.get(HEADERS, HEADERS_TYPE)})


def layout_of_schema(schema: Schema, windowed: bool) -> Layout:
    """The columns of records that a source declares."""
    keys, values = _types(schema.key), _types(schema.value)
    bounds = WINDOW_BOUNDS if windowed else ()
    kinds: dict[str, SqlType] = {ROWTIME: MILLISECONDS, ROWPARTITION: INTEGER, ROWOFFSET: BIGINT}
    kinds |= keys | dict.fromkeys(bounds, MILLISECONDS) | values | _types(schema.headers)
    return Layout(kinds, tuple(keys), bounds, tuple(values))


def layout_of_columns(columns: Sequence[Column]) -> Layout:
    """The columns of a query's rows."""
    kinds = {column.name: MILLISECONDS if column.name in (ROWTIME, *WINDOW_BOUNDS) else column.type for column in columns}
    return Layout(kinds, (), (), tuple(kinds))


def _types(columns: Sequence[Column]) -> dict[str, SqlType]:
    return {column.name: column.type for column in columns}
