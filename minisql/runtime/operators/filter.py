"""WHERE and HAVING."""

from __future__ import annotations

from minisql.planner.steps import StreamFilter, TableFilter
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, hashable
from minisql.runtime.pipeline import Pipeline


def build_stream_filter(step: StreamFilter, chain: Chain) -> None:
    """A row that is null or does not match is dropped."""

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        present = pipeline.present(flow)
        pipeline.require(step.predicate, present, step.context)
        return present

    chain.stage(stage)


def build_table_filter(step: TableFilter, chain: Chain) -> None:
    """A row that does not match becomes a tombstone.

    Where old rows are known that is so only if the old row had matched (Kafka Streams asks a filter's parent for old values
    if it keeps them, KAFKA-10077); over a join by foreign key, which keeps none, whether or not the key was there before.
    """
    if chain.flow.tracked:
        flow = chain.flush()
        chain.flow = _track(step, flow, chain.pipeline)
        return

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        return flow.with_(absent=_gone(step, flow, pipeline), row=None)

    chain.stage(stage)


def _gone(step: TableFilter, flow: Flow, pipeline: Pipeline) -> str:
    name = pipeline.assign("gone", "True")
    with pipeline.code.block(f"if not ({flow.absent or 'False'}):"):
        keep = pipeline.test(step.predicate, flow.with_(absent=None), step.context)
        pipeline.line(f"{name} = not ({keep})")
    return name


def _track(step: TableFilter, flow: Flow, pipeline: Pipeline) -> Flow:
    """Write the test, and skip rows that do not match and did not before."""
    names: list[str] = []

    def stage(inner: Pipeline, row: Flow) -> Flow:
        names[:] = [_gone(step, row, inner)]
        return row

    pipeline.section([stage], flow)
    [gone] = names
    if flow.passed is not None:
        was, note = flow.passed, f"{flow.passed} = not {gone}"
    else:
        known = pipeline.bind(Passing(), "passing")
        was, note = f"{known}.has({flow.full_key})", f"{known}.note({flow.full_key}, not {gone})"
    was = pipeline.assign("was", was if flow.replaces is None else f"{flow.replaces} and {was}")
    pipeline.line(note)
    pipeline.line(f"if {gone} and not {was}: {pipeline.skip}")
    return flow.with_(absent=gone, row=None)


class Passing:
    """The keys whose row a filter has let through last."""

    def __init__(self) -> None:
        self._keys: set[object] = set()

    def has(self, key: object) -> bool:
        """Whether the last row of the key passed."""
        return hashable(key) in self._keys

    def note(self, key: object, passed: bool) -> None:
        """Remember whether the row of the key passed."""
        (self._keys.add if passed else self._keys.discard)(hashable(key))
