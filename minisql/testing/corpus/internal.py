"""The repartition topics that ksqlDB would have for a query, told from its plan; minisql itself needs none."""

from __future__ import annotations

from collections.abc import Iterator

from minisql.planner.steps import (
    Filter,
    Projection,
    Step,
    StreamFlatMap,
    StreamGroupBy,
    StreamSelectKey,
    StreamStreamJoin,
    StreamTableJoin,
    TableGroupBy,
    TableSelectKey,
)

_KEEPS_KEY = (Filter, Projection, StreamFlatMap)
_REPARTITIONS = (StreamGroupBy, TableGroupBy, TableSelectKey)


def repartition_topics(service: str, query_id: str, plan: Step) -> list[str]:
    """Their names.

    Args:
        service: the service id.
        query_id, plan: of the query.
    """
    prefix = f"_confluent-ksql-{service}query_{query_id}-"
    return [f"{prefix}{name.replace('/', '-')}-repartition" for name in _names(plan)]


def _names(step: Step) -> Iterator[str]:
    for below in step.sources:
        yield from _names(below)
    if isinstance(step, _REPARTITIONS):
        yield step.context
    elif isinstance(step, StreamStreamJoin):
        yield from (f"{step.context}-{side}" for side, below in (("left", step.left), ("right", step.right)) if _rekeyed(below))
    elif isinstance(step, StreamTableJoin) and _rekeyed(step.left):
        yield step.context


def _rekeyed(step: Step) -> bool:
    """Whether a stream's key was chosen anew since it came from a topic or a join.

    Kafka Streams repartitions only where an operator needs the key: PARTITION BY alone writes straight to the sink.
    """
    while isinstance(step, _KEEPS_KEY):
        step = step.below
    return isinstance(step, StreamSelectKey)
