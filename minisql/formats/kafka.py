"""KAFKA: the bytes of Kafka's own serializers for one column."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from struct import Struct
from typing import Any

from minisql.errors import SerdeError
from minisql.formats.rows import Fields, Row, Rows
from minisql.types import BIGINT, DOUBLE, INTEGER, STRING, SqlType

_OUTER = "Error deserializing KAFKA message from topic: {topic}"

NUMBERS: dict[SqlType, tuple[Struct, str]] = {
    INTEGER: (Struct(">i"), "Size of data received by IntegerDeserializer is not 4"),
    BIGINT: (Struct(">q"), "Size of data received by LongDeserializer is not 8"),
    DOUBLE: (Struct(">d"), "Size of data received by Deserializer is not 8"),
}
"""Type to its layout and to what Kafka says of another length."""


class KafkaRows(Rows):
    """Rows of one column."""

    def __init__(self, fields: Fields) -> None:
        self._name, self._type = fields[0]
        super().__init__(self._type)

    @cached_property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """Row -> bytes."""
        write = self._writer()
        return lambda row: None if row is None or row[0] is None else write(row[0])

    @cached_property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> row; raises SerdeError when a number has the wrong length."""
        read = self._reader()
        return lambda data: None if data is None else (read(data),)

    @cached_property
    def normalize(self) -> Callable[[Row | None], Row | None]:
        """A null column becomes a null row; half a surrogate pair becomes a question mark."""
        if self._type != STRING:
            return lambda row: None if row is None or row[0] is None else row
        return lambda row: None if row is None or row[0] is None else (java_text(row[0]),)

    @property
    def unchanged(self) -> str | None:
        """Of a bare key: text without surrogates, and any number, stays as it is."""
        return "({0} is None or {0}.isascii())" if self._type == STRING else "True"

    def to_json(self, row: Row | None) -> Any:
        """The bare value; BYTES stay bytes."""
        return None if row is None else row[0]

    def from_json(self, value: Any) -> Row | None:
        """From the bare value, or from an object with the one column."""
        if isinstance(value, dict) and len(value) == 1:
            value = next(iter(value.values()))
        if value is None:
            return None
        from minisql.formats.json.coercion import Mismatch, coerce

        try:
            return (coerce(value, self._type, "$"),)
        except Mismatch as mismatch:
            raise SerdeError(str(mismatch)) from None

    def _writer(self) -> Callable[[Any], bytes]:
        if self._type in NUMBERS:
            return NUMBERS[self._type][0].pack
        return java_bytes if self._type == STRING else bytes

    def _reader(self) -> Callable[[bytes], Any]:
        if self._type not in NUMBERS:
            return _decode_text if self._type == STRING else bytes
        layout, complaint = NUMBERS[self._type]
        unpack, size = layout.unpack, layout.size

        def read(data: bytes) -> Any:
            if len(data) != size:
                raise SerdeError(complaint, _OUTER)
            return unpack(data)[0]

        return read


def java_bytes(text: str) -> bytes:
    """``text.getBytes(UTF_8)``: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace")


def java_text(text: str) -> str:
    """What is left of ``text`` once it has been UTF-8."""
    return text if text.isascii() else java_bytes(text).decode()


def _decode_text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
