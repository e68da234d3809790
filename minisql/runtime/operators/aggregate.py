"""Aggregates: state per group, updated in place by inlined verbs.

The state of a group is a list: one slot an aggregate function, then the timestamp, the greatest seen, whether a HAVING
let the group through last, and the key of its entries once it was made.
"""

from __future__ import annotations

from typing import Any

from minisql.codegen.expressions import Fragment, type_of
from minisql.codegen.inline import inline_call
from minisql.names import WINDOWEND, WINDOWSTART
from minisql.planner.steps import Aggregation, Call, StreamAggregate, TableAggregate
from minisql.record import Record
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, freeze, key_code, key_columns, key_fragments, store_key_code, tuple_code
from minisql.runtime.pipeline import FatalError, Pipeline
from minisql.types import BIGINT, SqlType, literal_type


class Aggregate(Record):
    """One aggregate function of a step: the object with its verbs, and its argument columns."""

    verbs: Any
    arguments: tuple[Fragment, ...]
    returns: SqlType


def build_stream_aggregate(step: StreamAggregate, chain: Chain) -> None:
    """Apply each row to its group and emit the group."""
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline)
    groups = pipeline.bind(pipeline.stores.open(step.context, dict), "groups")
    group = update_group(step, flow, aggregates, groups, pipeline)
    chain.flow = result(step, flow, group, aggregates, pipeline)


def build_table_aggregate(step: TableAggregate, chain: Chain) -> None:
    """Undo what a row was before, apply what it is now, and emit the groups that changed: the old one first."""
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline)
    before = pipeline.bind({}, "before")
    source_key = store_key_code(*_parts("k", chain.source_key_types), pipeline.bind(freeze, "freeze"))
    arguments = [part.code for aggregate in aggregates for part in aggregate.arguments]
    kept = [name for name in step.columns if chain.reads_later(name)]
    parts = [flow.key, *(flow.columns[name].code for name in kept), *arguments]
    now = pipeline.assign("now", f"None if {flow.absent or 'False'} else {tuple_code(parts)}")
    was = pipeline.assign("was", f"{before}.get({source_key})")
    _remember(before, source_key, now, was, pipeline)
    chain.enter(pipeline.loop(f"for group, applied, undone in {_changes(now, was)}:", "group", "applied", "undone"))
    grouped = _at_group(step, flow, kept)
    group = _open_group(step, grouped, aggregates, pipeline.bind({}, "groups"), pipeline)
    _change(aggregates, 1 + len(kept), group, pipeline)
    chain.flow = result(step, grouped, group, aggregates, pipeline)


def resolve(step: Aggregation, flow: Flow, pipeline: Pipeline, merges: bool = False) -> list[Aggregate]:
    """The functions of the step, made with their initial arguments; ``merges``: states of sessions are merged."""
    return [_aggregate(call, flow, pipeline, merges) for call in step.functions]


def _aggregate(call: Call, flow: Flow, pipeline: Pipeline, merges: bool) -> Aggregate:
    types = {name: fragment.type for name, fragment in flow.columns.items() if fragment.type is not None}
    kinds = [type_of(argument, types, pipeline.functions, {}) for argument in call.arguments]
    resolved = pipeline.functions.aggregate(call.name, (*kinds, *map(literal_type, call.initial)))
    arguments = tuple(flow.columns[argument.name] for argument in call.arguments)
    return Aggregate(resolved.make(call.initial, pipeline.config, merges=merges), arguments, resolved.returns)


def _changes(now: str, was: str) -> str:
    """Code of the (group, row to apply, row to undo) of a row that was ``was`` and is ``now``; one of them is not None."""
    moved = f"(({was}[0], None, {was}), ({now}[0], {now}, None))"
    kept = f"(({now}[0], {now}, {was}),) if {now}[0] == {was}[0] else {moved}"
    deleted = f"(({was}[0], None, {was}),) if {now} is None else {kept}"
    return f"(({now}[0], {now}, None),) if {was} is None else {deleted}"


def _remember(before: str, key: str, now: str, was: str, pipeline: Pipeline) -> None:
    with pipeline.code.block(f"if {now} is None:"):
        pipeline.line(f"if {was} is None: {pipeline.skip}")
        pipeline.line(f"del {before}[{key}]")
    with pipeline.code.block("else:"):
        pipeline.line(f"{before}[{key}] = {now}")


def _at_group(step: TableAggregate, flow: Flow, kept: list[str]) -> Flow:
    """The record within the loop over groups: its key is the group's, its kept columns those of the row applied or undone."""
    columns = {name: Fragment(f"(applied or undone)[{i}]", flow.columns[name].type) for i, name in enumerate(kept, 1)}
    return flow.with_(columns=columns | key_columns(step.schema, "group"), key="group", row=None, absent=None)


def _change(aggregates: list[Aggregate], first: int, group: str, pipeline: Pipeline) -> None:
    with pipeline.code.block("if undone is not None:"):
        for slot, (aggregate, positions) in enumerate(_positions(aggregates, first)):
            state = f"{group}[{slot}]"
            values = [f"undone[{i}]" for i in positions]
            pipeline.line(f"{state} = {inline_call(aggregate.verbs.undo, [state, *values], pipeline.bindings)}")
    with pipeline.code.block("if applied is not None:"):
        for slot, (aggregate, positions) in enumerate(_positions(aggregates, first)):
            _apply(aggregate, [f"applied[{i}]" for i in positions], group, slot, pipeline)


