"""Join steps -> the state that joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.errors import UnsupportedError
from minisql.planner.steps import ForeignKeyTableTableJoin, Join, Step, StreamStreamJoin, TableTableJoin
from minisql.runtime.operators.foreign_key_join import ForeignKey
from minisql.runtime.operators.join import Drop, Joiner, PartitionedJoin, TableTable
from minisql.runtime.operators.stream_join import StreamStream
from minisql.runtime.partitions import Placing
from minisql.runtime.pipeline import Pipeline
from minisql.runtime.throttle import Throttle

OUTER_JOIN_INTERVAL = "ksql.streams.__emit.interval.ms.kstreams.outer.join.spurious.results.fix__"


def stream_stream(join: StreamStreamJoin, drop: Drop, pipeline: Pipeline) -> Joiner:
    """The state of a join of two streams, for each partition its own."""
    interval = int(pipeline.config.get(OUTER_JOIN_INTERVAL) or 0)

    def state() -> StreamStream:
        return StreamStream(join, drop, Throttle(pipeline.now, interval))

    if pipeline.partitions == 1:
        return state()
    return PartitionedJoin(Placing(join.key_format, join.schema.key, pipeline.partitions), state)


JOINERS: dict[type[Step], Callable[[Any, Drop, Pipeline], Joiner]] = {
    TableTableJoin: lambda join, drop, pipeline: TableTable(join, drop),
    StreamStreamJoin: stream_stream,
    ForeignKeyTableTableJoin: lambda join, drop, pipeline: ForeignKey(join, drop),
}


def joiner(join: Join, pipeline: Pipeline) -> Joiner:
    """The state of a join."""
    made = JOINERS.get(type(join))
    if made is None:
        raise UnsupportedError(type(join).__name__)
    return made(join, lambda message: pipeline.log(join.context, None, message), pipeline)
