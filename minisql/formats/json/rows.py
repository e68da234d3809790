"""JSON objects and bare JSON values.

Reader and writer are imported when bytes are first read or written: most topics in a process never become bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from minisql.errors import SerdeError
from minisql.formats.rows import Fields, Row, Rows

_NULL_STRUCT = 'Cannot invoke "org.apache.kafka.connect.data.Struct.schema()" because "struct" is null'
"""What Java says when ksqlDB takes the columns out of a JSON null."""


class JsonRows(Rows):
    """Rows as objects with a field for each column."""

    def __init__(self, fields: Fields, side: str) -> None:
        super().__init__(fields, side)
        self.fields = fields
        self._outer = f"Failed to deserialize {side} from topic: {{topic}}. {{cause}}"

    @cached_property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """Row -> bytes."""
        from minisql.formats.json.writer import row_encoder

        return row_encoder(self.fields)

    @cached_property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> row; raises SerdeError."""
        from minisql.formats.json.reader import row_decoder

        return row_decoder(self.fields, self._decode_unusual)

    @cached_property
    def normalize(self) -> Callable[[Row | None], Row | None] | None:
        """The null key of a MAP becomes the text "null"."""
        from minisql.formats.normal import map_normalizer

        return map_normalizer([kind for _, kind in self.fields])

    def to_json(self, row: Row | None) -> Any:
        """An object."""
        return None if row is None else self._view(row)

    def from_json(self, value: Any) -> Row | None:
        """From an object (a name is taken as it is or, failing that, upper-cased) or a sequence of all values."""
        if value is None:
            return None
        if isinstance(value, (list, tuple)) and len(value) == len(self.fields):
            value = dict(zip([name for name, _ in self.fields], value, strict=True))
        return self._read(value)

    @cached_property
    def _read(self) -> Callable[[Any], Row]:
        from minisql.formats.json.reader import object_reader

        return object_reader(self.fields, self._coerce)

    @cached_property
    def _view(self) -> Callable[[Row], dict[str, Any]]:
        from minisql.formats.json.view import row_viewer

        return row_viewer(self.fields)

    def _decode_unusual(self, data: bytes) -> Row | None:
        value = self._tree(data)
        if value is None:
            raise SerdeError(_NULL_STRUCT)
        return self._coerce(value)

    def _tree(self, data: bytes) -> Any:
        from minisql.formats.json.scan import read_tree

        try:
            return read_tree(data)
        except ValueError as error:
            raise SerdeError(str(error), self._outer) from None

    def _coerce(self, value: Any) -> Row:
        from minisql.formats.json.coercion import Mismatch, coerce_fields, struct_text

        try:
            return tuple(coerce_fields(value, self.fields, "$", struct_text(self.fields)))
        except Mismatch as mismatch:
            raise SerdeError(str(mismatch), self._outer) from None


class BareJsonRows(JsonRows):
    """Rows of one column as its bare value; a null value is a null row."""

    @cached_property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """Row -> bytes."""
        from minisql.formats.json.writer import value_encoder

        return value_encoder(self.fields[0][1])

    @cached_property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> row; raises SerdeError."""
        from minisql.formats.json.reader import value_decoder

        return value_decoder(self.fields[0][1], self._decode_unusual)

    @cached_property
    def normalize(self) -> Callable[[Row | None], Row | None]:
        """A null column becomes a null row."""
        from minisql.formats.normal import map_normalizer

        maps = map_normalizer([self.fields[0][1]])
        if maps is None:
            return lambda row: None if row is None or row[0] is None else row
        return lambda row: None if row is None or row[0] is None else maps(row)

    def to_json(self, row: Row | None) -> Any:
        """The bare value."""
        return None if row is None else next(iter(self._view(row).values()))

    def from_json(self, value: Any) -> Row | None:
        """From the bare value."""
        return None if value is None else self._coerce(value)

    def _decode_unusual(self, data: bytes) -> Row | None:
        return self._coerce(self._tree(data))

    def _coerce(self, value: Any) -> Row:
        from minisql.formats.json.coercion import Mismatch, coerce

        try:
            return (coerce(value, self.fields[0][1], "$"),)
        except Mismatch as mismatch:
            raise SerdeError(str(mismatch), self._outer) from None
