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
    try:
        keys = _keys(entries, have.key, want.key)
        rows = _rows(entries, have.value, want.value)
    except SerdeError:
        return _one_by_one(entries, have, want, on_error)
    return [(key, row, entry[2], entry[3]) for key, row, entry in zip(keys, rows, entries, strict=True)]


def _keys(entries: list[Entry], have: Codec, want: Codec) -> list[Any]:
    if have == want:
        return [entry[0] for entry in entries]
    convert = _Conversion(have, want)
    return [convert(entry[0]) for entry in entries]


def _rows(entries: list[Entry], have: Codec, want: Codec) -> list[Any]:
    if have == want:
        return [entry[1] for entry in entries]
    encode, decode = have.encode, want.decode
    if have.raw:
        return [decode(entry[1]) for entry in entries]
    return [decode(encode(entry[1])) for entry in entries]


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
