"""Between the values of test cases and the bytes on topics, by format alone: nothing of the engine's own codecs."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from minisql.errors import UnsupportedError
from minisql.formats.info import FormatInfo, Subject, WindowInfo
from minisql.java import double_text, wrap64
from minisql.metastore import Source
from minisql.schema import Column
from minisql.testing.corpus.jackson import dumps, loads
from minisql.testing.corpus.record import WindowSpec
from minisql.types import BIGINT, BYTES, DOUBLE, INTEGER, STRING, SqlType

if TYPE_CHECKING:
    from minisql.testing.corpus.connected import Connected


@dataclass(frozen=True)
class Side:
    """The keys or the values of a topic.

    Args:
        format: its name.
        columns: what a source declares of this side.
        exact: whether JSON numbers are decoded digit for digit.
        info: the format with its properties.
        subject: where the schemas of this side are registered.
    """

    format: str
    columns: tuple[Column, ...]
    exact: bool = True
    info: FormatInfo | None = None
    subject: Subject | None = None

    def encode(self, spec: Any) -> bytes | None:
        """The bytes of a value of a case.

        Raises:
            UnsupportedError: minisql has no such format.
            ValueError: the value does not suit the format.
        """
        return None if spec is None else self._format.encode(self, spec)

    def decode(self, data: bytes | None) -> Any:
        """What the bytes say, as ``jackson.loads`` would give it.

        Raises:
            UnsupportedError: minisql has no such format.
            ValueError: the bytes are not in the format.
        """
        return None if data is None else self._format.decode(self, data)

    @property
    def _format(self) -> _Format:
        try:
            return _FORMATS[self.format]
        except KeyError:
            raise UnsupportedError(f"the {self.format} format") from None

    @property
    def kind(self) -> SqlType:
        """The type of KAFKA's one column; topics without a schema hold text."""
        return self.columns[0].type if self.columns else STRING


@dataclass(frozen=True)
class Wire:
    """Both sides of a topic, as a source declares them."""

    key: Side
    value: Side
    window: WindowInfo | None

    @classmethod
    def of(cls, source: Source, exact: bool = True) -> Wire:
        """How the records of a source's topic are read and written."""
        key, value = source.key_format, source.value_format
        return cls(
            Side(key.info.format, source.schema.key, exact, key.info, key.subject),
            Side(value.info.format, source.schema.value, exact, value.info, value.subject),
            key.window,
        )

    def encode_key(self, spec: Any, window: WindowSpec | None) -> bytes | None:
        """The bytes of a key with its window.

        Raises:
            ValueError: the source is windowed and the key is not, or the other way round.
        """
        data = self.key.encode(spec)
        if (window is None) != (self.window is None):
            raise ValueError("the source and the record do not agree on whether the key has a window")
        if window is None or data is None:
            return data
        # Kafka's SessionKeySchema puts the end first; time windows store their start alone.
        return data + (
            struct.pack(">qq", window.end, window.start) if window.type == "SESSION" else struct.pack(">q", window.start)
        )

    def decode_key(self, data: bytes | None) -> tuple[Any, WindowSpec | None]:
        """The key of these bytes, and its window."""
        if self.window is None or data is None:
            return self.key.decode(data), None
        if self.window.type == "SESSION":
            end, start = struct.unpack(">qq", data[-16:])
            return self.key.decode(data[:-16]), WindowSpec(start, end, "SESSION")
        (start,) = struct.unpack(">q", data[-8:])
        return self.key.decode(data[:-8]), WindowSpec(start, start + (self.window.size or 0), "TIME")


@dataclass(frozen=True)
class _Format:
    encode: Callable[[Side, Any], bytes | None]
    decode: Callable[[Side, bytes], Any]


def _json_bytes(side: Side, spec: Any) -> bytes:
    return dumps(spec).encode()


def _json_value(side: Side, data: bytes) -> Any:
    return loads(data.decode(), side.exact)


def _text_bytes(side: Side, spec: Any) -> bytes:
    if not isinstance(spec, str):
        raise ValueError(f"{dumps(spec)} is not a string")
    return spec.encode()


def _text_value(side: Side, data: bytes) -> str:
    return data.decode()


def _kafka_bytes(side: Side, spec: Any) -> bytes:
    if side.kind in (STRING, BYTES):
        return _text_bytes(side, spec)
    if isinstance(spec, bool) or not isinstance(spec, (int, Decimal)):
        raise ValueError(f"Can't serialize {dumps(spec)} as {side.kind}")
    if side.kind == INTEGER:
        return struct.pack(">i", spec)
    return struct.pack(">q", wrap64(int(spec))) if side.kind == BIGINT else struct.pack(">d", float(spec))


_LAYOUTS: dict[SqlType, str] = {INTEGER: ">i", BIGINT: ">q", DOUBLE: ">d"}


def _kafka_value(side: Side, data: bytes) -> Any:
    if side.kind in (STRING, BYTES):
        return data.decode()
    layout = _LAYOUTS[side.kind]
    (number,) = struct.unpack(layout, data)
    return Decimal(double_text(number)) if side.kind == DOUBLE else number


def _nothing(side: Side, item: Any) -> None:
    """ksqlDB's void serde neither writes nor reads anything, whatever lies there."""


def _connected_bytes(side: Side, spec: Any) -> bytes:
    return _connected(side).encode(spec)


def _connected_value(side: Side, data: bytes) -> Any:
    return _connected(side).decode(data)


def _connected(side: Side) -> Connected:
    from minisql.testing.corpus.connected import Connected

    assert side.info is not None
    return Connected(side.info, side.subject, side.columns, side.exact)


_CONNECTED = _Format(_connected_bytes, _connected_value)
_DELIMITED = _Format(_text_bytes, _text_value)
_FORMATS = {
    "JSON": _Format(_json_bytes, _json_value),
    "KAFKA": _Format(_kafka_bytes, _kafka_value),
    "DELIMITED": _DELIMITED,
    "NONE": _Format(_nothing, _nothing),
    "AVRO": _CONNECTED,
    "JSON_SR": _CONNECTED,
    "PROTOBUF": _CONNECTED,
    "PROTOBUF_NOSR": _CONNECTED,
}
