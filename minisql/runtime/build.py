"""Steps -> code: a plan is folded once into the functions that run it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlglot import expressions as exp

from minisql.broker import Entry
from minisql.errors import UnsupportedError
from minisql.names import ROWOFFSET, ROWPARTITION
from minisql.planner import steps
from minisql.planner.steps import SourceStep, Step
from minisql.runtime.chain import Chain
from minisql.runtime.operators.aggregate import build_stream_aggregate, build_table_aggregate
from minisql.runtime.operators.filter import build_stream_filter, build_table_filter
from minisql.runtime.operators.flatmap import build_flat_map
from minisql.runtime.operators.group import build_stream_group, build_table_group
from minisql.runtime.operators.project import build_projection
from minisql.runtime.operators.rekey import build_select_key
from minisql.runtime.operators.source import loop_head, read_source
from minisql.runtime.operators.window import build_windowed_aggregate
from minisql.runtime.pipeline import Pipeline

Builder = Callable[[Any, Chain], None]

BUILDERS: dict[type[Step], Builder] = {
    steps.StreamFilter: build_stream_filter,
    steps.TableFilter: build_table_filter,
    steps.StreamSelect: build_projection,
    steps.TableSelect: build_projection,
    steps.StreamSelectKey: build_select_key,
    steps.TableSelectKey: build_select_key,
    steps.StreamFlatMap: build_flat_map,
    steps.StreamGroupBy: build_stream_group,
    steps.StreamGroupByKey: build_stream_group,
    steps.TableGroupBy: build_table_group,
    steps.StreamAggregate: build_stream_aggregate,
    steps.TableAggregate: build_table_aggregate,
    steps.StreamWindowedAggregate: build_windowed_aggregate,
}
"""How each step between a source and the end of a query writes itself."""

Run = Callable[[Sequence[Entry], "Sequence[tuple[int, int]] | None", list[Entry]], None]
"""(entries, their partitions and offsets where asked for, output): process a batch."""


@dataclass(frozen=True)
class Input:
    """A source and the function that takes its records through the plan."""

    step: SourceStep
    run: Run
    placed: bool
    code: str


def build(top: Step, pipeline: Pipeline, finish: Callable[[Chain], None]) -> list[Input]:
    """The inputs of a plan; ``finish`` writes what happens at its end."""
    below = chain_of(top)
    source = below[0]
    if not isinstance(source, SourceStep):
        raise UnsupportedError(type(source).__name__)
    placed = names_placement(below)
    with ExitStack() as blocks:
        blocks.enter_context(pipeline.code.block("def run(entries, places, out):"))
        pipeline.line("append = out.append")
        head, names = loop_head(source.source.windowed, placed)
        pipeline.prologue = pipeline.code.hole()
        blocks.enter_context(pipeline.loop(head, *names))
        chain = Chain(pipeline, read_source(source, pipeline), blocks)
        for step in below[1:]:
            builder(step)(step, chain)
        finish(chain)
    return [Input(source, pipeline.code.compile(pipeline.title, "run"), placed, pipeline.code.text)]


def chain_of(top: Step) -> list[Step]:
    """The steps from the source up to ``top``."""
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


def names_placement(chain: Sequence[Step]) -> bool:
    """Whether any expression reads ROWPARTITION or ROWOFFSET."""
    return any(
        column.name in (ROWPARTITION, ROWOFFSET)
        for step in chain
        for expression in step.expressions_used()
        for column in expression.find_all(exp.Column)
    )
