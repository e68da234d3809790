"""Whole scenarios: sources, queries of them, rows between, and questions at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from minisql.dialect import quoted_name
from minisql.errors import InterfaceError
from minisql.formats.python_values import from_python
from minisql.metastore import Source
from minisql.runtime.codecs import source_codec
from minisql.schema import Column, Namespace
from minisql.strategies.catalog import EMPTY, Catalog
from minisql.strategies.chances import Draw, count, happens, one_of
from minisql.strategies.creates import FORMATS
from minisql.strategies.refusals import refused
from minisql.strategies.rows import filled, within
from minisql.strategies.statements import (
    KINDS,
    Maker,
    create_stream,
    create_table,
    created_as,
    draft,
    insert_into,
    insertable,
    pull,
    queryable,
    selects,
)
from minisql.strategies.values import NULLS, column_values, few
from minisql.testing.differential import Produce, Query, Row, Scenario, Statement, Step


class State(NamedTuple):
    """How far a scenario has come: what is there, and the latest timestamp."""

    catalog: Catalog
    now: int = 0


class Options(NamedTuple):
    """What ``scenarios`` was asked for."""

    formats: Sequence[str]
    kinds: Collection[str]
    tombstones: bool
    errors: bool


@st.composite
def scenarios(
    draw: Draw,
    *,
    formats: Sequence[str] = FORMATS,
    queries: Collection[str] = KINDS,
    most: int = 12,
    tombstones: bool = False,
    errors: bool = False,
) -> Scenario:
    """Scenarios for ``minisql.testing.differential``: every statement is accepted where those before it have run.

    They begin with sources, go on with queries of them and rows for them in any order, and end with a pull query of each
    source that can be asked. They shrink to one source and few steps.

    Args:
        formats: of the topics of sources.
        queries: the kinds of queries: "filter", "group", "join", "partition", "explode".
        most: how many steps there are at most between the sources and the last questions.
        tombstones: whether keys of tables are deleted, which takes a backend that holds the topics.
        errors: whether some statements are refused.

    Raises:
        InterfaceError: there is no such kind of queries.
    """
    unknown = sorted(set(queries) - set(KINDS))
    if unknown:
        raise InterfaceError(f"there are no queries of the kind {', '.join(unknown)}, only {', '.join(KINDS)}")
    options = Options(formats, queries, tombstones, errors)
    state = State(EMPTY)
    steps: list[Step] = []
    for number in range(count(draw, 1, 3)):
        made = draw(draft(state.catalog, (create_stream, create_table) if number else (create_stream,), formats))
        steps, state = [*steps, Statement(made.sql)], state._replace(catalog=made.catalog)
    for _ in range(count(draw, 0, most)):
        step, state = draw(_step(state, options))
        steps.append(step)
    return Scenario((*steps, *_questions(state.catalog)))


@st.composite
def _step(draw: Draw, state: State, options: Options) -> tuple[Step, State]:
    """The next step, and how things are behind it."""
    if options.errors and happens(draw, 0.2):
        return _refused(draw, state)
    writable = state.catalog.writable()
    ways = [_row] * (6 if writable else 0) + [_query] * (3 if selects(state.catalog, options.kinds) else 0)
    ways += [_insert] * bool(insertable(state.catalog)) + [_question] * bool(queryable(state.catalog))
    return one_of(draw, ways or [_create])(draw, state, options)


def _refused(draw: Draw, state: State) -> tuple[Step, State]:
    text = draw(refused(state.catalog))
    return (Query if text.startswith("SELECT") else Statement)(text), state


def _create(draw: Draw, state: State, options: Options) -> tuple[Step, State]:
    return _made(draw, state, options, create_stream)


def _insert(draw: Draw, state: State, options: Options) -> tuple[Step, State]:
    return _made(draw, state, options, insert_into)


def _made(draw: Draw, state: State, options: Options, make: Maker) -> tuple[Step, State]:
    made = make(draw, state.catalog, options.formats)
    return Statement(made.sql), state._replace(catalog=made.catalog)


def _query(draw: Draw, state: State, options: Options) -> tuple[Step, State]:
    made = created_as(draw, state.catalog, options.kinds)
    return Statement(made.sql), state._replace(catalog=made.catalog)


def _question(draw: Draw, state: State, options: Options) -> tuple[Step, State]:
    return Query(pull(draw, state.catalog, options.formats).sql), state


def _questions(catalog: Catalog) -> list[Step]:
    """What is there in the end."""
    asked = [source for source in queryable(catalog) if source.key_format.window is None or source.key_format.window.size]
    return [Query(f"SELECT * FROM {quoted_name(source.name)};") for source in asked]


# -- rows ----------------------------------------------------------------------------------------


def _row(draw: Draw, state: State, options: Options) -> tuple[Step, State]:
    """A row whose key may have been there, mostly later than all before."""
    source = one_of(draw, state.catalog.writable())
    columns = (*source.schema.key, *source.schema.value)
    row = {column.name: _value(draw, source, column) for column in columns}
    time = state.now + count(draw, 0, 10)
    earlier = count(draw, 0, 30) if happens(draw, 0.2) else 0
    stamp = max(0, time - earlier)
    gone = options.tombstones and source.is_table and happens(draw, 0.3)
    step = _tombstone(source, row, stamp) if gone else Row.of(source.name, columns, row, stamp)
    return step, state._replace(now=max(state.now, stamp))


def _value(draw: Draw, source: Source, column: Column) -> Any:
    is_key = column.namespace is Namespace.KEY
    value = draw(few(column.type))
    other = (
        None
        if is_key and source.is_table
        else draw(column_values(column.type, NULLS, within(source, NULLS)))
        if happens(draw, 0.3)
        else value
    )
    return filled(source, column, value if other is None and is_key else other)


def _tombstone(source: Source, row: dict[str, Any], stamp: int) -> Step:
    parts = tuple(from_python(row[column.name], column.type) for column in source.schema.key)
    key = source_codec(source).key.to_json(parts if len(parts) > 1 else parts[0])
    return Produce(source.topic, key, None, stamp)
