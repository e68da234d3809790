"""The two ends of a join's sides, and the record that comes out of it."""

from __future__ import annotations

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.expressions import Fragment
from minisql.dialect import sql
from minisql.formats.info import WindowInfo
from minisql.names import ROWTIME
from minisql.planner.steps import (
    ForeignKeyTableTableJoin,
    Join,
    Projection,
    Rekey,
    Step,
    StreamStreamJoin,
    TableTableJoin,
    first_source,
)
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, key_columns, tuple_code
from minisql.runtime.operators.repartition import loss, through_topic
from minisql.runtime.operators.sink import emit_record
from minisql.runtime.pipeline import Pipeline, Purpose
from minisql.types import BIGINT


class Side:
    """One side of a join: which of its columns its rows have, in order.

    Args:
        step: the top step of the side.
        wanted: the columns that are read after the join.
        window: of the key by which is joined.
        foreign: of the left side of a foreign key join: that key's expression, whose value follows the columns.
    """

    def __init__(
        self,
        step: Step,
        wanted: frozenset[str],
        window: WindowInfo | None,
        foreign: tuple[Expression, Purpose] | None = None,
    ) -> None:
        self.columns = [column for column in step.schema.value if column.name in wanted]
        self._step = step
        self._foreign = foreign
        self._window = None if window == window_of(step) else window

    @property
    def wanted(self) -> frozenset[str]:
        """The columns that are read at the end of the side."""
        names = {column.name for column in self.columns}
        if self._foreign is not None:
            names |= {column.name for column in self._foreign[0].find_all(exp.Column)}
        return frozenset(names)

    def finish(self, chain: Chain) -> None:
        """End the side's function."""
        foreign: list[Fragment] = []
        if self._foreign is not None:
            expression, purpose = self._foreign

            def stage(pipeline: Pipeline, flow: Flow) -> Flow:
                foreign[:] = [_foreign_key(expression, purpose, pipeline, flow)]
                return flow

            chain.stage(stage)
        flow = self.arrive(chain)
        parts = [flow.columns[column.name].code for column in self.columns]
        row = tuple_code([*parts, *(fragment.code for fragment in foreign)])
        emit_record(flow.full_key, flow.unless_absent(row), flow, chain.pipeline)

    def arrive(self, chain: Chain) -> Flow:
        """The record as it comes to the join; where the side was given another key, by way of a repartition topic."""
        flow = self._in_window(chain.flush())
        return through_topic(self._step, self.columns, flow, chain.pipeline) if self._rekeyed else flow

    def stored(self, row: str, pipeline: Pipeline) -> str:
        """Code of ``row``, the columns of a row, as it comes back from a window store."""
        lose = None if self._rekeyed else loss(self._step, self.columns)
        return row if lose is None else f"{pipeline.bind(lose, 'lose')}({row})"

    @property
    def _rekeyed(self) -> bool:
        step = self._step
        return isinstance(step.below if isinstance(step, Projection) else step, Rekey)

    def _in_window(self, flow: Flow) -> Flow:
        """The record with the join's window: a key's bytes tell but the start, to which the reader adds a size of its own."""
        if self._window is None or self._window.size is None or flow.window is None:
            return flow
        start = flow.window.partition(",")[0]
        return flow.with_(window=f"{start}, {start} + {self._window.size}")

    def fragments(self, name: str, optional: bool) -> dict[str, Fragment]:
        """How the columns are read from the row ``name``, which may be missing if it is optional."""
        found = {}
        for i, column in enumerate(self.columns):
            code = f"(None if {name} is None else {name}[{i}])" if optional else f"{name}[{i}]"
            found[column.name] = Fragment(code, column.type)
        return found


class JoinedRows:
    """What goes into a join on either side, and how what comes out is read.

    Args:
        wanted: the columns that are read after the join; no others are carried through it.
    """

    def __init__(self, join: Join, wanted: frozenset[str]) -> None:
        self._join = join
        window = window_of(join)
        self._windowed = window is not None
        foreign = None
        if isinstance(join, ForeignKeyTableTableJoin):
            failure = f"Error calculating left join expression: `{sql(join.expression)}`."
            foreign = (join.expression, Purpose(join.context, "Left Join Expression", failure))
        self.left = Side(join.left, wanted, window, foreign)
        self.right = Side(join.right, wanted, window)

    def loop(self) -> tuple[str, tuple[str, ...]]:
        """The ``for`` line over joined records, and the names that it assigns."""
        if self._windowed:
            return "for (k, ws, we), l, r, t, h in entries:", ("k", "ws", "we", "l", "r", "t", "h")
        return "for k, l, r, t, h in entries:", ("k", "l", "r", "t", "h")

    def read(self) -> Flow:
        """How a joined record is read: either row may be missing, as the kind of the join allows."""
        join = self._join
        columns = self.left.fragments("l", join.kind in ("RIGHT", "FULL")) | self.right.fragments("r", join.kind != "INNER")
        columns = key_columns(join.schema, "k") | columns
        columns[ROWTIME] = Fragment("t", BIGINT, nullable=False)
        absent = None if isinstance(join, StreamStreamJoin) else "l is None and r is None"
        window = "ws, we" if self._windowed else None
        return Flow(join.schema, columns, "k", absent=absent, window=window, tracked=isinstance(join, TableTableJoin))


def _foreign_key(expression: Expression, purpose: Purpose, pipeline: Pipeline, flow: Flow) -> Fragment:
    name = pipeline.assign("foreign", "None")
    with pipeline.inside(f"not ({flow.absent or 'False'})"):
        found = pipeline.value(expression, flow.with_(absent=None), purpose, "part")
        pipeline.line(f"{name} = {found.code}")
    return Fragment(name, found.type)


def window_of(step: Step) -> WindowInfo | None:
    """The window of a side's key, or of a join's: that of its first source."""
    return first_source(step).source.key_format.window
