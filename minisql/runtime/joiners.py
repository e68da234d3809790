"""Join steps -> the state that joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.errors import UnsupportedError
from minisql.planner.steps import ForeignKeyTableTableJoin, Join, Step, StreamStreamJoin, TableTableJoin
from minisql.runtime.operators.foreign_key_join import ForeignKey
from minisql.runtime.operators.join import Drop, Joiner, TableTable
from minisql.runtime.operators.stream_join import StreamStream
from minisql.runtime.pipeline import Pipeline
from minisql.runtime.throttle import Throttle

OUTER_JOIN_INTERVAL = "ksql.streams.__emit.interval.ms.kstreams.outer.join.spurious.results.fix__"

JOINERS: dict[type[Step], Callable[[Any, Drop, Throttle], Joiner]] = {
    TableTableJoin: TableTable,
    StreamStreamJoin: StreamStream,
    ForeignKeyTableTableJoin: ForeignKey,
}


def joiner(join: Join, pipeline: Pipeline) -> Joiner:
    """The state of a join."""
    made = JOINERS.get(type(join))
    if made is None:
        raise UnsupportedError(type(join).__name__)
    interval = int(pipeline.config.get(OUTER_JOIN_INTERVAL) or 0)
    return made(join, lambda message: pipeline.log(join.context, None, message), Throttle(pipeline.now, interval))
