"""The records of a topic, laid out in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from minisql.broker import Codec, Entry, RecordCodec, Topic
from minisql.errors import SerdeError
from minisql.metastore import Source
from minisql.names import ROWOFFSET, ROWPARTITION, ROWTIME
from minisql.runtime.codecs import source_codec
from minisql.testing.assertions.layout import HEADERS, RAW_KEY, RAW_VALUE, Layout


@dataclass(frozen=True)
class Found:
    """A record or row that is there.

    Attributes:
        cells: column -> SQL value; of a tombstone without the value columns.
        deleted: the record's value is null.
        index: where it is: in its topic, or among the rows.
    """

    cells: dict[str, Any]
    deleted: bool
    index: int


@dataclass(frozen=True)
class Unreadable:
    """Stands for what the source's format cannot read."""

    message: str


def records_of(topic: Topic, source: Source | None, layout: Layout, start: int = 0, stop: int | None = None) -> list[Found]:
    """The records of a topic from the index ``start`` up to ``stop``, by default the present end."""
    reader = _Reader(topic, source, layout)
    want = None if source is None else source_codec(source)
    return [reader.found(*each) for each in _entries(topic, want, start, stop)]


def _entries(topic: Topic, want: RecordCodec | None, start: int, stop: int | None) -> Iterator[tuple[int, Entry]]:
    for have, entries, first in topic.read(start, stop):
        for index, entry in enumerate(entries, first):
            yield index, _bytes_of(entry, have) if want is None else _converted(entry, have, want)


def _bytes_of(entry: Entry, have: RecordCodec) -> Entry:
    key, row, timestamp, headers = entry
    return None if key is None else have.key.encode(key), have.value.encode(row), timestamp, headers


def _converted(entry: Entry, have: RecordCodec, want: RecordCodec) -> Entry:
    """The entry as a reader with the codec ``want`` sees it; a side that it cannot read is ``Unreadable``."""
    key, row, timestamp, headers = entry
    return None if key is None else _side(key, have.key, want.key), _side(row, have.value, want.value), timestamp, headers


def _side(item: Any, have: Codec, want: Codec) -> Any:
    try:
        return item if have == want else want.decode(have.encode(item))
    except SerdeError as error:
        return Unreadable(error.message)


class _Reader:
    """Lays entries out in columns."""

    def __init__(self, topic: Topic, source: Source | None, layout: Layout) -> None:
        self._topic = topic
        self._source = source
        self._layout = layout
        self._headers = () if source is None else source.schema.headers

    def found(self, index: int, entry: Entry) -> Found:
        key, row, timestamp, headers = entry
        partition, offset = self._topic.placement(index)
        cells: dict[str, Any] = {ROWTIME: timestamp, ROWPARTITION: partition, ROWOFFSET: offset}
        cells |= self._key(key)
        if row is not None:
            cells |= self._row(row)
        cells.setdefault(HEADERS, [{"KEY": name, "VALUE": value} for name, value in headers])
        cells |= self._declared(headers)
        return Found(cells, row is None, index)

    def _key(self, key: Any) -> dict[str, Any]:
        keys, bounds = self._layout.keys, self._layout.bounds
        if self._source is None:
            return {RAW_KEY: key}
        if key is None or isinstance(key, Unreadable):
            return dict.fromkeys(keys + bounds, key)
        window: tuple[Any, ...] = ()
        if bounds:
            key, *window = key
        return dict(zip(keys, key if len(keys) > 1 else (key,), strict=False)) | dict(zip(bounds, window, strict=True))

    def _row(self, row: Any) -> Iterable[tuple[str, Any]]:
        if self._source is None:
            return {RAW_VALUE: row}.items()
        if isinstance(row, Unreadable):
            return dict.fromkeys(self._layout.values, row).items()
        return zip(self._layout.values, row, strict=True)

    def _declared(self, headers: tuple[tuple[str, bytes | None], ...]) -> dict[str, Any]:
        """The HEADERS and HEADER('key') columns of the source: of a key the last header."""
        every = [{"KEY": name, "VALUE": value} for name, value in headers]
        last = dict(headers)
        return {column.name: every if column.header_key is None else last.get(column.header_key) for column in self._headers}
