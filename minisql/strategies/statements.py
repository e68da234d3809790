"""Statements that what is there makes possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from minisql.connection import Connection
from minisql.dialect import quoted_name
from minisql.metastore import Metastore, Source
from minisql.names import ROWTIME
from minisql.schema import Namespace
from minisql.strategies.catalog import Catalog, RunningQuery, catalog_of, is_session
from minisql.strategies.chances import Draw, count, happens, one_of
from minisql.strategies.creates import FORMATS, created
from minisql.strategies.expressions import expression
from minisql.strategies.filters import columns_of, exploded, filtered, partitioned
from minisql.strategies.grouping import grouped
from minisql.strategies.joins import joined, pairs
from minisql.strategies.literals import literal_of
from minisql.strategies.predicates import comparison
from minisql.strategies.refusals import refused
from minisql.strategies.rows import filled, within
from minisql.strategies.scope import named
from minisql.strategies.selects import DEPTH, Select, scope_of, where
from minisql.strategies.values import NULLS, column_values, few
from minisql.types import SqlType


class Draft(NamedTuple):
    """A statement, and what is there once it has run."""

    sql: str
    catalog: Catalog


KINDS = ("filter", "group", "join", "partition", "explode")
"""The kinds of queries that CREATE ... AS and push queries are made of."""

Maker = Callable[[Draw, Catalog, Sequence[str]], Draft]
"""(draw, what is there, formats of new topics) -> a statement."""


def statements(
    place: Connection | Metastore | Catalog, /, *, invalid: bool = False, formats: Sequence[str] = FORMATS
) -> st.SearchStrategy[str]:
    """SQL statements, one at a time, each accepted by an engine that has what ``place`` has.

    They are CREATE STREAM and TABLE with and without AS SELECT, INSERT INTO, INSERT VALUES, pull and push queries, DESCRIBE,
    SHOW, EXPLAIN, DROP, and PAUSE, RESUME and TERMINATE of queries; they shrink to CREATE STREAM.

    Args:
        place: a connection in this process as it is now, or a metastore: then nothing is known of queries, and there is no
            INSERT INTO, DROP or TERMINATE.
        invalid: statements instead that are refused, for a reason each.
        formats: of the topics of new sources.

    Raises:
        InterfaceError: ``place`` is something else.
    """
    catalog = catalog_of(place)
    if invalid:
        return refused(catalog)
    ways = [way for way in WAYS if way.possible(catalog) and not (way.of_queries and isinstance(place, Metastore))]
    return draft(catalog, [way.make for way in ways for _ in range(way.weight)], formats).map(_sql)


def _sql(draft: Draft) -> str:
    return draft.sql


@st.composite
def draft(draw: Draw, catalog: Catalog, makers: Sequence[Maker], formats: Sequence[str] = FORMATS) -> Draft:
    """A statement by one of the makers."""
    return one_of(draw, makers)(draw, catalog, formats)


# -- sources and queries -------------------------------------------------------------------------


def create_stream(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """CREATE STREAM."""
    sql, source = created(draw, catalog, "STREAM", formats)
    return Draft(sql, catalog.with_source(source))


def create_table(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """CREATE TABLE."""
    sql, source = created(draw, catalog, "TABLE", formats)
    return Draft(sql, catalog.with_source(source))


def create_as(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """CREATE STREAM or TABLE AS SELECT."""
    return created_as(draw, catalog, KINDS)


def created_as(draw: Draw, catalog: Catalog, kinds: Collection[str]) -> Draft:
    """Likewise, a query of some kinds; there has to be a source for one."""
    select = one_of(draw, selects(catalog, kinds))(draw, catalog)
    name = catalog.free_name("Q")
    sink = select.sink(name, name)
    text = f"CREATE {sink.kind} {name} {select.properties}AS {select.text} EMIT {select.emit};"
    return Draft(text, catalog.with_source(sink, select.reads))


def insert_into(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """INSERT INTO ... SELECT: the sink's columns, from a stream that does not come of it."""
    sink, source = one_of(draw, insertable(catalog))
    scope = scope_of(columns_of(source))
    keyed = not sink.schema.key or tuple((each.name, each.type) for each in sink.schema.key) == tuple(
        (each.name, each.type) for each in source.schema.key
    )
    keys: list[str] = []
    for each in sink.schema.key:
        text = quoted_name(each.name) if keyed else draw(expression(scope, each.type, 1))
        keys.append(f"AS_VALUE({text})" if text in keys else text)
    items = [f"{text} AS {quoted_name(each.name)}" for text, each in zip(keys, sink.schema.key, strict=True)]
    for column in sink.schema.value:
        text = draw(expression(scope, column.type, DEPTH))
        items.append(f"{f'AS_VALUE({text})' if text in keys else text} AS {quoted_name(column.name)}")
    by = "" if keyed and len(sink.schema.key) == len(source.schema.key) else f" PARTITION BY {', '.join(keys) or 'NULL'}"
    text = f"INSERT INTO {quoted_name(sink.name)} SELECT {', '.join(items)} FROM {quoted_name(source.name)}"
    return Draft(f"{text}{where(draw, scope)}{by} EMIT CHANGES;", catalog.with_insert(sink.name, [source.name]))


