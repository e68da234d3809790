"""A topic as its readers outside the engine see it: records, decoded or as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from minisql.broker.record import Codec, Record, RecordCodec
from minisql.broker.topic import Topic
from minisql.errors import SerdeError


def records(topic: Topic, start: int = 0, raw_as: RecordCodec | None = None) -> Iterator[Record]:
    """The records from index ``start`` on, "as JSON would hold them".

    Args:
        raw_as: how to decode records that were produced as bytes; a side that it cannot decode stays bytes.
    """
    make = partial(tuple.__new__, Record)
    for codec, entries, index in topic.read(start):
        key_codec, value_codec = codec
        bytes_as = raw_as if codec.key.raw or codec.value.raw else None
        places = topic.placements(index, len(entries))
        for (key, row, timestamp, headers), (partition, offset) in zip(entries, places, strict=False):
            if bytes_as is not None:
                key_codec, key = _typed(codec.key, key, bytes_as.key)
                value_codec, row = _typed(codec.value, row, bytes_as.value)
            seen = (key_codec.to_json(key), value_codec.to_json(row))
            yield make((*seen, timestamp, partition, offset, headers, key_codec.window(key)))


def raw(topic: Topic, start: int = 0, stop: int | None = None) -> list[Record]:
    """The records from index ``start`` up to ``stop`` (by default the present end), keys and values as bytes.

    A window is part of the key's bytes.
    """
    make = partial(tuple.__new__, Record)
    found: list[Record] = []
    for codec, entries, index in topic.read(start, stop):
        encode_key, encode = codec.key.encode, codec.value.encode
        found += [
            make((None if key is None else encode_key(key), encode(row), timestamp, partition, offset, headers, None))
            for (key, row, timestamp, headers), (partition, offset) in zip(
                entries, topic.placements(index, len(entries)), strict=False
            )
        ]
    return found


def _typed(codec: Codec, item: Any, raw_as: Codec) -> tuple[Codec, Any]:
    if not isinstance(item, bytes) or not codec.raw:
        return codec, item
    try:
        return raw_as, raw_as.decode(item)
    except SerdeError:
        return codec, item
