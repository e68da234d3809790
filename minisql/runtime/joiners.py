"""Joins of tables -> the state that joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.errors import UnsupportedError
from minisql.planner.steps import ForeignKeyTableTableJoin, Join, Step, TableTableJoin
from minisql.runtime.operators.foreign_key_join import ForeignKey
from minisql.runtime.operators.join import Drop, Joiner, TableTable
from minisql.runtime.pipeline import Pipeline

JOINERS: dict[type[Step], Callable[[Any, Drop], Joiner]] = {
    TableTableJoin: TableTable,
    ForeignKeyTableTableJoin: ForeignKey,
}


def joiner(join: Join, pipeline: Pipeline) -> Joiner:
    """The state of a join."""
    made = JOINERS.get(type(join))
    if made is None:
        raise UnsupportedError(type(join).__name__)
    return made(join, lambda message: pipeline.log(join.context, None, message))