def insertable(catalog: Catalog) -> list[tuple[Source, Source]]:
    """Sinks, and streams that do not come of them."""
    streams = catalog.streams()
    return [
        (sink, source)
        for sink in streams
        for source in streams
        if source.name not in catalog.below(sink.name) and not sink.read_only and not sink.schema.headers
    ]


def selects(catalog: Catalog, kinds: Collection[str] = KINDS) -> list[Callable[[Draw, Catalog], Select]]:
    """What makes the queries that there can be, of some kinds."""
    streams, tables = catalog.streams(), catalog.tables()
    countable = [each for each in (*streams, *tables) if each.value_format.info.format != "KAFKA"]
    found: dict[str, list[Callable[[Draw, Catalog], Select]]] = {
        "filter": [_on([*streams, *tables], filtered)] if streams or tables else [],
        "group": [_on(countable, grouped)] * 2 if countable else [],
        "join": [joined] * 2 if pairs(catalog) else [],
        "partition": [_on(streams, partitioned)] if streams else [],
        "explode": [_on(streams, exploded)] if streams else [],
    }
    return [make for kind in KINDS if kind in kinds for make in found[kind]]


def _on(sources: Sequence[Source], make: Callable[[Draw, Source], Select]) -> Callable[[Draw, Catalog], Select]:
    return lambda draw, catalog: make(draw, one_of(draw, sources))


# -- rows ----------------------------------------------------------------------------------------


