"""Topics that a script uses and does not make: they are taken to be there, as its statements want them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot.expressions import Expression

from minisql.analyzer.property_values import literal_value
from minisql.broker import Broker
from minisql.dialect import nodes
from minisql.metastore import Metastore

Wish = tuple[str, str, int]
"""Topic, attribute, value."""

_DECLARED = re.compile(
    r"A Kafka topic with the name '(?P<name>.+)' already exists, with different .+ KSQL expects (?P<partitions>-?\d+) partitions "
    r"\(topic has \d+\), (?P<replicas>-?\d+) replication factor \(topic has \d+\)(?:, and (?P<retention_ms>\d+) retention)?"
)
_ASSERTED = re.compile(
    r"Mismatched configuration for topic (?P<name>.+): For config (?P<what>partitions|replicas), expected (?P<value>\d+) got"
)
_JOINED = re.compile(
    r"Can't join `(?P<one>.+)` with `(?P<other>.+)` since the number of partitions don't match\. "
    r"`(?P=one)` partitions = (?P<first>\d+); `(?P=other)` partitions = (?P<second>\d+)\."
)


class AssumedTopics:
    """The topics of which only the script's use is known.

    Args:
        broker: has the topics.
        metastore: tells which source reads which.
    """

    def __init__(self, broker: Broker, metastore: Metastore) -> None:
        self._broker = broker
        self._metastore = metastore
        self._open: set[tuple[str, str]] = set()

    def assume(self, node: Expression) -> None:
        """Add the topic that a statement expects to be there."""
        name = _expected(node)
        if name is not None and name.strip() and name not in self._broker.topics:
            self._broker.create(name)
            self._open |= {(name, what) for what in ("partitions", "replicas", "retention_ms")}

    def adopt(self, message: str) -> bool:
        """Make assumed topics as a refused statement wants them; whether there was anything to change."""
        wishes = [*self._declared(message), *self._asserted(message), *self._joined(message)]
        granted = [wish for wish in wishes if wish[:2] in self._open]
        for name, what, value in granted:
            setattr(self._broker.topics[name], what, value)
            self._open.remove((name, what))
        return bool(granted)

    def _declared(self, message: str) -> Iterator[Wish]:
        for match in _DECLARED.finditer(message):
            wanted = match.groupdict()
            name = wanted.pop("name")
            yield from ((name, what, int(value)) for what, value in wanted.items() if value is not None)

    def _asserted(self, message: str) -> Iterator[Wish]:
        for match in _ASSERTED.finditer(message):
            yield match["name"], match["what"], int(match["value"])

    def _joined(self, message: str) -> Iterator[Wish]:
        """One of the two gets as many partitions as the other; both only where nothing is known of either."""
        for match in _JOINED.finditer(message):
            for source, count in ((match["one"], match["second"]), (match["other"], match["first"])):
                found = self._metastore.source(source)
                if found is not None and (found.topic, "partitions") in self._open:
                    yield found.topic, "partitions", int(count)
                    return


def _expected(node: Expression) -> str | None:
    if isinstance(node, nodes.PrintTopic) or (isinstance(node, nodes.AssertTopic) and not node.args.get("not_exists")):
        return str(node.this.name)
    if isinstance(node, nodes.CreateSource):
        given = {str(item.this).upper(): literal_value(item.expression) for item in node.args.get("properties") or ()}
        topic = given.get("KAFKA_TOPIC")
        return topic if isinstance(topic, str) and "PARTITIONS" not in given else None
    return None
