"""Faults put into the engine of this process on purpose: what the harness has to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlglot import expressions as exp

from minisql.analyzer import columns
from minisql.codegen import comparison
from minisql.functions.aggregate.count import Count
from minisql.functions.aggregate.extremes import Max
from minisql.functions.aggregate.sum import SumInteger
from minisql.runtime import pull
from minisql.runtime.operators import session, window
from minisql.runtime.operators.filter import Passing
from minisql.runtime.operators.foreign_key_join import ForeignKey
from minisql.runtime.operators.lookup import Lookup
from minisql.runtime.query import PushQuery
from minisql.testing.differential import InProcess, Scenario
from minisql.testing.differential.observation import Observation

Mutate = Callable[[pytest.MonkeyPatch], None]


class Mutated(InProcess):
    """An engine that has a fault while it runs a scenario."""

    def __init__(self, mutate: Mutate) -> None:
        super().__init__()
        self.name = mutate.__name__
        self._mutate = mutate

    def run(self, scenario: Scenario, seen: str) -> Observation:
        with pytest.MonkeyPatch.context() as patch:
            self._mutate(patch)
            return super().run(scenario, seen).with_(backend=self.name)


def less_for_at_most(patch: pytest.MonkeyPatch) -> None:
    """``<=`` leaves the border out."""
    patch.setitem(comparison.OPERATORS, exp.LTE, ("<", "<=", "LESS_THAN_OR_EQUAL"))


def late_by_one(patch: pytest.MonkeyPatch) -> None:
    """A window takes rows for one millisecond too long."""

    def skip_closed(step: Any, flow: Any, pipeline: Any) -> None:
        with pipeline.code.block(f"if start + {step.window.size} < closed:"):
            pipeline.line(pipeline.skip)

    patch.setattr(window, "_skip_closed", skip_closed)


def gap_short_by_one(patch: pytest.MonkeyPatch) -> None:
    """Sessions do not meet at the end of their gap."""
    made = session._find

    def find(step: Any, *given: Any) -> None:
        made(step.with_(window=step.window.with_(size=step.window.size - 1)), *given)

    patch.setattr(session, "_find", find)


def count_never_undone(patch: pytest.MonkeyPatch) -> None:
    """COUNT of a table does not go down."""
    patch.setattr(Count, "undo", lambda self, state, value: state)


def sum_undone_twice(patch: pytest.MonkeyPatch) -> None:
    """SUM of a table takes what was before away twice."""
    patch.setattr(SumInteger, "undo", lambda self, state, value: state if value is None else state - value - value)


def max_takes_the_last(patch: pytest.MonkeyPatch) -> None:
    """MAX is the last value."""
    patch.setattr(Max, "aggregate", lambda self, state, value: state if value is None else value)


class Unforgetting(dict[Any, Any]):
    """A table from which nothing is deleted."""

    def pop(self, key: Any, default: Any = None) -> Any:
        return self.get(key, default)


def join_keeps_the_deleted(patch: pytest.MonkeyPatch) -> None:
    """A stream's rows meet rows of the table that are deleted."""
    made = Lookup.__init__

    def init(self: Lookup, step: Any, wanted: Any) -> None:
        made(self, step, wanted)
        self._table = Unforgetting()

    patch.setattr(Lookup, "__init__", init)


def foreign_key_deaf(patch: pytest.MonkeyPatch) -> None:
    """A join by foreign key does not follow its right side."""

    def right(self: ForeignKey, entries: Any, out: Any) -> None:
        for key, row, time, _ in entries:
            self._right[key] = (row, time)

    patch.setattr(ForeignKey, "right", right)


def filter_without_tombstones(patch: pytest.MonkeyPatch) -> None:
    """A row that a filter of a table no longer lets through is not deleted."""
    patch.setattr(Passing, "has", lambda self, key: False)


def one_row_more(patch: pytest.MonkeyPatch) -> None:
    """LIMIT of a push query ends one row too late."""
    made = PushQuery.__init__

    def init(self: PushQuery, query_id: str, sql: str, plan: Any, scheduler: Any, limit: int | None, **rest: Any) -> None:
        made(self, query_id, sql, plan, scheduler, None if limit is None else limit + 1, **rest)

    patch.setattr(PushQuery, "__init__", init)


def pull_loses_a_row(patch: pytest.MonkeyPatch) -> None:
    """A pull query of a stream does not give its last row."""
    executed = pull.stream_rows

    def shortened(*given: Any) -> tuple[list[Any], Any]:
        rows, error = executed(*given)
        return rows[:-1], error

    patch.setattr(pull, "stream_rows", shortened)


def no_place_in_errors(patch: pytest.MonkeyPatch) -> None:
    """An error does not say where."""
    patch.setattr(columns, "place", lambda node: "")


MUTATIONS: dict[Mutate, str] = {
    less_for_at_most: "CREATE STREAM Q AS SELECT ID, V FROM S WHERE V <= 1;",
    late_by_one: "CREATE TABLE Q AS SELECT G, COUNT(*) AS N FROM S "
    "WINDOW TUMBLING (SIZE 10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY G;",
    gap_short_by_one: "CREATE TABLE Q AS SELECT G, COUNT(*) AS N FROM S WINDOW SESSION (5 MILLISECONDS) GROUP BY G;",
    count_never_undone: "CREATE TABLE Q AS SELECT G, COUNT(*) AS N FROM T GROUP BY G;",
    sum_undone_twice: "CREATE TABLE Q AS SELECT G, SUM(V) AS N FROM T GROUP BY G;",
    max_takes_the_last: "CREATE TABLE Q AS SELECT G, MAX(V) AS N FROM S GROUP BY G;",
    join_keeps_the_deleted: "CREATE STREAM Q AS SELECT S.ID AS ID, S.V AS V, T.V AS W FROM S JOIN T ON S.ID = T.ID;",
    foreign_key_deaf: "CREATE TABLE Q AS SELECT T.ID AS ID, T.G AS G, U.W AS W FROM T LEFT JOIN U ON T.G = U.G;",
    filter_without_tombstones: "CREATE TABLE Q AS SELECT ID, V FROM T WHERE V > 0;",
    one_row_more: "SELECT * FROM S EMIT CHANGES LIMIT 2;",
    pull_loses_a_row: "SELECT * FROM S;",
    no_place_in_errors: "CREATE STREAM Q AS SELECT ID, X FROM S;",
}
"""What is changed, and a statement in which it matters, if the right rows come."""
