"""From one codec to another, by way of the bytes that lie between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.broker.record import Codec, Entry, RecordCodec
from minisql.errors import SerdeError

OnError = Callable[[int, str, "bytes | None", SerdeError], None]
"""Called as ``on_error(position in entries, "key" | "value", bytes, error)``."""


def transcode(entries: list[Entry], have: RecordCodec, want: RecordCodec, on_error: OnError) -> list[Entry]:
    """The entries as a reader with other codecs sees them.

    Entries that cannot be read are left out, once ``on_error`` has been told. Entries are given back as they are
    where the codecs are equal.
    """
    if have == want:
        return entries
    key_of = _key_conversion(have.key, want.key)
    row_of = _row_conversion(have.value, want.value)
    try:
        return [(None if key is None else key_of(key), row_of(row), time, headers) for key, row, time, headers in entries]
    except SerdeError:
        return _one_by_one(entries, have, want, on_error)


def _key_conversion(have: Codec, want: Codec) -> Callable[[Any], Any]:
    return _same if have == want else _Conversion(have, want)


def _row_conversion(have: Codec, want: Codec) -> Callable[[Any], Any]:
    if have == want:
        return _same
    encode, decode = have.encode, want.decode
    return decode if have.raw else lambda row: decode(encode(row))


def _same(item: Any) -> Any:
    return item


class _Conversion:
    """Converts keys; each distinct one once."""

    __slots__ = ("_decode", "_encode", "_known")

    def __init__(self, have: Codec, want: Codec) -> None:
        self._encode, self._decode = have.encode, want.decode
        self._known: dict[Any, Any] = {}

    def __call__(self, key: Any) -> Any:
        try:
            return self._known[key]
        except KeyError:
            converted = self._known[key] = self._decode(self._encode(key))
            return converted
        except TypeError:  # a STRUCT or ARRAY key cannot be looked up
            return self._decode(self._encode(key))


def _one_by_one(entries: list[Entry], have: RecordCodec, want: RecordCodec, on_error: OnError) -> list[Entry]:
    converted = []
    for position, (key, row, timestamp, headers) in enumerate(entries):
        side, data = "key", None
        try:
            if have.key != want.key:
                data = have.key.encode(key)
                key = want.key.decode(data)
            side, data = "value", None
            if have.value != want.value:
                data = have.value.encode(row)
                row = want.value.decode(data)
        except SerdeError as error:
            on_error(position, side, data, error)
        else:
            converted.append((key, row, timestamp, headers))
    return converted
