"""Joins of tables -> the state that joins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minisql.errors import UnsupportedError
from minisql.planner.steps import ForeignKeyTableTableJoin, Join, Step, TableTableJoin
from minisql.runtime.operators.foreign_key_join import ForeignKey
from minisql.runtime.operators.join import Drop, Joiner, TableTable
from minisql.runtime.pipeline import Pipeline

JOINERS: dict[type[Step], Callable[[Any, Drop, Mapping[int, Joiner]], Joiner]] = {
    TableTableJoin: TableTable,
    ForeignKeyTableTableJoin: lambda join, drop, joiners: ForeignKey(join, drop),
}


def joiner(join: Join, pipeline: Pipeline, joiners: Mapping[int, Joiner]) -> Joiner:
    """The state of a join.

    Args:
        joiners: those of other joins of the plan by the ids of their steps; those below this one come later.
    """
    made = JOINERS.get(type(join))
    if made is None:
        raise UnsupportedError(type(join).__name__)
    return made(join, lambda message: pipeline.log(join.context, None, message), joiners)