def _positions(aggregates: list[Aggregate], first: int) -> list[tuple[Aggregate, range]]:
    result = []
    for aggregate in aggregates:
        result.append((aggregate, range(first, first + len(aggregate.arguments))))
        first += len(aggregate.arguments)
    return result


def _parts(key: str, kinds: list[SqlType]) -> tuple[list[str], list[SqlType]]:
    return [fragment.code for fragment in key_fragments(key, kinds)], kinds


def windowed_row(flow: Flow, pipeline: Pipeline) -> Flow:
    """Write that a null row ends the query: Kafka Streams hands it to windows, and ksqlDB's KudafAggregator does not look."""
    if flow.absent:
        pipeline.line(f"if {flow.absent}: {pipeline.bind(_die_of_null, 'die_of_null')}()")
    return flow.with_(absent=None)


def _die_of_null() -> None:
    raise FatalError('Cannot invoke "io.confluent.ksql.GenericRow.get(int)" because "<parameter2>" is null')


def update_group(step: Aggregation, flow: Flow, aggregates: list[Aggregate], groups: str, pipeline: Pipeline) -> str:
    """Write how a row changes its group in the dict called ``groups``; gives the name that holds the group's state."""
    group = _open_group(step, flow, aggregates, groups, pipeline)
    for slot, aggregate in enumerate(aggregates):
        _apply(aggregate, [part.code for part in aggregate.arguments], group, slot, pipeline)
    return group


def group_key(step: Aggregation, flow: Flow, pipeline: Pipeline) -> str:
    """Code of the group's key as it stands in a dict."""
    parts = [flow.columns[column.name].code for column in step.schema.key]
    return store_key_code(parts, [column.type for column in step.schema.key], pipeline.bind(freeze, "freeze"))


def _open_group(step: Aggregation, flow: Flow, aggregates: list[Aggregate], groups: str, pipeline: Pipeline) -> str:
    """Write the look-up of the group's state, made where there is none, and the update of its timestamp."""
    parts = [flow.columns[column.name].code for column in step.schema.key]
    frozen = group_key(step, flow, pipeline)
    plain = frozen == key_code(parts) and len(parts) > 1
    slot = pipeline.assign("slot", flow.key if plain else frozen)
    group = pipeline.assign("state", f"{groups}.get({slot})")
    initial = [inline_call(aggregate.verbs.initialize, [], pipeline.bindings) for aggregate in aggregates]
    with pipeline.code.block(f"if {group} is None:"):
        pipeline.line(f"{group} = {groups}[{slot}] = [{', '.join([*initial, flow.timestamp, 'False', 'None'])}]")
    time = f"{group}[{len(aggregates)}]"
    pipeline.line(f"if {time} < {flow.timestamp}: {time} = {flow.timestamp}")
    return group


def _apply(aggregate: Aggregate, arguments: list[str], group: str, slot: int, pipeline: Pipeline) -> None:
    """Write the update of one aggregate's state."""
    state = f"{group}[{slot}]"
    pipeline.line(f"{state} = {inline_call(aggregate.verbs.aggregate, [state, *arguments], pipeline.bindings)}")


def result(step: Aggregation, flow: Flow, group: str, aggregates: list[Aggregate], pipeline: Pipeline) -> Flow:
    """The record of the group: key, kept columns, then KSQL_AGG_VARIABLE_n."""
    columns = kept_columns(step, flow)
    for slot, (name, aggregate) in enumerate(zip(result_names(step), aggregates, strict=True)):
        columns[name] = Fragment(_mapped(aggregate, f"{group}[{slot}]", pipeline), aggregate.returns)
    count = len(aggregates)
    known = {"passed": f"{group}[{count + 1}]", "made_key": f"{group}[{count + 2}]", "tracked": True}
    return flow.with_(schema=step.schema, columns=columns, timestamp=f"{group}[{count}]", row=None, absent=None, **known)


def kept_columns(step: Aggregation, flow: Flow) -> dict[str, Fragment]:
    """The key's columns, and those of the row that are read after the step."""
    names = [column.name for column in step.schema.key] + list(step.columns)
    return {name: flow.columns[name] for name in names if name in flow.columns}


def result_names(step: Aggregation) -> list[str]:
    """The columns of the functions' results: KSQL_AGG_VARIABLE_n."""
    first = len(step.columns)
    return [column.name for column in step.schema.value[first : first + len(step.functions)]]


def _mapped(aggregate: Aggregate, state: str, pipeline: Pipeline) -> str:
    mapping = getattr(aggregate.verbs, "map", None)
    return state if mapping is None else pipeline.assign("result", inline_call(mapping, [state], pipeline.bindings))


def windowed(flow: Flow, start: str, end: str) -> Flow:
    """The record of a window with these bounds."""
    bounds = {WINDOWSTART: Fragment(start, BIGINT, nullable=False), WINDOWEND: Fragment(f"({end})", BIGINT, nullable=False)}
    return flow.with_(columns={**flow.columns, **bounds}, window=f"{start}, {end}")
