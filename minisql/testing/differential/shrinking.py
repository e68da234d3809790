"""The smallest part of a scenario that still shows something: for scenarios out of files (Hypothesis shrinks its own)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.steps import Row, Step

Differs = Callable[[Scenario], bool]


def shrink(scenario: Scenario, differs: Differs) -> Scenario:
    """A scenario of which no step, no property and no value of a row can be left out without ``differs`` becoming false.

    Args:
        scenario: one for which ``differs`` is true; otherwise it comes back as it is.
        differs: runs a scenario and says whether it still shows what is looked for.

    >>> from minisql.testing.differential.steps import Query
    >>> long = Scenario(tuple(Query(f"SELECT {i} FROM S;") for i in range(40)))
    >>> shrink(long, lambda part: {7, 30} <= {int(step.text.split()[1]) for step in part.steps}).steps
    (Query(text='SELECT 7 FROM S;'), Query(text='SELECT 30 FROM S;'))
    """
    scenario = _steps(scenario, differs)
    while (smaller := next(filter(differs, _with_less(scenario)), None)) is not None:
        scenario = smaller
    return scenario


def _steps(scenario: Scenario, differs: Differs) -> Scenario:
    """Delta debugging: leave out ever smaller runs of steps, from the end, until single ones are all needed."""
    size = len(scenario.steps)
    while size:
        candidate = next(filter(differs, _without_runs(scenario, size)), None)
        if candidate is not None:
            scenario = candidate
        else:
            size //= 2
    return scenario


def _without_runs(scenario: Scenario, size: int) -> Iterator[Scenario]:
    steps = scenario.steps
    for start in range(max(0, len(steps) - size), -1, -size):
        yield scenario.with_(steps=steps[:start] + steps[start + size :])


def _with_less(scenario: Scenario) -> Iterator[Scenario]:
    for name in scenario.properties:
        yield scenario.with_(properties={each: value for each, value in scenario.properties.items() if each != name})
    for i, step in enumerate(scenario.steps):
        for smaller in _smaller(step):
            yield scenario.with_(steps=_replaced(scenario.steps, i, smaller))


def _smaller(step: Step) -> Iterator[Step]:
    if isinstance(step, Row):
        for name in step.values if len(step.values) > 1 else ():
            yield step.with_(values={each: value for each, value in step.values.items() if each != name})


def _replaced(steps: Sequence[Step], i: int, step: Step) -> tuple[Step, ...]:
    return (*steps[:i], step, *steps[i + 1 :])
