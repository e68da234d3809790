"""DELIMITED: a line of CSV."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from minisql.errors import SerdeError
from minisql.formats.json.coercion import Mismatch, coerce_fields, struct_text
from minisql.formats.kafka import java_bytes, java_text
from minisql.formats.lines import line_reader, line_writer
from minisql.formats.rows import Fields, Row, Rows
from minisql.types import BYTES, STRING

_OUTER = "Error deserializing delimited"


class DelimitedRows(Rows):
    """Rows as lines; the empty text is NULL.

    A lone null column is written as an empty line, which nobody can read, and a lone empty text as two quotes. So values of
    one column equal no other codec: every reader goes by way of the bytes, and meets ksqlDB's error.
    """

    def __init__(self, fields: Fields, delimiter: str, side: str) -> None:
        self.shared = side != "value" or len(fields) != 1
        unlike_any_other = None if self.shared else object()
        super().__init__(tuple(kind for _, kind in fields), delimiter, unlike_any_other)
        self._fields = fields
        self._delimiter = delimiter

    @cached_property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """Row -> bytes."""
        write = self._line
        return lambda row: None if row is None else java_bytes(write(row))

    @cached_property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> row; raises SerdeError."""
        count = len(self._fields)
        read = line_reader(self._fields, self._delimiter, lambda got: SerdeError(partial(_count_mismatch, count, got), _OUTER))

        def decode(data: bytes | None) -> Row | None:
            if data is None:
                return None
            try:
                return read(data.decode("utf-8", "replace"))
            except ValueError as error:
                raise SerdeError(str(error), _OUTER) from None

        return decode

    @cached_property
    def normalize(self) -> Callable[[Row | None], Row | None] | None:
        """Empty STRING and BYTES become NULL."""
        lossy = [index for index, (_, kind) in enumerate(self._fields) if kind in (STRING, BYTES)]
        if not lossy:
            return None

        def normalize(row: Row | None) -> Row | None:
            if row is None or all(row[index] is None or (row[index] and row[index].isascii()) for index in lossy):
                return row
            values = list(row)
            for index in lossy:
                value = values[index] or None
                values[index] = java_text(value) if isinstance(value, str) else value
            return tuple(values)

        return normalize

    @property
    def kept(self) -> Callable[[Row | None], Row | None] | None:
        """A value of one column stays as it is: NULL and the empty text differ on the topic."""
        return self.normalize if self.shared else None

    def to_json(self, row: Row | None) -> Any:
        """The line."""
        return None if row is None else java_text(self._line(row))

    def from_json(self, value: Any) -> Row | None:
        """From the line, or from an object or sequence of the columns' values."""
        if value is None:
            return None
        if isinstance(value, str):
            return self.decode(value.encode("utf-8", "replace"))
        if isinstance(value, (list, tuple)) and len(value) == len(self._fields):
            value = dict(zip([name for name, _ in self._fields], value, strict=True))
        try:
            return tuple(coerce_fields(value, self._fields, "$", struct_text(self._fields)))
        except Mismatch as mismatch:
            raise SerdeError(str(mismatch)) from None

    @cached_property
    def _line(self) -> Callable[[Row], str]:
        return line_writer(self._fields, self._delimiter)


def _count_mismatch(expected: int, got: int, topic: str) -> str:
    return f"Column count mismatch on deserialization. topic: {topic}, expected: {expected}, got: {got}"
