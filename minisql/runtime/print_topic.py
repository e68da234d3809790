"""PRINT: the records of a topic as lines, with their formats guessed."""

from __future__ import annotations

from collections.abc import Iterator

from minisql.broker import Record, Topic
from minisql.broker.view import raw
from minisql.calendar import timestamp_text
from minisql.formats.guess import Guess, Reader
from minisql.runtime.feed import Feed

POLL = 500
"""How many records a consumer gets at once: what they can be read as is settled before the first of them is shown."""


class TopicPrinter(Feed):
    """Gives a line for every ``interval``-th record of a topic, and lines that tell of the formats.

    Args:
        topic: what is read.
        start: the index of the first record.
        interval: how many records there are to a line.
        limit: ends by itself after so many records.
        registered: readers of formats with a schema registry.
    """

    def __init__(
        self,
        topic: Topic,
        start: int,
        interval: int = 1,
        limit: int | None = None,
        registered: dict[str, Reader] | None = None,
    ) -> None:
        super().__init__()
        self._topic = topic
        self._position = start
        self._interval = interval
        self._polled = 0
        self._held = False
        self._limit = limit
        self._guesses = {"Key": Guess(windowed=True, registered=registered), "Value": Guess(False, registered)}
        self._told: dict[str, list[str]] = {}

    def start(self) -> None:
        """Print what there is, and then what comes."""
        self._topic.subscribers.append(self._read)
        if self._limit == 0:
            self._add([], last=True)
        self._read()

    def hold(self) -> None:
        """Print nothing for a while; the topic keeps what is not read."""
        self._held = True

    def go_on(self) -> None:
        """Print on."""
        self._held = False
        self._read()

    def stop(self) -> None:
        """End; lines that were printed can still be read."""
        if self._read in self._topic.subscribers:
            self._topic.subscribers.remove(self._read)
        super().stop()

    def _read(self) -> None:
        while not self.done and not self._held and self._position < self._topic.end:
            records = raw(self._topic, self._position, self._position + POLL)
            self._position += len(records)
            texts = self._chosen(self._texts(records))
            lines = [*self._formats(), *texts]
            self._add([(None, (line,), 0, ()) for line in lines], last=self._limit == 0)

    def _chosen(self, texts: list[str]) -> list[str]:
        """Every ``interval``-th, up to the limit."""
        chosen = texts[-self._polled % self._interval :: self._interval]
        self._polled += len(texts)
        if self._limit is not None:
            chosen = chosen[: self._limit]
            self._limit -= len(chosen)
        return chosen

    def _texts(self, records: list[Record]) -> list[str]:
        """The records as the likeliest format shows them; once more when it turned out on the way to be another."""
        shown = [(guess, guess.names[:1]) for guess in self._guesses.values()]
        texts = [self._text(record) for record in records]
        settled = all(set(likeliest) <= set(guess.names) for guess, likeliest in shown)
        return texts if settled else [self._text(record) for record in records]

    def _text(self, record: Record) -> str:
        key, value = self._guesses["Key"].text(record.key), self._guesses["Value"].text(record.value)
        return f"rowtime: {_time(record.timestamp)}, key: {key}, value: {value}, partition: {record.partition}"

    def _formats(self) -> Iterator[str]:
        """A line for each side whose formats are others than was told."""
        for side, guess in self._guesses.items():
            names = guess.names
            if self._told.get(side) != names:
                self._told[side] = names
                yield f"{side} format: {' or '.join(names) if names else UNKNOWN}"


UNKNOWN = " does not match any supported format. It may be a STRING with encoding other than UTF8, or some other format."


def _time(milliseconds: int) -> str:
    if milliseconds == -1:
        return "N/A"  # Kafka's mark for records without a timestamp
    return timestamp_text(milliseconds).replace("-", "/").replace("T", " ") + " Z"
