"""The present rows of a table, made from its topic when somebody asks."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from minisql.broker import Entry, RecordCodec, Topic, transcode
from minisql.errors import SerdeError
from minisql.runtime.flow import freeze


class TableView:
    """Key -> entry of a table's topic, brought up to date on each look.

    A running query pays nothing for it: the log is read when a pull query comes, from where the last one stopped.
    """

    def __init__(self, topic: Topic, codec: RecordCodec) -> None:
        self._topic = topic
        self._codec = codec
        self._position = 0
        self._entries: dict[Hashable, Entry] = {}

    def entries(self) -> list[Entry]:
        """The rows, in the byte order of their keys, as ksqlDB's store keeps them."""
        self._catch_up()
        encode = self._codec.key.encode
        return sorted(self._entries.values(), key=lambda entry: encode(entry[0]) or b"")

    def find(self, key: Any) -> Entry | None:
        """The row of a key."""
        self._catch_up()
        return self._entries.get(hashable(key))

    def _catch_up(self) -> None:
        entries = self._entries
        for codec, run, _ in self._topic.read(self._position):
            for entry in transcode(run, codec, self._codec, _skip):
                key = hashable(entry[0])
                if key is None:
                    continue
                if entry[1] is None:
                    entries.pop(key, None)
                else:
                    entries[key] = entry
        self._position = self._topic.end


def hashable(key: Any) -> Hashable:
    """A key as it can stand in a dict: equal when its bytes are equal."""
    if isinstance(key, tuple):
        return tuple(freeze(part) for part in key)
    return freeze(key)  # type: ignore[return-value]


def _skip(position: int, side: str, data: bytes | None, error: SerdeError) -> None:
    """A record that nobody can read is not part of the table; the queries on the topic have logged it."""
