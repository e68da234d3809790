"""What was changed on purpose in an engine is found by comparing it with a sound one, and told as a small scenario."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings

from minisql.testing.differential import Backend, InProcess, Row, Scenario, Served, Statement, assert_same, compare, shrink
from minisql.testing.differential.reading import parse_scenarios
from tests.differential.generated import SOURCES, scenarios_of
from tests.differential.mutations import MUTATIONS, Mutate, Mutated, count_never_undone, less_for_at_most

EXAMPLES = 500
"""Scenarios after which a mutation counts as not found."""


def told(mutate: Mutate, sound: Backend, *phases: Phase) -> str:
    """How the mutation is told when it is found."""

    @settings(max_examples=EXAMPLES, database=None, derandomize=True, phases=[Phase.generate, *phases])
    @given(scenarios_of(MUTATIONS[mutate]))
    def same(scenario: Scenario) -> None:
        assert_same(scenario, sound, Mutated(mutate))

    with pytest.raises(AssertionError) as caught:
        same()
    return str(caught.value)


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_found(mutate: Mutate, process: InProcess) -> None:
    text = told(mutate, process)
    assert f" {mutate.__name__}: " in text
    assert "\nAs a test of what minisql in the process gave:\n--@test: " in text
    assert MUTATIONS[mutate] in text


def test_found_over_http(served: Served) -> None:
    """The sound engine is in a process of its own, and the server's answers are what is compared."""
    assert " less_for_at_most: " in told(less_for_at_most, served)


def test_hypothesis_shrinks_it(process: InProcess) -> None:
    """Two rows of one key: the first is to be undone."""
    text = told(count_never_undone, process, Phase.shrink)
    [scenario] = parse_scenarios(text[text.index("--@test: ") :])
    rows = [step for step in scenario.steps if isinstance(step, Row)]
    assert len(rows) == len(scenario.steps) - len(SOURCES) - 1 == 2, text


def test_shrink_makes_a_file_small(process: InProcess) -> None:
    rows = [Row("T", {"ID": str(i % 3), "G": "'x'", "V": str(i)}, i) for i in range(12)]
    noise = [Statement(f"CREATE STREAM N{i} AS SELECT * FROM S;") for i in range(3)]
    scenario = Scenario((*SOURCES, *noise, Statement(MUTATIONS[count_never_undone]), *rows))
    smallest = shrink(scenario, lambda part: compare(part, process, Mutated(count_never_undone)) is not None)
    create, query, *left = smallest.steps
    assert (create, query) == (SOURCES[1], Statement(MUTATIONS[count_never_undone]))
    assert [step.sql() for step in left] == [
        "INSERT INTO T (ID, G, ROWTIME) VALUES (0, 'x', 0);",
        "INSERT INTO T (ID, ROWTIME) VALUES (0, 3);",
    ]
