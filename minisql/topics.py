"""Topics as a program sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql import broker
from minisql.broker import RAW, Record, RecordCodec
from minisql.engine import Engine
from minisql.errors import InterfaceError
from minisql.metastore import Source
from minisql.runtime.codecs import source_codec

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
        with self._engine.lock:
            topic = self._engine.broker.open(self.name)
            stamp = self._engine.clock.now() if timestamp is None else timestamp
            shared = tuple(headers)
            partitions = None if partition is None else [partition] * len(pairs)
            if all(_is_bytes(value) and _is_bytes(key) for value, key in pairs) and window is None:
                topic.append(RAW, [(key, value, stamp, shared) for value, key in pairs], partitions)
            else:
                codec = self._codec()
                entries = [(_key(codec, key, window), _value(codec, value), stamp, shared) for value, key in pairs]
                topic.append(codec, entries, partitions)
            self._engine.drain()

    def records(self, start: int = 0) -> list[Record]:
        """The records from the index ``start`` on, decoded."""
        with self._engine.lock:
            source = self._source()
            codec = None if source is None else source_codec(source)
            return list(broker.records(self._engine.broker.topic(self.name), start, codec))

    def raw(self, start: int = 0) -> list[Record]:
        """The records from the index ``start`` on, as bytes."""
        with self._engine.lock:
            return list(broker.raw(self._engine.broker.topic(self.name), start))

    def __len__(self) -> int:
        return self._engine.broker.topic(self.name).end

    def _source(self) -> Source | None:
        return next((each for each in self._engine.metastore.sources.values() if each.topic == self.name), None)

    def _codec(self) -> RecordCodec:
        source = self._source()
        if source is None:
            raise InterfaceError(f"no source says how records lie on topic {self.name!r}: give bytes")
        return source_codec(source)


def _is_bytes(item: Any) -> bool:
    return item is None or isinstance(item, (bytes, bytearray))


def _key(codec: RecordCodec, key: Any, window: tuple[int, int] | None) -> Any:
    item = codec.key.decode(bytes(key)) if isinstance(key, (bytes, bytearray)) else codec.key.from_json(key)
    return item if window is None else (item, *window)


def _value(codec: RecordCodec, value: Any) -> Any:
    return codec.value.decode(bytes(value)) if isinstance(value, (bytes, bytearray)) else codec.value.from_json(value)
