"""The present rows of a table, made from its topic when somebody asks."""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

from minisql.broker import Entry, RecordCodec, Topic
from minisql.broker.transcode import transcode
from minisql.errors import SerdeError
from minisql.runtime.flow import hashable

if TYPE_CHECKING:
    from minisql.planner.lookup import Lookup

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class TableView:
    """Key -> entries of a table's topic, brought up to date on each look.

    A running query pays nothing for it: the log is read when a pull query comes, from where the last one stopped.
    A key has one entry, or one for each of its windows.
    """

    def __init__(self, topic: Topic, codec: RecordCodec, windowed: bool) -> None:
        self._topic = topic
        self._codec = codec
        self._windowed = windowed
        self._position = 0
        self._entries: dict[Hashable, dict[Hashable, Entry]] = {}

    def refill(self, entries: Iterable[Entry]) -> None:
        """Forget all rows; these are the table now, whatever its topic holds so far."""
        self._entries.clear()
        for entry in entries:
            self._put(entry)
        self._position = self._topic.end

    def entries(self) -> list[Entry]:
        """The rows, in the byte order of their keys, as ksqlDB's store keeps them."""
        self._catch_up()
        return self._sorted(entry for windows in self._entries.values() for entry in windows.values())

    def look_up(self, lookup: Lookup) -> list[Entry]:
        """The rows of the keys and windows that are looked up, in the byte order of their keys."""
        self._catch_up()
        if lookup.operator == "=":
            found = list(self._entries.get(hashable(lookup.key), {}).values())
        else:
            compare = COMPARISONS[lookup.operator]
            found = [entry for entry in self.entries() if compare(self._key(entry), lookup.key)]
        if self._windowed:
            found = [entry for entry in found if entry[0][1] in lookup.start and entry[0][2] in lookup.end]
        return self._sorted(found)

    def _sorted(self, entries: Iterable[Entry]) -> list[Entry]:
        encode = self._codec.key.encode
        return sorted(entries, key=lambda entry: encode(entry[0]) or b"")

    def _key(self, entry: Entry) -> Any:
        return entry[0][0] if self._windowed else entry[0]

    def _catch_up(self) -> None:
        for codec, run, _ in self._topic.read(self._position):
            for entry in transcode(run, codec, self._codec, _skip):
                if entry[0] is not None:
                    self._put(entry)
        self._position = self._topic.end

    def _put(self, entry: Entry) -> None:
        key = hashable(self._key(entry))
        window = entry[0][1:] if self._windowed else None
        if entry[1] is not None:
            self._entries.setdefault(key, {})[window] = entry
        elif key in self._entries:
            self._entries[key].pop(window, None)


def _skip(position: int, side: str, data: bytes | None, error: SerdeError) -> None:
    """A record that nobody can read is not part of the table; the queries on the topic have logged it."""
