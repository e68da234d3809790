"""Steps -> code: a plan is folded once into the functions that run it.

A plan without joins is one function from a source to the end. A join of a stream with a table is none for the stream: it
looks its rows' partners up on the way. Any other join cuts a plan: each side is a function up to the join, of streams one
that finds the partners too, and what comes out of the join goes through one more function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp

from minisql.broker import Entry
from minisql.deferred import Deferred
from minisql.errors import UnsupportedError
from minisql.names import ROWOFFSET, ROWPARTITION
from minisql.planner import steps
from minisql.planner.steps import (
    Join,
    Projection,
    SourceStep,
    Step,
    StreamAggregate,
    StreamStreamJoin,
    StreamTableJoin,
    columns_of,
    first_source,
)
from minisql.record import Record
from minisql.runtime.chain import Chain
from minisql.runtime.operators.ownership import owning
from minisql.runtime.operators.source import loop_head, read_source
from minisql.runtime.pipeline import Pipeline

if TYPE_CHECKING:
    from minisql.runtime.operators.join import Joiner
    from minisql.runtime.operators.joined import JoinedRows

Builder = Callable[[Any, Chain], None]

BUILDERS: dict[type[Step], Builder] = {
    steps.StreamFilter: Deferred("runtime.operators.filter.build_stream_filter"),
    steps.TableFilter: Deferred("runtime.operators.filter.build_table_filter"),
    steps.StreamSelect: Deferred("runtime.operators.project.build_projection"),
    steps.TableSelect: Deferred("runtime.operators.project.build_projection"),
    steps.StreamSelectKey: Deferred("runtime.operators.rekey.build_select_key"),
    steps.TableSelectKey: Deferred("runtime.operators.rekey.build_select_key"),
    steps.StreamFlatMap: Deferred("runtime.operators.flatmap.build_flat_map"),
    steps.StreamGroupBy: Deferred("runtime.operators.group.build_stream_group"),
    steps.StreamGroupByKey: Deferred("runtime.operators.group.build_stream_group"),
    steps.TableGroupBy: Deferred("runtime.operators.group.build_table_group"),
    steps.StreamAggregate: Deferred("runtime.operators.aggregate.build_stream_aggregate"),
    steps.TableAggregate: Deferred("runtime.operators.aggregate.build_table_aggregate"),
    steps.StreamWindowedAggregate: Deferred("runtime.operators.window.build_windowed_aggregate"),
}
"""How each step between a source or join and the end of a query writes itself."""

Run = Callable[[Sequence[Any], "Sequence[tuple[int, int]] | None", list[Any]], None]
"""(entries, their partitions and offsets where asked for, output): process a batch."""

Finish = Callable[[Chain], None]
"""Writes what happens at the end of a chain."""


class Input(Record):
    """A source and the function that takes its records through the plan; ``code`` is the generated text."""

    step: SourceStep
    run: Run
    placed: bool
    code: str


class Build:
    """Folds the steps of one plan.

    Args:
        pipeline: makes the writer of one function, for records of topics with so many partitions.
        partitions: of a topic.
    """

    def __init__(self, pipeline: Callable[[int], Pipeline], partitions: Callable[[str], int]) -> None:
        self._pipeline = pipeline
        self._partitions = partitions
        self._joiners: dict[int, Joiner] = {}

    def inputs(self, top: Step, finish: Finish, wanted: frozenset[str] | None = None) -> list[Input]:
        """The inputs of a plan, FROM first.

        Args:
            finish: writes what happens at its end.
            wanted: the columns of ``top`` that are read there; by default all.
        """
        chain = chain_of(top)
        if wanted is None:
            wanted = frozenset(column.name for column in top.schema.columns)
        if isinstance(chain[0], StreamTableJoin):
            return self._looked_up(chain[0], chain[1:], finish, wanted)
        if isinstance(chain[0], Join):
            return self._joined(chain[0], chain[1:], finish, wanted)
        if not isinstance(chain[0], SourceStep):
            raise UnsupportedError(type(chain[0]).__name__)
        return [self._from_source(chain[0], chain[1:], finish, wanted)]

    def _from_source(self, source: SourceStep, above: Sequence[Step], finish: Finish, wanted: frozenset[str]) -> Input:
        placed = not wanted_below(above, wanted).isdisjoint((ROWPARTITION, ROWOFFSET))
        head, names = loop_head(source.source.windowed, placed)
        pipeline = self._pipeline(self._partitions(source.source.topic))
        run = _write(pipeline, head, names, lambda: read_source(source, pipeline), above, finish)
        return Input(source, run, placed, pipeline.code.text)

    def from_groups(self, aggregate: StreamAggregate, top: Step, finish: Finish) -> Run:
        """The function that takes groups, ``(key, state)`` each, from behind their aggregation to the end."""
        from minisql.runtime.operators.groups import read_groups

        chain = chain_of(top)
        pipeline = self._pipeline(1)  # groups have no place any more
        above = chain[chain.index(aggregate) + 1 :]
        head, names = "for slot, group in entries:", ("slot", "group")
        return _write(pipeline, head, names, lambda: read_groups(aggregate, pipeline), above, finish)

    def _looked_up(self, join: StreamTableJoin, above: Sequence[Step], finish: Finish, wanted: frozenset[str]) -> list[Input]:
        from minisql.runtime.operators.lookup import Lookup  # many a program has no join

        lookup = Lookup(join, wanted_below(above, wanted))

        def go_on(chain: Chain) -> None:
            lookup.look_up(chain)
            _climb(above, chain)
            finish(chain)

        return [
            *self.inputs(join.left, go_on, lookup.left.wanted),
            *self.inputs(join.right, lookup.store, lookup.right.wanted),
        ]

    def _joined(self, join: Join, above: Sequence[Step], finish: Finish, wanted: frozenset[str]) -> list[Input]:
        from minisql.runtime.operators.joined import JoinedRows  # many a program has no join

        pipeline = self._pipeline(self._partitions(first_source(join).source.topic))
        rows = JoinedRows(join, wanted_below(above, wanted))
        head, names = rows.loop()
        after = _write(pipeline, head, names, rows.read, above, finish)
        return [
            Input(each.step, through(each.run, then), each.placed, each.code + pipeline.code.text)
            for side, end, carried, then in self._sides(join, rows, pipeline, after)
            for each in self.inputs(side, end, carried)
        ]

    def _sides(
        self, join: Join, rows: JoinedRows, pipeline: Pipeline, after: Run
    ) -> tuple[tuple[Step, Finish, frozenset[str], Run], tuple[Step, Finish, frozenset[str], Run]]:
        """Both sides of a join: the step, the end of its function, the columns that it carries, and what takes its output."""
        if isinstance(join, StreamStreamJoin):
            from minisql.runtime.operators.stream_join import Meeting

            meeting = Meeting(join, rows, pipeline)
            return (join.left, meeting.left, rows.left.wanted, after), (join.right, meeting.right, rows.right.wanted, after)
        from minisql.runtime.joiners import joiner

        state = self._joiners[id(join)] = joiner(join, pipeline, self._joiners)
        return (
            (join.left, rows.left.finish, rows.left.wanted, through(_fed(state.left), after)),
            (join.right, rows.right.finish, rows.right.wanted, through(_fed(state.right), after)),
        )


def _fed(feed: Callable[[Sequence[Entry], list[Any]], None]) -> Run:
    return lambda entries, places, out: feed(entries, out)


def _write(
    pipeline: Pipeline,
    head: str,
    names: tuple[str, ...],
    read: Callable[[], Any],
    above: Sequence[Step],
    finish: Finish,
) -> Run:
    """The function that loops over a batch and takes each record through the steps."""
    with ExitStack() as blocks:
        blocks.enter_context(pipeline.code.block("def run(entries, places, out):"))
        pipeline.line("append = out.append")
        pipeline.prologue = pipeline.code.hole()
        blocks.enter_context(pipeline.loop(head, *names))
        chain = Chain(pipeline, read(), blocks)
        _climb(above, chain)
        finish(chain)
    return pipeline.function("run")


def _climb(steps: Sequence[Step], chain: Chain) -> None:
    for number, step in enumerate(steps, 1):
        chain.later = steps[number:]
        own = owning(step)
        if own is not None:
            chain.stage(own)
        builder(step)(step, chain)


def through(run: Run, after: Run) -> Run:
    """One function after the other."""

    def composed(entries: Sequence[Any], places: Sequence[tuple[int, int]] | None, out: list[Any]) -> None:
        between: list[Any] = []
        run(entries, places, between)
        if between:
            after(between, None, out)

    return composed


def chain_of(top: Step) -> list[Step]:
    """The steps from the source or join below up to ``top``."""
    chain = [top]
    while len(chain[-1].sources) == 1:
        chain.append(chain[-1].sources[0])
    return chain[::-1]


def builder(step: Step) -> Builder:
    """The builder of a step; raises UnsupportedError naming a step that has none."""
    found = BUILDERS.get(type(step))
    if found is None:
        raise UnsupportedError(type(step).__name__)
    return found


def wanted_below(above: Sequence[Step], wanted: frozenset[str]) -> frozenset[str]:
    """The columns that steps read of what is below them, when ``wanted`` are read of the last of them."""
    for step in reversed(above):
        if isinstance(step, Projection):
            # A column as it is costs nothing unless it is wanted; anything else is computed in any case.
            used = [each for each in step.selects if each.name in wanted or not isinstance(each.expression, exp.Column)]
            wanted = columns_of(each.expression for each in used)
        else:
            wanted |= step.columns_read()
    return wanted
