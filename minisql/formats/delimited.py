"""DELIMITED: a line of CSV."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from minisql import java
from minisql.calendar import DAY
from minisql.errors import SerdeError
from minisql.formats import csv
from minisql.formats import text as texts
from minisql.formats.json.coercion import Mismatch, coerce_fields, struct_text
from minisql.formats.kafka import java_bytes, java_text
from minisql.formats.rows import Fields, Row, Rows
from minisql.types import BYTES, STRING, SqlDecimal, SqlType

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
        return lambda row: None if row is None else java_bytes(self._line(row))

    @cached_property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> row; raises SerdeError."""
        parsers = [_parser(kind) for _, kind in self._fields]
        delimiter = self._delimiter

        def decode(data: bytes | None) -> Row | None:
            if data is None:
                return None
            try:
                fields = csv.split(data.decode("utf-8", "replace"), delimiter)
                if len(fields) != len(parsers):
                    raise SerdeError(partial(_count_mismatch, len(parsers), len(fields)), _OUTER)
                return tuple([parse(field) if field else None for parse, field in zip(parsers, fields, strict=True)])
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
            if row is None:
                return None
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
    def _printers(self) -> list[Callable[[Any], str]]:
        return [_printer(kind) for _, kind in self._fields]

    def _line(self, row: Row) -> str:
        printed = [None if item is None else write(item) for write, item in zip(self._printers, row, strict=True)]
        return csv.join(printed, self._delimiter)


def _parse_time(text: str) -> int:
    milliseconds = texts.parse_long(text)
    if 0 <= milliseconds <= DAY:
        return milliseconds
    raise ValueError(f"Time values must use number of milliseconds greater than 0 and less than {DAY}.")


PARSERS: dict[str, Callable[[str], Any]] = {
    "BOOLEAN": lambda text: text.lower() == "true",
    "INTEGER": texts.parse_int,
    "BIGINT": texts.parse_long,
    "DOUBLE": texts.parse_double,
    "STRING": str,
    "BYTES": texts.parse_base64,
    "DATE": texts.parse_int,
    "TIME": _parse_time,
    "TIMESTAMP": texts.parse_long,
}
"""Type to how its text is read; none is ever given the empty text."""

PRINTERS: dict[str, Callable[[Any], str]] = {
    "BOOLEAN": lambda value: "true" if value else "false",
    "DOUBLE": java.double_text,
    "BYTES": lambda data: b2a_base64(data, newline=False).decode(),
}
"""Type to how it is printed, where that is not Python's text."""


def _parser(kind: SqlType) -> Callable[[str], Any]:
    if not isinstance(kind, SqlDecimal):
        return PARSERS[str(kind)]
    precision, scale = kind.precision, kind.scale
    return lambda text: texts.fit(texts.parse_decimal(text), precision, scale)


def _printer(kind: SqlType) -> Callable[[Any], str]:
    return java.decimal_text if isinstance(kind, SqlDecimal) else PRINTERS.get(str(kind), str)


def _count_mismatch(expected: int, got: int, topic: str) -> str:
    return f"Column count mismatch on deserialization. topic: {topic}, expected: {expected}, got: {got}"
