"""assert_table: what a topic amounts to, key by key."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from minisql.errors import InterfaceError
from minisql.runtime.flow import hashable
from minisql.testing.assertions.comparison import Pair, in_any_order
from minisql.testing.assertions.failure import check
from minisql.testing.assertions.found import Found
from minisql.testing.assertions.layout import Layout
from minisql.testing.assertions.observed import Observed
from minisql.testing.assertions.wanted import TOMBSTONE, Expectation, expectation, parts


def check_table(observed: Observed, rows: Any) -> None:
    """See ``KsqlConnection.assert_table``."""
    __tracebackhide__ = True
    layout = observed.layout
    expected = expected_rows(rows, layout)

    def compare(records: list[Found]) -> list[Pair]:
        return in_any_order(expected.rows, last_of_each_key(records, layout), layout, keyed=True)

    pairs = observed.settled(0, compare)
    check(f"table {observed.source}", "record", pairs, expected, layout, lambda: observed.reasons(pairs))


def last_of_each_key(records: Sequence[Found], layout: Layout) -> list[Found]:
    """The last record of each key, unless it is a tombstone, in the order in which the keys first came."""
    last: dict[Hashable, Found] = {}
    for record in records:
        key = tuple(record.cells.get(name) for name in layout.keys + layout.bounds)
        if any(part is not None for part in key):
            last[hashable(key)] = record
    return [record for record in last.values() if not record.deleted]


def expected_rows(given: Any, layout: Layout) -> Expectation:
    """The rows that a table is to have: of keys and rows in a dict, else as for a topic. Tombstones say what is clear.

    Raises:
        InterfaceError: they are in no such form.
    """
    if isinstance(given, Mapping):
        given = [{**_key(key, layout), **_row(row, layout)} for key, row in given.items() if row is not TOMBSTONE]
    expected = expectation(given, layout)
    return Expectation(expected.names, tuple(row for row in expected.rows if not row.deleted), expected.text)


def _key(given: Any, layout: Layout) -> dict[str, Any]:
    keys, bounds = layout.keys, layout.bounds
    if not bounds:
        return parts(given, keys, layout, "key")
    nested = isinstance(given, tuple) and bool(given) and isinstance(given[0], tuple)
    count = 1 if nested else len(keys)
    if not isinstance(given, tuple) or len(given) - count not in (1, 2):
        shape = ", ".join(keys) if len(keys) == 1 else f"({', '.join(keys)})"
        raise InterfaceError(f"a windowed key is ({shape}, start) or ({shape}, start, end), not {given!r}")
    key = given[0] if count == 1 else given[:count]
    return parts(key, keys, layout, "key") | dict(zip(bounds, given[count:], strict=False))


def _row(given: Any, layout: Layout) -> dict[str, Any]:
    if isinstance(given, Mapping) and all(layout.find(str(name)) for name in given):
        return {layout.resolve(str(name)): item for name, item in given.items()}
    if given is None and len(layout.values) != 1:
        raise InterfaceError("a row of several columns is a dict or a tuple; TOMBSTONE says that there is none")
    return parts(given, layout.values, layout, "value")
