"""The topics that ksqlDB would have for a query's own use, told from its plan; minisql itself needs none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minisql.errors import UnsupportedError
from minisql.planner.internal import Internal
from minisql.planner.steps import (
    Aggregation,
    Filter,
    Projection,
    Step,
    StreamFlatMap,
    StreamGroupBy,
    StreamSelect,
    StreamSelectKey,
    StreamSource,
    StreamStreamJoin,
    StreamTableJoin,
    TableGroupBy,
    TableSelect,
    TableSelectKey,
    TableSource,
    WindowedStreamSource,
)

_KEEPS_KEY = (Filter, Projection, StreamFlatMap)


class InternalTopic(NamedTuple):
    """A topic: its name behind the query's id, and where the plan tells of its formats.

    ``context`` is that of what the planner keeps account of; of a source's store it keeps none, so that is told in ``kept``.
    """

    name: str
    context: str
    kept: Internal | None = None


def topic_prefix(service: str, query_id: str) -> str:
    """What the names of a query's topics start with."""
    return f"_confluent-ksql-{service}query_{query_id}-"


def repartition_topics(service: str, query_id: str, plan: Step) -> list[str]:
    """The names of the repartition topics.

    Args:
        service: the service id.
        query_id, plan: of the query.
    """
    names = [topic.name for topic in _Topics().of(plan) if topic.name.endswith("-repartition")]
    return [topic_prefix(service, query_id) + name for name in names]


def internal_topics(plan: Step) -> dict[str, InternalTopic]:
    """All topics by name, without the prefix."""
    return {topic.name: topic for topic in _Topics().of(plan)}


class _Topics:
    """Walks a plan in the order in which ksqlDB builds it.

    Kafka Streams numbers what it builds, and names the stores of stream-stream joins by the number: ``nodes`` counts along, and
    is None once it has met something whose nodes were never counted.
    """

    def __init__(self) -> None:
        self._nodes: int | None = 0

    def of(self, step: Step) -> Iterator[InternalTopic]:
        """The topics of a step and of those below."""
        below = step.sources[::-1] if isinstance(step, StreamTableJoin) else step.sources
        for each in below:
            yield from self.of(each)
        name = step.context.replace("/", "-")
        if isinstance(step, (StreamGroupBy, TableGroupBy)):
            yield InternalTopic(f"{name}-repartition", step.context)
        elif isinstance(step, TableSelectKey):
            yield InternalTopic(f"{name}-SelectKey-repartition", step.context)
            yield InternalTopic(f"{name}-Materialize-changelog", step.context)
        elif isinstance(step, Aggregation):
            yield InternalTopic(f"{name}-Materialize-changelog", step.context)
        elif isinstance(step, StreamStreamJoin):
            yield from self._joined(step, name)
        elif isinstance(step, StreamTableJoin) and _rekeyed(step.left):
            self._count(3)
            yield InternalTopic(f"{name}-repartition", f"{step.context}/left")
        elif isinstance(step, TableSource):
            store = step.context.rpartition("/")[0]
            kept = Internal(step.source.key_format, step.source.value_format.info, step.source.schema)
            yield InternalTopic(f"{store}-Reduce-changelog", step.context, kept)
        self._count(_NODES.get(type(step)))

    def _joined(self, join: StreamStreamJoin, name: str) -> Iterator[InternalTopic]:
        sides = ("left", "right")
        for side, below in zip(sides, join.sources, strict=True):
            if _rekeyed(below):
                self._count(3)
                yield InternalTopic(f"{name}-{side}-repartition", f"{join.context}/{side}")
        self._count(2)
        outer = (join.kind in ("RIGHT", "FULL"), join.kind in ("LEFT", "FULL"))
        for side, word, unmatched in zip(sides, ("THIS", "OTHER"), outer, strict=True):
            if self._nodes is not None:
                kind = "OUTER" if unmatched else "JOIN"
                store = f"KSTREAM-{kind}{word}-{self._nodes:010d}-store-changelog"
                yield InternalTopic(store, f"{join.context}/{side}")
            self._count(1)
        self._count(1 if join.kind == "INNER" else None)

    def _count(self, nodes: int | None) -> None:
        self._nodes = None if self._nodes is None or nodes is None else self._nodes + nodes


_NODES: dict[type[Step], int] = {
    StreamSource: 2,
    WindowedStreamSource: 2,
    StreamSelect: 1,
    StreamSelectKey: 1,
    TableSource: 5,
    TableSelect: 1,
    TableSelectKey: 6,
    StreamStreamJoin: 0,
    StreamTableJoin: 0,
}
"""How many nodes Kafka Streams makes of a step; those of a join are counted with its topics."""


def refuse_uncounted(name: str) -> None:
    """Raises: UnsupportedError: the name has a number that may be right for all we know."""
    if "KSTREAM-" in name or "KTABLE-" in name:
        raise UnsupportedError("internal topics with Kafka Streams' numbers in post conditions")


def _rekeyed(step: Step) -> bool:
    """Whether a stream's key was chosen anew since it came from a topic or a join.

    Kafka Streams repartitions only where an operator needs the key: PARTITION BY alone writes straight to the sink.
    """
    while isinstance(step, _KEEPS_KEY):
        step = step.below
    return isinstance(step, StreamSelectKey)
