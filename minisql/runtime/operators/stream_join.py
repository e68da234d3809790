"""Joins of two streams within a time window (Kafka Streams' KStreamKStreamJoin)."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from minisql.planner.steps import StreamStreamJoin
from minisql.runtime.chain import Chain
from minisql.runtime.codecs import left_key_codec
from minisql.runtime.flow import Flow, hashable, is_plain, tuple_code
from minisql.runtime.operators.held import Held, HeldRows
from minisql.runtime.operators.join import NULL_KEY
from minisql.runtime.operators.joined import JoinedRows
from minisql.runtime.operators.retained import Retained, between
from minisql.runtime.partitions import EachPartition, own_state, placing_of
from minisql.runtime.pipeline import Pipeline
from minisql.runtime.throttle import Throttle

LEGACY_GRACE = 24 * 60 * 60 * 1000

OUTER_JOIN_INTERVAL = "ksql.streams.__emit.interval.ms.kstreams.outer.join.spurious.results.fix__"


class Arrival(NamedTuple):
    """The code of a row that has come to the join."""

    key: str
    slot: str
    row: str
    time: str
    headers: str


class Meeting:
    """Writes the ends of both sides' functions.

    Each row finds the rows of the other side in its window; LEFT, RIGHT and FULL emit rows without partner as well. Without
    GRACE such a row comes at once, and again with each partner that comes later. With GRACE it waits until its window is
    closed.

    Args:
        pipeline: of the function that takes what comes out.
    """

    def __init__(self, step: StreamStreamJoin, rows: JoinedRows, pipeline: Pipeline) -> None:
        self._step = step
        self._sides = (rows.left, rows.right)
        # A right join is the left join of the right side, with before and after as they stand.
        before, after = (step.after, step.before) if step.kind == "RIGHT" else (step.before, step.after)
        self._reach = ((before, after), (after, before))
        self._outer = (step.kind in ("LEFT", "FULL"), step.kind in ("RIGHT", "FULL"))
        self._holds = step.grace is not None and step.kind != "INNER"
        self._grace = LEGACY_GRACE if step.grace is None else step.grace
        self._retention = before + after + self._grace
        interval = int(pipeline.config.get(OUTER_JOIN_INTERVAL) or 0)
        self._states = EachPartition(lambda: self._state(Throttle(pipeline.now, interval)))
        self._placing = placing_of(step.key_format, step.schema.key, pipeline.partitions)

    def _state(self, throttle: Throttle) -> tuple[Retained, Retained, HeldRows | None]:
        """What a partition keeps: the rows of either side, and those that wait."""
        return Retained(self._retention), Retained(self._retention), self._held(throttle) if self._holds else None

    def _held(self, throttle: Throttle) -> HeldRows:
        (before, after), _ = self._reach
        close_after = (after + self._grace, before + self._grace)
        return HeldRows(int(self._step.kind == "RIGHT"), close_after, left_key_codec(self._step).encode, throttle)

    def left(self, chain: Chain) -> None:
        """Take records of the left side."""
        self._meet(0, chain)

    def right(self, chain: Chain) -> None:
        """Take records of the right side."""
        self._meet(1, chain)

    def _meet(self, side: int, chain: Chain) -> None:
        pipeline, flow = chain.pipeline, self._sides[side].arrive(chain)
        key = flow.full_key if flow.full_key.isidentifier() else pipeline.assign("key", flow.full_key)
        then = ("{mine}.tidy()", "latest = {mine}.latest", f"oldest = {{theirs}}.latest - {self._retention - 1}")
        hints = ("mine", "theirs") if side == 0 else ("theirs", "mine")
        names = own_state(self._states, self._placing, pipeline, key, (*hints, "held"), then)
        if self._holds:  # a row without key or value moves the time on as well
            pipeline.line(f"if {flow.timestamp} > {names[2]}.now: {names[2]}.now = {flow.timestamp}")
        come = self._arrival(side, key, flow, pipeline)
        self._keep(come, self._sides[side].stored(come.row, pipeline), names[side], pipeline)
        if self._holds:
            pipeline.line(f"if {come.time} == {names[2]}.now: out.extend({names[2]}.over({side}))")
        self._pair(side, come, names[1 - side], names[2], pipeline)

    def _arrival(self, side: int, key: str, flow: Flow, pipeline: Pipeline) -> Arrival:
        """Write that null rows are dropped, and those with a null key, unless they are emitted as they are."""
        outer = self._outer[side]
        null = " or ".join([*([flow.absent] if flow.absent else []), *([] if outer else [f"{key} is None"])])
        if null:
            with pipeline.code.block(f"if {null}:"):
                pipeline.line(f"{pipeline.bind(partial(pipeline.log, self._step.context, None), 'drop')}({NULL_KEY!r})")
                pipeline.line(pipeline.skip)
        row = pipeline.assign("row", tuple_code([flow.columns[column.name].code for column in self._sides[side].columns]))
        plain = all(is_plain(column.type) for column in self._step.schema.key)
        slot = key if plain else f"{pipeline.bind(hashable, 'hashable')}({key})"
        come = Arrival(key, slot, row, flow.timestamp, flow.headers)
        if outer:
            with pipeline.code.block(f"if {key} is None:"):
                _emit(side, come, "None", come.time, pipeline)
                pipeline.line(pipeline.skip)
        return come if plain else come._replace(slot=pipeline.assign("slot", slot))

    def _keep(self, come: Arrival, row: str, mine: str, pipeline: Pipeline) -> None:
        """Write how the row is kept, unless it is too old already."""
        slot, time, item = come.slot, come.time, f"({come.time}, {row})"
        pipeline.line(f"if {time} > latest: latest = {mine}.latest = {time}")
        with pipeline.code.block(f"if {time} > latest - {self._retention}:"):
            pipeline.line(f"items = {mine}.get({slot})")
            pipeline.line(f"if not items: {mine}[{slot}] = [{item}]")
            pipeline.line(f"elif items[-1][0] <= {time}: items.append({item})")
            pipeline.line(f"else: {mine}.insert({slot}, {item})")

    def _pair(self, side: int, come: Arrival, theirs: str, held: str, pipeline: Pipeline) -> None:
        before, after = self._reach[side]
        low = f"{come.time} - {before}" if before else come.time
        high = f"{come.time} + {after}" if after else come.time
        pipeline.line(f"found = {theirs}.get({come.slot})")
        with pipeline.code.block("if found:"):
            near = f"{low} if {low} > oldest else oldest"
            pipeline.line(f"found = {pipeline.bind(between, 'between')}(found, {near}, {high})")
        with pipeline.code.block("for time, other in found or ():"):
            if self._holds and self._outer[1 - side]:
                pipeline.line(f"{held}.drop(time, {1 - side}, {come.key})")
            _emit(side, come, "other", f"time if time > {come.time} else {come.time}", pipeline)
        if self._outer[side]:
            with pipeline.code.block("if not found:"):
                self._alone(side, come, held, pipeline)

    def _alone(self, side: int, come: Arrival, held: str, pipeline: Pipeline) -> None:
        if not self._holds:
            _emit(side, come, "None", come.time, pipeline)
            return
        with pipeline.code.block(f"if {come.time} + {self._reach[side][1]} < {held}.now:"):
            _emit(side, come, "None", come.time, pipeline)
        with pipeline.code.block("else:"):
            row = self._sides[side].stored(come.row, pipeline)
            waits = f"{pipeline.bind(Held, 'Held')}({come.key}, {row}, {come.headers})"
            pipeline.line(f"{held}.add({come.time}, {side}, {waits})")


def _emit(side: int, come: Arrival, other: str, time: str, pipeline: Pipeline) -> None:
    rows = (come.row, other) if side == 0 else (other, come.row)
    pipeline.line(f"append({tuple_code([come.key, *rows, time, come.headers])})")
