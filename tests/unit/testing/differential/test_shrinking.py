"""The smallest part of a scenario that still differs."""

from __future__ import annotations

from minisql.testing.differential import InProcess, Query, Row, Scenario, Statement, shrink
from tests.unit.testing.differential.test_compare import CREATE, Louder


def differs(scenario: Scenario) -> bool:
    """Whether the changes of C do."""
    one, other = (backend.run(scenario, "topics").changes.get("C") for backend in (InProcess(), Louder()))
    return one != other


def test_what_is_not_needed_goes() -> None:
    noise = [Statement(f"CREATE STREAM N{i} AS SELECT * FROM S;") for i in range(4)]
    rows = [Row("S", {"K": str(i), "V": f"'{'A' * i}'"}, i) for i in range(4)]
    copy = Statement("CREATE STREAM C AS SELECT K, LCASE(V) AS V FROM S WHERE K > 2;")
    scenario = Scenario((CREATE, *noise, copy, *rows, Query("SELECT * FROM S;")))
    smallest = shrink(scenario, differs)
    assert smallest.steps == (CREATE, copy, Row("S", {"K": "3", "V": "'AAA'"}, 3))


def test_values_of_rows_go_but_one() -> None:
    scenario = Scenario((Row("S", {"A": "1", "B": "2", "C": "3"}, 5),), {"a": "1", "b": "2"})
    kept = shrink(scenario, lambda part: bool(part.steps) and "b" in part.properties)
    assert kept == Scenario((Row("S", {"C": "3"}, 5),), {"b": "2"})


def test_what_does_not_differ_stays() -> None:
    scenario = Scenario((CREATE, Query("SELECT * FROM S;")))
    assert shrink(scenario, lambda part: False) == scenario
