"""WHERE and HAVING."""

from __future__ import annotations

from minisql.planner.steps import StreamFilter, TableFilter
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow
from minisql.runtime.pipeline import Pipeline


def build_stream_filter(step: StreamFilter, chain: Chain) -> None:
    """A row that is null or does not match is dropped."""

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        if flow.absent:
            pipeline.line(f"if {flow.absent}: {pipeline.skip}")
        present = flow.with_(absent=None)
        pipeline.require(step.predicate, present, step.context)
        return present

    chain.stage(stage)


def build_table_filter(step: TableFilter, chain: Chain) -> None:
    """A row that does not match becomes a tombstone, whether or not it was there before."""

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        name = pipeline.assign("gone", "True")
        with pipeline.code.block(f"if not ({flow.absent or 'False'}):"):
            keep = pipeline.test(step.predicate, flow.with_(absent=None), step.context)
            pipeline.line(f"{name} = not ({keep})")
        return flow.with_(absent=name, row=None)

    chain.stage(stage)
