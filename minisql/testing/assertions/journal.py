"""In which order queries with several inputs have read them: what the topics alone do not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minisql.engine import Engine
from minisql.runtime.query import Query
from minisql.runtime.task import Scheduler, Task, TopicInput

Positions = tuple[int, ...]
"""How far each input of a query was read."""


class Journal(Scheduler):
    """A scheduler that notes how far the inputs of joins were read, each time they were."""

    def __init__(self) -> None:
        super().__init__()
        self._turns: dict[TopicInput, list[Positions]] = {}

    @classmethod
    def of(cls, engine: Engine) -> Journal | None:
        """The engine's journal; an engine gets one unless it has queries already."""
        if type(engine.scheduler) is Scheduler and not engine.queries and not engine.push_queries:
            engine.scheduler = cls()
        return engine.scheduler if isinstance(engine.scheduler, cls) else None

    def advance(self, task: Task) -> None:
        """Let the task run, and note where that has brought it."""
        super().advance(task)
        if len(task.inputs) > 1:
            self._turns.setdefault(task.inputs[0], []).append(tuple(each.position for each in task.inputs))

    def turns(self, query: Query) -> list[Positions]:
        """How far the query's inputs were read after each of its turns."""
        return self._turns.get(query.inputs[0], []) if query.inputs else []


def consumed(query: Query, journal: Journal | None) -> Iterator[tuple[int, int]]:
    """(number of the input, index in its topic) of all that a query has read, in its order."""
    inputs = query.inputs
    here: Positions = tuple(query.starts.get(each.topic.name, 0) for each in inputs)
    for upto in [*(() if journal is None else journal.turns(query)), tuple(each.position for each in inputs)]:
        yield from _merged(inputs, list(here), upto)
        here = upto


def _merged(inputs: Sequence[TopicInput], here: list[int], upto: Positions) -> Iterator[tuple[int, int]]:
    """What a task does with all that waits (``Task._read_earliest``): the earliest first, of equal ones a table's."""
    while True:
        waiting = [number for number, position in enumerate(here) if position < upto[number]]
        if not waiting:
            return
        number = min(waiting, key=lambda number: (_time(inputs[number], here[number]), not inputs[number].table, number))
        yield number, here[number]
        here[number] += 1


def _time(each: TopicInput, index: int) -> int:
    _, entries, _ = next(each.topic.read(index, index + 1))
    return entries[0][2]
