"""A chain of steps being written: from a source up to the next join or the end of the query."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack

from minisql.planner.steps import Step
from minisql.runtime.flow import Flow
from minisql.runtime.pipeline import Pipeline, Stage


class Chain:
    """What the builders of steps work on, in the order in which records pass them.

    A stateless step adds a ``stage``; a step with state first calls ``flush``, then writes its own lines and sets ``flow``.
    ``later`` are the steps that come after the one whose builder is called.
    """

    def __init__(self, pipeline: Pipeline, flow: Flow, blocks: ExitStack) -> None:
        self.pipeline = pipeline
        self.flow = flow
        self.source_key_types = [column.type for column in flow.schema.key]
        self.later: Sequence[Step] = ()
        self._blocks = blocks
        self._stages: list[Stage] = []

    def stage(self, stage: Stage) -> None:
        """Add a stateless step."""
        self._stages.append(stage)

    def flush(self) -> Flow:
        """Write the stateless steps that wait; gives the record after them."""
        self.flow = self.pipeline.section(self._stages, self.flow)
        self._stages.clear()
        return self.flow

    def reads_later(self, name: str) -> bool:
        """Whether a step after the present one reads the column."""
        return any(name in step.columns_read() for step in self.later)

    def enter(self, block: AbstractContextManager[None]) -> None:
        """All that follows stands within ``block``."""
        self._blocks.enter_context(block)
