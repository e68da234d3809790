"""Pull queries: the rows of a table, or of a stream so far, asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from minisql.broker import Entry
from minisql.errors import SERVER_ERROR, QueryError
from minisql.planner.lookup import INTERPRETER, enabled
from minisql.planner.pull import FILTER, PROJECT
from minisql.planner.steps import Step, StreamFilter, StreamSelect, TableSource
from minisql.runtime.build import Build
from minisql.runtime.codecs import source_codec
from minisql.runtime.launch import Surroundings, bad_record_of
from minisql.runtime.operators.sink import build_result
from minisql.runtime.pipeline import Pipeline
from minisql.runtime.task import Task, TopicInput
from minisql.runtime.view import TableView
from minisql.schema import Column, Schema

if TYPE_CHECKING:
    from minisql.planner.lookup import Lookup
    from minisql.planner.pull import PullPlan

LOGGER = "pull"

SESSION_SCAN = (
    "Unable to execute pull query: io.confluent.ksql.util.KsqlException: Error executing query locally at node "
    "http://localhost:8088/: Table scan unsupported on session tables"
)


TablePull = Callable[[TableView, "Sequence[Lookup]"], list[tuple[Any, ...]]]
"""A table's rows as a query shows them; look-ups, if there are any, say which."""


def table_pull(plan: PullPlan, around: Surroundings) -> TablePull:
    """What runs a query on a table."""
    build = _build(around, enabled(INTERPRETER, around.config), plan.told_schema)
    [read] = build.inputs(_steps(plan), build_result)

    def rows(view: TableView, lookups: Sequence[Lookup]) -> list[tuple[Any, ...]]:
        out: list[Entry] = []
        read.run(_found(plan, lookups, view), None, out)
        return [entry[1] for entry in out[: plan.limit]]

    return rows


def _build(around: Surroundings, interpreted: bool = False, told_schema: Callable[[str], Schema] | None = None) -> Build:
    def log(context: str, error: BaseException | None, message: str) -> None:
        around.log.failed(f"{LOGGER}.{context}", message, error)

    def pipeline(partitions: int) -> Pipeline:
        return Pipeline(
            around.functions,
            log,
            LOGGER,
            around.config,
            around.clock.now,
            compiler=around.compiler,
            interpreted=interpreted,
            told_schema=told_schema,
        )

    return Build(pipeline, lambda topic: 1)  # nothing in a pull query depends on partitions


def _steps(plan: PullPlan) -> Step:
    top: Step = TableSource(plan.layout, "Source", plan.source, plan.source.name)
    if plan.predicate is not None:
        top = StreamFilter(plan.layout, FILTER, top, plan.predicate)
    kinds = {column.name: column.type for column in plan.schema.columns}
    schema = Schema(tuple(Column(select.name, kinds[select.name]) for select in plan.selects))
    return StreamSelect(schema, PROJECT, top, plan.selects)


def _found(plan: PullPlan, lookups: Sequence[Lookup], view: TableView) -> list[Entry]:
    if not lookups:
        window = plan.source.key_format.window
        if window is not None and window.size is None:
            raise QueryError(SESSION_SCAN, SERVER_ERROR)
        return view.entries()
    if len(lookups) == 1:
        return view.look_up(lookups[0])
    found: dict[int, Entry] = {}
    for lookup in _in_order(plan, lookups):
        for entry in view.look_up(lookup):
            found.setdefault(id(entry), entry)
    return sorted(found.values(), key=view.partition)  # all keys are looked up in each partition (KsLocator)


def _in_order(plan: PullPlan, lookups: Sequence[Lookup]) -> Sequence[Lookup]:
    """The order of a Java set; with window bounds, whose hashes differ from one run to the next, the given one."""
    if plan.source.windowed:
        return lookups
    from minisql.runtime.key_hash import in_hash_order  # most queries look up one key

    return in_hash_order(lookups, [column.type for column in plan.source.schema.key])


def stream_rows(plan: PullPlan, around: Surroundings) -> tuple[list[tuple[Any, ...]], QueryError | None]:
    """The rows that a query on a stream shows, and what it died of behind them."""
    assert plan.stream is not None
    out: list[Entry] = []
    errors: list[QueryError] = []
    for each in _build(around).inputs(plan.stream.step, build_result):
        topic = around.broker.topic(each.step.source.topic)
        reader = TopicInput(topic, source_codec(each.step.source), each.run, each.placed)
        task = Task([reader], out.extend, bad_record_of(LOGGER, around), errors.append)
        task.active = True
        task.advance()
    rows = [entry[1] for entry in out if entry[1] is not None]
    complete = plan.limit is not None and len(rows) >= plan.limit
    return rows[: plan.limit], errors[0] if errors and not complete else None
