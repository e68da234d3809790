"""What ksqlDB counts of the messages that queries read and write, topic by topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from minisql.broker import Topic
from minisql.broker.view import raw
from minisql.calendar import timestamp_text
from minisql.runtime.processing_log import DESERIALIZATION_ERROR

if TYPE_CHECKING:
    from minisql.engine import Engine
    from minisql.runtime.query import Query


class Statistic(NamedTuple):
    """A number, and when it last changed."""

    name: str
    value: float
    timestamp: int

    def entity(self, host: str) -> dict[str, Any]:
        """As entities list it."""
        return {"name": self.name, "host": host, "value": float(self.value), "timestamp": self.timestamp}


def message_statistics(engine: Engine, topic: str) -> list[Statistic]:
    """What running queries have written to a topic, and read from it.

    A message counts as seen at its own time. The rates are those of a server at rest: nothing waits when a
    statement runs.
    """
    found = [*_written(engine, topic.lower()), *_read(engine, topic.lower())]
    return _summed(found)


def error_statistics(engine: Engine, topic: str) -> list[Statistic]:
    """The messages of a topic that running queries could not read."""
    times = [
        entry["time"]
        for entry in engine.processing_log
        if entry["message"]["type"] == DESERIALIZATION_ERROR
        and entry["message"]["deserializationError"]["topic"].lower() == topic.lower()
        and any(entry["logger"].startswith(f"processing.{query.id}.") for query in _running(engine))
    ]
    if not times:
        return []
    return [
        Statistic("consumer-failed-messages", len(times), times[-1]),
        Statistic("consumer-failed-messages-per-sec", 0, times[-1]),
    ]


def statistics_text(statistics: list[Statistic], last: str) -> str:
    """Statistics as DESCRIBE EXTENDED shows them; ``last`` says what the time is of."""
    if not statistics:
        return ""
    numbers = "".join(f"{each.name:>16}:{each.value:10.0f} " for each in statistics)
    return f"{numbers}{last:>16}: {time_text(statistics[0].timestamp):>9}"


def time_text(milliseconds: int) -> str:
    """ISO 8601 without the zeros at the end of the second's fraction.

    >>> time_text(1_600_000_000_120), time_text(1_600_000_000_000), time_text(0)
    ('2020-09-13T12:26:40.12Z', '2020-09-13T12:26:40Z', 'n/a')
    """
    return timestamp_text(milliseconds).rstrip("0").rstrip(".") + "Z" if milliseconds else "n/a"


def _running(engine: Engine) -> list[Query]:
    return [*engine.queries.values(), *engine.push_queries.values()]


def _written(engine: Engine, topic: str) -> Iterator[Statistic]:
    for query in engine.queries.values():
        if query.written and query.sink is not None and query.sink.topic.lower() == topic:
            sink = engine.topic_of(query.sink)
            last = _time(sink, sink.end - 1)
            yield from (Statistic("messages-per-sec", 0, last), Statistic("total-messages", query.written, last))


def _read(engine: Engine, topic: str) -> Iterator[Statistic]:
    for query in _running(engine):
        for each in query.inputs:
            start = query.starts.get(each.topic.name, 0)
            if each.topic.name.lower() == topic and start < each.position:
                last = _time(each.topic, each.position - 1)
                yield Statistic("consumer-messages-per-sec", 0, last)
                yield Statistic("consumer-total-messages", each.position - start, last)
                yield Statistic("consumer-total-bytes", _bytes(each.topic, start, each.position), last)


def _time(topic: Topic, index: int) -> int:
    _, entries, _ = next(topic.read(index, index + 1))
    return entries[0][2]


def _bytes(topic: Topic, start: int, stop: int) -> int:
    """To Kafka a key or value that is null has the size -1."""
    items = (item for record in raw(topic, start, stop) for item in (record.key, record.value))
    return sum(-1 if item is None else len(item) for item in items)


def _summed(statistics: Iterable[Statistic]) -> list[Statistic]:
    """One of each name, with the time of the first."""
    sums: dict[str, Statistic] = {}
    for each in statistics:
        known = sums.get(each.name)
        sums[each.name] = each if known is None else known._replace(value=known.value + each.value)
    return list(sums.values())