def insert_values(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """INSERT INTO ... VALUES."""
    source = one_of(draw, catalog.writable())
    given: dict[str, str] = {}
    for column in (*source.schema.key, *source.schema.value):
        required = source.is_table and column.namespace is Namespace.KEY
        value = filled(source, column, draw(column_values(column.type, 0 if required else NULLS, within(source, NULLS))))
        given[quoted_name(column.name)] = literal_of(value, column.type)
    if happens(draw, 0.3):
        given[ROWTIME] = str(count(draw, 0, 100))
    names, texts = ", ".join(given), ", ".join(given.values())
    return Draft(f"INSERT INTO {quoted_name(source.name)} ({names}) VALUES ({texts});", catalog)


# -- queries that answer -------------------------------------------------------------------------


def pull(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """SELECT of what is there now: by key, or of all that meets a condition."""
    source = one_of(draw, queryable(catalog))
    columns = [*named(source.schema.key), *named(source.schema.value)]
    scope = scope_of(columns, interpreted=source.is_table)
    items = "*"
    if happens(draw, 0.5):
        kind = one_of(draw, scope.kinds)
        items = ", ".join(
            [*(text for text, _ in columns[: count(draw, 0, len(columns))]), f"{draw(expression(scope, kind, DEPTH))} AS X"]
        )
    limit = f" LIMIT {count(draw, 0, 3)}" if happens(draw, 0.2) else ""
    terms = _terms(draw, source)
    word = " AND " if is_session(source) else one_of(draw, (" AND ", " OR "))
    condition = f" WHERE {word.join(terms)}" if terms else ""
    return Draft(f"SELECT {items} FROM {quoted_name(source.name)}{condition}{limit};", catalog)


def _terms(draw: Draw, source: Source) -> list[str]:
    """What a pull query can ask: key columns against constants, windows, and comparisons of values; nothing else."""
    if is_session(source):
        return [f"{quoted_name(each.name)} = {_key_value(draw, each.type)}" for each in source.schema.key]
    terms: list[str] = []
    if happens(draw, 0.5):
        keys = [each for each in source.schema.key if str(each.type) in _LOOKED_UP]
        terms += [f"{quoted_name(each.name)} {_told(draw, each.type)}" for each in keys]
    if source.windowed and happens(draw, 0.3):
        terms.append(f"WINDOWSTART {one_of(draw, ('>=', '=', '<'))} {count(draw, 0, 60)}")
    if source.schema.value and happens(draw, 0.3):
        scope = scope_of(named(source.schema.value), interpreted=source.is_table)
        terms.append(comparison(draw, scope, lambda kind: draw(expression(scope, kind, 1))))
    return terms


_LOOKED_UP = ("INTEGER", "BIGINT", "STRING", "DOUBLE")


def _told(draw: Draw, kind: SqlType) -> str:
    """What a key column is compared with."""
    one, other = _key_value(draw, kind), _key_value(draw, kind)
    return one_of(draw, (f"= {one}", f"IN ({one}, {other})", f">= {one}"))


def _key_value(draw: Draw, kind: SqlType) -> str:
    return literal_of(draw(few(kind)), kind)


def queryable(catalog: Catalog) -> list[Source]:
    """What a pull query can ask; session windows give the rows of a key alone."""
    return [
        source
        for source in catalog.queryable()
        if not is_session(source) or all(str(each.type) in _LOOKED_UP for each in source.schema.key)
    ]


def push(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """SELECT ... EMIT CHANGES; ksqlDB has no LIMIT over table functions."""
    select = one_of(draw, selects(catalog))(draw, catalog)
    limit = f" LIMIT {count(draw, 1, 3)}" if happens(draw, 0.3) and "EXPLODE(" not in select.text else ""
    return Draft(f"{select.text} EMIT {select.emit}{limit};", catalog)


# -- statements about what is there --------------------------------------------------------------


def describe(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """DESCRIBE a source."""
    source = one_of(draw, list(catalog.sources.values()))
    return Draft(f"DESCRIBE {quoted_name(source.name)}{one_of(draw, ('', ' EXTENDED'))};", catalog)


def show(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """SHOW or LIST."""
    what = one_of(draw, ("STREAMS", "TABLES", "QUERIES", "TOPICS", "FUNCTIONS", "PROPERTIES", "TYPES", "VARIABLES"))
    return Draft(f"{one_of(draw, ('SHOW', 'LIST'))} {what};", catalog)


def explain(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """EXPLAIN a query that could run."""
    made = create_as(draw, catalog, formats)
    return Draft(f"EXPLAIN {made.sql}", catalog)


def drop(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """DROP a source that nothing needs."""
    source = one_of(draw, catalog.droppable())
    rest = {name: each for name, each in catalog.sources.items() if name != source.name}
    queries = tuple(query for query in catalog.queries if query.sink != source.name)
    text = f"DROP {source.kind} {one_of(draw, ('', 'IF EXISTS '))}{quoted_name(source.name)};"
    return Draft(text, catalog.with_(sources=rest, queries=queries))


def lifecycle(draw: Draw, catalog: Catalog, formats: Sequence[str]) -> Draft:
    """PAUSE, RESUME or TERMINATE a query."""
    query = one_of(draw, _own_queries(catalog))
    verb = one_of(draw, ("PAUSE", "RESUME", "TERMINATE"))
    if verb != "TERMINATE":
        return Draft(f"{verb} {query.id};", catalog)
    made = dict(catalog.made_of)
    if query.kind == "CREATE_AS" and query.sink:
        made[query.sink] = query.reads
    rest = tuple(each for each in catalog.queries if each.id != query.id)
    return Draft(f"TERMINATE {query.id};", catalog.with_(queries=rest, made_of=made))


def _own_queries(catalog: Catalog) -> list[RunningQuery]:
    return [query for query in catalog.queries if query.kind != "CREATE_SOURCE"]


class Way(NamedTuple):
    """A maker, what tells whether it can make a statement, and how often it does."""

    make: Maker
    possible: Callable[[Catalog], object]
    weight: int = 1
    of_queries: bool = False


WAYS: tuple[Way, ...] = (
    Way(create_stream, lambda catalog: True),
    Way(create_table, lambda catalog: True),
    Way(insert_values, Catalog.writable, 3),
    Way(create_as, selects, 4),
    Way(push, selects, 2),
    Way(pull, queryable, 2),
    Way(insert_into, insertable, 1, of_queries=True),
    Way(describe, lambda catalog: catalog.sources),
    Way(show, lambda catalog: True),
    Way(explain, selects),
    Way(drop, Catalog.droppable, 1, of_queries=True),
    Way(lifecycle, _own_queries, 1, of_queries=True),
)
"""The ways to a statement; ``of_queries``: it has to know all queries."""
