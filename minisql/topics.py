"""Topics as a program sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from minisql.broker import RAW, Entry, Record, RecordCodec
from minisql.broker.view import raw, records
from minisql.engine import Engine
from minisql.errors import InterfaceError
from minisql.metastore import Source
from minisql.runtime.codecs import source_codec
from minisql.runtime.collector import collector_paused

Headers = Sequence[tuple[str, "bytes | None"]]


class Topic:
    """A topic of the engine's Kafka.

    Decoding follows the source declared on the topic; a topic without one holds bytes.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self._engine = engine

    def produce(
        self,
        value: Any,
        key: Any = None,
        *,
        timestamp: int | None = None,
        headers: Headers = (),
        partition: int | None = None,
        window: tuple[int, int] | None = None,
    ) -> None:
        """Write a record and let the queries run.

        Args:
            value, key: ``bytes`` as they would lie on the wire, or decoded values as JSON would hold them.
            timestamp: milliseconds since the epoch; now by default.
            headers: (name, bytes) pairs.
            partition: by default the one that Kafka would choose by the key.
            window: (start, end) of a windowed key, in milliseconds.

        Raises:
            InterfaceError: a decoded value is given and no source says how to encode it.
            DataError: the value does not fit the source's columns.
        """
        self.produce_many([(value, key)], timestamp=timestamp, headers=headers, partition=partition, window=window)

    def produce_many(
        self,
        pairs: Sequence[tuple[Any, Any]],
        *,
        timestamp: int | None = None,
        headers: Headers = (),
        partition: int | None = None,
        window: tuple[int, int] | None = None,
    ) -> None:
        """Write (value, key) pairs as ``produce`` would, and let the queries run once."""
        with self._engine.lock, collector_paused(len(pairs)):
            topic = self._engine.broker.open(self.name)
            stamp = self._engine.clock.now() if timestamp is None else timestamp
            for source in self._sources():
                if source.is_table and source.query_id is not None:
                    self._engine.view(source).leave_out(len(pairs))
            for codec, entries in self._encoded(pairs, stamp, tuple(headers), window):
                topic.append(codec, entries, None if partition is None else [partition] * len(entries))
            self._engine.drain()

    def _encoded(
        self, pairs: Sequence[tuple[Any, Any]], stamp: int, headers: tuple[Any, ...], window: tuple[int, int] | None
    ) -> list[tuple[RecordCodec, list[Entry]]]:
        """The entries, in runs of those whose sides are bytes alike: bytes stay as they are, to be read like any others."""
        if window is None and set(map(type, chain.from_iterable(pairs))) <= {bytes, type(None)}:
            return [(RAW, [(key, value, stamp, headers) for value, key in pairs])]
        runs: list[tuple[RecordCodec, list[Entry]]] = []
        for value, key in pairs:
            codec = RAW if _is_bytes(value) and _is_bytes(key) and window is None else self._codec(value, key)
            item = key if codec.key is RAW.key else codec.key.from_json(key)
            row = value if codec.value is RAW.value else codec.value.from_json(value)
            entry = (item if window is None else (item, *window), row, stamp, headers)
            if runs and runs[-1][0] == codec:
                runs[-1][1].append(entry)
            else:
                runs.append((codec, [entry]))
        return runs

    def records(self, start: int = 0) -> list[Record]:
        """The records from the index ``start`` on, decoded."""
        with self._engine.lock:
            source = self._source()
            codec = None if source is None else source_codec(source)
            topic = self._engine.broker.topic(self.name)
            with collector_paused(topic.end - start):
                return list(records(topic, start, codec))

    def raw(self, start: int = 0) -> list[Record]:
        """The records from the index ``start`` on, as bytes."""
        with self._engine.lock:
            topic = self._engine.broker.topic(self.name)
            with collector_paused(topic.end - start):
                return raw(topic, start)

    def __len__(self) -> int:
        return self._engine.broker.topic(self.name).end

    def __repr__(self) -> str:
        from minisql.display import counted  # programs that run by themselves show nothing

        topic, source = self._engine.broker.topics.get(self.name), self._source()
        size = "not made yet" if topic is None else counted(topic.end, "record")
        return f"<minisql topic {self.name!r}: {size}{'' if source is None else f', read as {source.kind} {source.name}'}>"

    def _source(self) -> Source | None:
        return next(self._sources(), None)

    def _sources(self) -> Iterator[Source]:
        return (each for each in self._engine.metastore.sources.values() if each.topic == self.name)

    def _codec(self, value: Any, key: Any) -> RecordCodec:
        source = self._source()
        if source is None:
            raise InterfaceError(f"no source says how records lie on topic {self.name!r}: give bytes")
        codec = source_codec(source)
        raw_key = isinstance(key, (bytes, bytearray))
        raw_value = isinstance(value, (bytes, bytearray))
        return RecordCodec(RAW.key if raw_key else codec.key, RAW.value if raw_value else codec.value)


def _is_bytes(item: Any) -> bool:
    return item is None or isinstance(item, (bytes, bytearray))
