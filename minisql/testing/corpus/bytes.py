"""Records of cases on the engine's topics, as bytes."""

from __future__ import annotations

import struct

from minisql.broker import Entry
from minisql.broker.view import raw
from minisql.engine import Engine
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.record import Found, Given
from minisql.testing.corpus.wire import Wire


class Bytes:
    """Between the records of a case and the topics of an engine.

    Args:
        engine: its sources say which formats a topic has.
        exact: whether JSON numbers are decoded digit for digit.
    """

    def __init__(self, engine: Engine, exact: bool = True) -> None:
        self._engine = engine
        self._exact = exact
        self._wires: dict[str, Wire] = {}

    def entry(self, record: Given) -> Entry:
        """The entry of a record.

        Raises:
            CaseFailed: it does not suit the topic's formats.
        """
        wire = self._wire(record.topic)
        side = "key"
        try:
            key = wire.encode_key(record.key, record.window)
            side = "value"
            value = wire.value.encode(record.value)
        except (ValueError, struct.error) as error:
            raise CaseFailed(f"Failed to serialize {side}: {error}\nrec: {record}") from error
        return key, value, record.timestamp or 0, record.headers

    def found(self, name: str) -> list[Found]:
        """What lies on a topic.

        Raises:
            CaseFailed: it is not in the topic's formats.
            KsqlError: there is no such topic.
        """
        topic = self._engine.broker.topics.get(name)
        if topic is None:
            raise KsqlError(f"Topic does not exist: {name}")
        wire = self._wire(name)
        found = []
        for record in raw(topic):
            side = "key"
            try:
                key, window = wire.decode_key(record.key)
                side = "value"
                value = wire.value.decode(record.value)
            except (ValueError, struct.error) as error:
                raise CaseFailed(f"Failed to deserialize {side}: {error}\nrec: {record}") from error
            found.append(Found(key, window, value, record.timestamp, record.headers))
        return found

    def _wire(self, topic: str) -> Wire:
        wire = self._wires.get(topic)
        if wire is None:
            wire = self._wires[topic] = Wire.of(self._source(topic), self._exact)
        return wire

    def _source(self, topic: str) -> Source:
        for source in self._engine.metastore.sources.values():
            if source.topic == topic:
                return source
        raise CaseFailed(f"No information found for topic '{topic}'.")
