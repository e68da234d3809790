"""Why a topic holds what it holds: the queries that wrote it, and the records of which they made what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from minisql.engine import Engine
from minisql.metastore import Source
from minisql.names import ROWTIME
from minisql.runtime.query import RUNNING, PersistentQuery, PushQuery, Query
from minisql.testing.assertions.comparison import Pair
from minisql.testing.assertions.diff import found_cells
from minisql.testing.assertions.found import Found, records_of
from minisql.testing.assertions.layout import layout_of
from minisql.testing.assertions.lineage import Lineage, Tracer, Untold
from minisql.testing.assertions.place import source_on
from minisql.testing.assertions.replay import Given, Made, Ref
from minisql.testing.assertions.wanted import Wanted

SHOWN = 8
"""How many records are shown in one list."""

WIDTH = 60
"""How much of a cell is shown there."""


def reasons_for(engine: Engine, topic: str, pairs: Sequence[Pair]) -> Iterator[str]:
    """Lines about a topic that is not as expected: its queries, where the first wrong record comes from, what is missing."""
    reasons = _Reasons(engine)
    writers = reasons.tracer.writers(topic)
    yield ""
    yield from reasons.written_by(topic, writers)
    if source_on(engine, topic) is None:
        yield "no source says what lies there: keys and values are bytes"
    if not writers:
        return
    wrong, missing = _first(pairs)
    if wrong is not None:
        number = wrong.index
        yield from reasons.origin("record", number, lambda: reasons.tracer.lineage(Ref(topic, number)))
    if missing is not None:
        yield from reasons.silence(writers, missing)
    yield from reasons.not_read(writers)


def reasons_for_rows(
    engine: Engine, source: Source | None, query: PushQuery | None, pairs: Sequence[Pair], rows: Sequence[Found]
) -> Iterator[str]:
    """Lines about rows that are not as expected.

    Args:
        source: where a pull query finds them.
        query: the push query that gave them.
        rows: all that it gave.
    """
    reasons = _Reasons(engine)
    wrong, missing = _first(pairs)
    if query is not None:
        if wrong is not None:
            number, values = wrong.index, [tuple(row.cells.values()) for row in rows]
            yield from reasons.origin("row", number, lambda: reasons.tracer.lineage_of_row(query, values, number))
        if missing is not None:
            yield from reasons.silence([query], missing)
        yield from reasons.not_read([query])
    elif source is not None:
        writers = reasons.tracer.writers(source.topic)
        yield from reasons.written_by(source.topic, writers)
        ref = None if wrong is None else reasons.record_of(source, wrong)
        if wrong is not None and ref is not None:
            yield from reasons.origin("row", wrong.index, lambda: reasons.tracer.lineage(ref))
        if missing is not None:
            yield from reasons.silence(writers, missing)
        yield from reasons.not_read(writers)


def _first(pairs: Sequence[Pair]) -> tuple[Found | None, Wanted | None]:
    """The first record that should not be as it is, and the first that is missing."""
    wrong = next((pair.found for pair in pairs if pair.found is not None and not pair.equal), None)
    return wrong, next((pair.wanted for pair in pairs if pair.found is None), None)


class _Reasons:
    """What is known of records, in words."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.tracer = Tracer(engine)

    def written_by(self, topic: str, writers: Sequence[PersistentQuery]) -> Iterator[str]:
        """The queries that write a topic."""
        if not writers:
            yield f"no query writes topic {topic}"
        for query in writers:
            yield f"written by {query.id}{_state(query)}:"
            yield from (f"    {line}" for line in query.sql.strip().splitlines())

    # -- a record that is there -----------------------------------------------------------------------

    def origin(self, noun: str, number: int, find: Callable[[], Lineage]) -> Iterator[str]:
        """Where a record or row comes from."""
        try:
            lineage = find()
        except Untold as reason:
            yield f"where {noun} {number} comes from cannot be told: {reason}"
            return
        if lineage.query is None:
            yield f"{noun} {number} was written by no query"
            return
        way = f", by way of {self._places(lineage.by_way_of)}" if lineage.by_way_of else ""
        yield f"{noun} {number} comes from {self._places(lineage.roots)}{way}"
        yield from self._listed(lineage.roots, {})
        yield from (f"    {query.id} said of {self.place(ref)}: {text}" for query, ref, text in lineage.notes)
        yield from (f"    this may not be all: {doubt}" for doubt in lineage.doubts)

    def record_of(self, source: Source, row: Found) -> Ref | None:
        """The record that a pull query's row of a table shows: the last with its key, if the row has it."""
        layout = layout_of(source)
        keys = layout.keys + layout.bounds
        if not source.is_table or not all(name in row.cells for name in keys):
            return None
        records = records_of(self._engine.broker.topic(source.topic), source, layout)
        same_key = [each.index for each in records if all(each.cells.get(name) == row.cells[name] for name in keys)]
        return Ref(source.topic, same_key[-1]) if same_key else None

    # -- a record that is missing -----------------------------------------------------------------------

    def silence(self, queries: Sequence[Query], missing: Wanted) -> Iterator[str]:
        """What of the input has given nothing; of that what has the same values, if some has."""
        for query in self._upstream(queries):
            try:
                replay = self.tracer.faithful(query)
            except Untold:
                continue
            silent = _silent(replay.given, replay.made)
            close = [ref for ref in silent if self._akin(ref, missing)] or list(silent)
            if close:
                yield f"{query.id} has made nothing of"
                yield from self._listed(close, silent)

    def _akin(self, ref: Ref, missing: Wanted) -> bool:
        """Whether a record has a key that the missing one is expected to have."""
        layout = layout_of(source_on(self._engine, ref.topic))
        shared = [name for name in layout.keys if name in missing.cells]
        cells = self._found(ref).cells
        return bool(shared) and all(missing.cells[name] == cells.get(name) for name in shared)

    # -- what has not been read ---------------------------------------------------------------------------

    def not_read(self, queries: Sequence[Query]) -> Iterator[str]:
        """Records that these queries, or those before them, have left out."""
        for query in self._upstream(queries):
            for name, start in query.starts.items():
                if start:
                    first, last = self.place(Ref(name, 0)), self.place(Ref(name, start - 1))
                    which = first if start == 1 else f"{first} to {last}"
                    yield f"{query.id} has not read {which}: {_began(query)}"

    def _upstream(self, queries: Sequence[Query]) -> list[Query]:
        """The queries, and those that write what they read, and so on."""
        found = list(queries)
        for query in found:
            for topic in query.source_topics:
                found += [each for each in self.tracer.writers(topic) if each not in found]
        return found

    # -- records in words -----------------------------------------------------------------------------------

    def place(self, ref: Ref) -> str:
        """A record as ``topic[partition]@offset``."""
        partition, offset = self._engine.broker.topic(ref.topic).placement(ref.number)
        return f"{ref.topic}[{partition}]@{offset}"

    def _places(self, refs: Sequence[Ref]) -> str:
        more = [f"{len(refs) - SHOWN} more"] if len(refs) > SHOWN else []
        return ", ".join([*map(self.place, refs[:SHOWN]), *more])

    def _found(self, ref: Ref) -> Found:
        source = source_on(self._engine, ref.topic)
        topic = self._engine.broker.topic(ref.topic)
        return records_of(topic, source, layout_of(source), ref.number, ref.number + 1)[0]

    def _record(self, ref: Ref) -> str:
        layout = layout_of(source_on(self._engine, ref.topic))
        names = (ROWTIME, *layout.usual)
        cells = found_cells(self._found(ref), names, layout)
        return ", ".join(f"{name} {_cut(cell)}" for name, cell in zip(names, cells, strict=True))

    def _listed(self, refs: Sequence[Ref], messages: Mapping[Ref, Sequence[str]]) -> Iterator[str]:
        for ref in refs[:SHOWN]:
            yield f"    {self.place(ref)}: {'; '.join([self._record(ref), *messages.get(ref, ())])}"
        if len(refs) > SHOWN:
            yield f"    ... {len(refs) - SHOWN} more"


def _silent(given: Sequence[Given], made: Sequence[Made]) -> dict[Ref, list[str]]:
    """What gave nothing, with what the processing log said of it.

    Without those inputs that never give anything themselves, as a stream's table in a join.
    """
    giving = {each.number for each, came in zip(given, made, strict=True) if came.entries}
    return {
        each.ref: came.messages
        for each, came in zip(given, made, strict=True)
        if not came.entries and (each.number in giving or not giving)
    }


def _state(query: PersistentQuery) -> str:
    """What is unusual about it."""
    if query.state == RUNNING:
        return ""
    return f" ({query.state}{'' if query.error is None else f': {query.error.message}'})"


def _began(query: Query) -> str:
    """Why a query has begun where it did."""
    if isinstance(query, PersistentQuery) and query.continues:
        return "it went on where the query that it replaced had stopped"
    return "the query is younger, and 'auto.offset.reset' was 'latest'"


def _cut(cell: str) -> str:
    return cell if len(cell) <= WIDTH else f"{cell[:WIDTH]}..."
