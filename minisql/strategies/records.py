"""Records of a source: keys that meet again, times that mostly rise, and what may go wrong with either."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from hypothesis import strategies as st

from minisql.connection import Connection
from minisql.engine import resolved_name
from minisql.errors import InterfaceError
from minisql.formats.python_values import from_python
from minisql.names import ROWTIME
from minisql.runtime.codecs import source_codec
from minisql.strategies.chances import Draw, several
from minisql.strategies.rows import columns_of
from minisql.strategies.sources import Columns, source_of
from minisql.strategies.values import NULLS


class SourceRecord(NamedTuple):
    """One record.

    Attributes:
        key: key columns by name; None where the record has no key.
        row: value columns by name; None for a tombstone.
        timestamp: milliseconds since the epoch.
    """

    key: dict[str, Any] | None
    row: dict[str, Any] | None
    timestamp: int


@st.composite
def records(
    draw: Draw,
    source: Columns,
    /,
    *,
    keys: int = 3,
    most: int = 10,
    start: int = 0,
    step: int = 20,
    out_of_order: int = 0,
    late: int = 0,
    tombstones: bool | None = None,
    null_keys: bool | None = None,
    nulls: float = NULLS,
    **columns: Any,
) -> list[SourceRecord]:
    """Lists of records for ``produce``; they shrink to few records of one key, one after the other.

    Args:
        source: as for ``rows``.
        keys: how many different keys there are at most.
        most: how many records there are at most.
        start: the least timestamp.
        step: how much time goes on from one record to the next on average, at most, in milliseconds.
        out_of_order: by how much some records are earlier than the latest before them, at most.
        late: some records are earlier by more than this, so that they miss a grace period of as much.
        tombstones: whether some records have no row; by default those of tables do.
        null_keys: whether some records have no key; by default those of streams do. Never for tables.
        nulls, columns: as for ``rows``.

    Raises:
        KsqlError: the text declares no columns.
        InterfaceError: the source has no such column.
    """
    found = source_of(source)
    key = columns_of(found, found.schema.key, 0 if found.is_table else nulls, columns)
    row = columns_of(found, found.schema.value, nulls, columns)
    without_row = found.is_table if tombstones is None else tombstones
    without_key = not found.is_table and null_keys is not False
    pool = draw(st.lists(key, min_size=1, max_size=keys))
    times = st.integers(0, max(most * step, 3 * late))
    drafts = st.tuples(times, st.integers(0, keys - 1), row, _FLAGS, _FLAGS, _FLAGS)
    made: list[SourceRecord] = []
    latest = start
    for time, number, values, way, keyless, gone in sorted(several(draw, drafts, 0, most), key=itemgetter(0)):
        timestamp = max(start, _earlier(way, time, latest - start, out_of_order, late) + latest) if way > 7 else start + time
        latest = max(latest, timestamp)
        chosen = None if without_key and keyless == 9 else pool[number % len(pool)]
        made.append(SourceRecord(chosen, None if without_row and gone > 7 else values, timestamp))
    return made


_FLAGS = st.integers(0, 9)


def _earlier(way: int, time: int, passed: int, out_of_order: int, late: int) -> int:
    """How much earlier than the latest one a record is that is not in its place, as a negative number."""
    if late and passed > late and (way == 9 or not out_of_order):
        return -late - 1 - time % (passed - late)
    return -(time % (out_of_order + 1))


def produce(connection: Connection, source: str, records: Iterable[SourceRecord]) -> None:
    """Write records to a source in the process, one by one.

    Args:
        connection: its engine has the source.
        source: its name, as in SQL.
        records: what ``records`` gives.

    Raises:
        InterfaceError: there is no such source, or a server has it.
        DataError: a record does not fit.
    """
    metastore = getattr(connection.engine, "metastore", None)
    found = None if metastore is None else metastore.source(resolved_name(source))
    if found is None:
        raise InterfaceError(f"there is no source {source} in this process")
    codec = source_codec(found).key
    for record in records:
        if record.row is not None:
            connection.insert(source, [{**(record.key or {}), **record.row, ROWTIME: record.timestamp}])
            continue
        parts = [from_python((record.key or {}).get(column.name), column.type) for column in found.schema.key]
        key = tuple(parts) if len(parts) > 1 else (parts[0] if parts else None)
        without = record.key is None or key is None
        connection.topic(found.topic).produce(None, None if without else codec.to_json(key), timestamp=record.timestamp)
