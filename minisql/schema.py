"""Columns and schemas of sources and of steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from minisql.names import PSEUDO_COLUMNS, ROWPARTITION, WINDOW_BOUNDS, quote
from minisql.record import Record
from minisql.types import BIGINT, INTEGER, SqlType


class Namespace(Enum):
    """Where a column of a record lies; the order is the order of look-up."""

    KEY = 0
    VALUE = 1
    HEADERS = 2


class Column(Record):
    """A named, typed column.

    ``header_key`` is the key of ``HEADER('key')`` columns, None for ``HEADERS``.
    """

    name: str
    type: SqlType
    namespace: Namespace = Namespace.VALUE
    header_key: str | None = None

    def __str__(self) -> str:
        suffix = ""
        if self.namespace is Namespace.KEY:
            suffix = " KEY"
        elif self.namespace is Namespace.HEADERS:
            suffix = " HEADERS" if self.header_key is None else f" HEADER('{self.header_key}')"
        return f"{quote(self.name)} {self.type}{suffix}"


class Schema(Record):
    """The columns of a source or of a step, keys first as a rule.

    ``str(schema)`` is ksqlDB's text: ```ID` STRING KEY, `V` INTEGER``.
    """

    columns: tuple[Column, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.columns))

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def _of(self, namespace: Namespace) -> tuple[Column, ...]:
        return tuple([column for column in self.columns if column.namespace is namespace])

    @property
    def key(self) -> tuple[Column, ...]:
        """The key columns."""
        return self._of(Namespace.KEY)

    @property
    def value(self) -> tuple[Column, ...]:
        """The value columns, without headers."""
        return self._of(Namespace.VALUE)

    @property
    def headers(self) -> tuple[Column, ...]:
        """The HEADERS and HEADER('k') columns."""
        return self._of(Namespace.HEADERS)

    def find(self, name: str) -> Column | None:
        """The column called ``name`` (exact case): keys are looked at first."""
        matching = (column for column in self.columns if column.name == name)
        return min(matching, key=lambda column: column.namespace.value, default=None)

    def with_pseudo_and_key_columns(self, windowed: bool) -> Schema:
        """The layout of a source row: value, headers, pseudo, key columns, window bounds.

        Key columns are both in the key and in the value, as in ksqlDB
        (LogicalSchema.withPseudoAndKeyColsInValue).
        """
        value: list[Column] = list(self.value)
        value += [Column(column.name, column.type) for column in self.headers]
        value += [Column(name, BIGINT if name != ROWPARTITION else INTEGER) for name in PSEUDO_COLUMNS]
        value += [Column(column.name, column.type) for column in self.key]
        if windowed:
            value += [Column(name, BIGINT) for name in WINDOW_BOUNDS]
        return Schema(self.key + self.headers + tuple(value))


def schema_of(key: Iterable[tuple[str, SqlType]], value: Iterable[tuple[str, SqlType]]) -> Schema:
    """A schema from (name, type) pairs.

    >>> from minisql.types import STRING, INTEGER
    >>> str(schema_of([("ID", STRING)], [("V", INTEGER)]))
    '`ID` STRING KEY, `V` INTEGER'
    """
    keys = tuple(Column(name, kind, Namespace.KEY) for name, kind in key)
    return Schema(keys + tuple(Column(name, kind) for name, kind in value))
