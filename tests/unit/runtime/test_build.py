"""Every step that a plan can have is run by something."""

from __future__ import annotations

import inspect

import pytest

from minisql.deferred import Deferred
from minisql.planner import steps
from minisql.planner.steps import Aggregation, Filter, GroupBy, Join, Projection, Rekey, Sink, SourceStep, Step
from minisql.runtime.build import BUILDERS
from minisql.runtime.joiners import JOINERS

ABSTRACT = {Step, SourceStep, Filter, Projection, Rekey, GroupBy, Aggregation, Join, Sink}


def concrete_steps() -> set[type[Step]]:
    """The classes of which plans are made."""
    classes = {kind for _, kind in inspect.getmembers(steps, inspect.isclass) if issubclass(kind, Step)}
    return classes - ABSTRACT


def test_every_step_has_a_builder() -> None:
    ends = {kind for kind in concrete_steps() if issubclass(kind, (SourceStep, Sink))}
    assert concrete_steps() == set(BUILDERS) | set(JOINERS) | {steps.StreamTableJoin, steps.StreamStreamJoin} | ends


@pytest.mark.parametrize("builder", BUILDERS.values(), ids=lambda builder: builder.path)
def test_a_deferred_builder_is_there(builder: Deferred) -> None:
    assert list(inspect.signature(builder.load()).parameters) == ["step", "chain"]
