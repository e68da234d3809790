"""Statements that are refused, each for one reason."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from minisql.dialect import quoted_name
from minisql.metastore import Source
from minisql.strategies.catalog import Catalog
from minisql.strategies.chances import Draw, one_of

Refusal = Callable[[Source], str]
"""Gives a statement about a source that is refused."""


@st.composite
def refused(draw: Draw, catalog: Catalog) -> str:
    """A statement that is refused."""
    streams, tables = catalog.streams(), catalog.tables()
    found: list[tuple[list[Source], Refusal]] = [
        (list(catalog.sources.values()), make) for make in _OF_SOURCES for _ in range(bool(catalog.sources))
    ]
    found += [(streams, make) for make in _OF_STREAMS if streams] + [(tables, make) for make in _OF_TABLES if tables]
    writable = [each for each in catalog.writable() if each.schema.value]
    found += [(writable, make) for make in _OF_WRITABLE if writable]
    number: int = draw(st.integers(0, len(_ANYWHERE) + len(found) - 1))
    if number < len(_ANYWHERE):
        return _ANYWHERE[number].replace("{new}", catalog.free_name("N"))
    sources, make = found[number - len(_ANYWHERE)]
    return make(one_of(draw, sources))


_ANYWHERE: tuple[str, ...] = (
    "SELECT FROM WHERE;",
    "SELECT * FROM {new};",
    "CREATE STREAM {new};",
    "CREATE STREAM {new} (V INT);",
    "CREATE STREAM {new} (V INT) WITH (KAFKA_TOPIC='{new}', PARTITIONS=1);",
    "CREATE STREAM {new} (V INT) WITH (VALUE_FORMAT='JSON', PARTITIONS=1);",
    "CREATE STREAM {new} (V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='XML', PARTITIONS=1);",
    "CREATE STREAM {new} (V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', COLOUR='red', PARTITIONS=1);",
    "CREATE STREAM {new} (V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON');",
    "CREATE STREAM {new} (V INT, V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE STREAM {new} (V NUMBER) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE STREAM {new} (V DECIMAL(2, 3)) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE STREAM {new} (K INT PRIMARY KEY, V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE STREAM {new} (K MAP<STRING, INT> KEY, V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE STREAM {new} (V INT, W INT) WITH (KAFKA_TOPIC='{new}', VALUE_FORMAT='KAFKA', PARTITIONS=1);",
    "CREATE STREAM {new} (V ARRAY<INT>) WITH (KAFKA_TOPIC='{new}', VALUE_FORMAT='DELIMITED', PARTITIONS=1);",
    "CREATE STREAM {new} (ROWTIME BIGINT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE TABLE {new} (V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "CREATE TABLE {new} (K INT KEY, V INT) WITH (KAFKA_TOPIC='{new}', FORMAT='JSON', PARTITIONS=1);",
    "INSERT INTO {new} VALUES (1);",
    "DESCRIBE {new};",
    "DROP STREAM {new};",
    "DROP TABLE {new};",
    "TERMINATE {new};",
    "PAUSE {new};",
    "EXPLAIN {new};",
    "DROP TYPE {new};",
    "DESCRIBE FUNCTION {new};",
    "SET 'auto.offset.reset' = 'sometimes';",
)
"""Refused whatever there is; ``{new}`` is a name that no source has."""


def _select(items: str, rest: str = "") -> Refusal:
    """A push query: ``{n}`` is the source's name, ``{v}`` a column of it."""
    return _text(f"SELECT {items} FROM {{n}}{rest} EMIT CHANGES;")


def _text(pattern: str) -> Refusal:
    def make(source: Source) -> str:
        column = quoted_name((*source.schema.value, *source.schema.key)[0].name)
        other = "STREAM" if source.is_table else "TABLE"
        return str(pattern.format(n=quoted_name(source.name), v=column, kind=source.kind, other=other))

    return make


_OF_SOURCES: tuple[Refusal, ...] = (
    _select("NOWHERE"),
    _select("{v}", " WHERE NOWHERE = 1"),
    _select("{v}", " WHERE 1"),
    _select("{v}", " WHERE {v} = NULL"),
    _select("{v}", " WHERE ARRAY[1] = 1"),
    _select("NO_SUCH_FUNCTION({v})"),
    _select("GEO_DISTANCE(TRUE)"),
    _select("CAST(TRUE AS INT)"),
    _select("CAST(1 AS NUMBER)"),
    _select("'a' * 2"),
    _select("1 + TRUE"),
    _select("NULL"),
    _select("ARRAY[NULL]"),
    _select("ARRAY[1, TRUE]"),
    _select("CASE WHEN TRUE THEN 1 ELSE 'a' END"),
    _select("CASE WHEN 1 THEN 1 END"),
    _select("STRUCT(A := 1)->B"),
    _select("99999999999999999999"),
    _select("{v}", " GROUP BY {v}"),
    _select("COUNT(COUNT(*))", " GROUP BY {v}"),
    _select("ROWTIME, COUNT(*)", " GROUP BY {v}"),
    _select("COUNT(*)", " GROUP BY {v} HAVING ROWTIME = 1"),
    _select("{v}", " WINDOW TUMBLING (SIZE 1 SECOND)"),
    _text("SELECT {v} FROM {n} EMIT FINAL;"),
    _select("{n}.{v}", " JOIN {n} ON {v} = {v}"),
    _text("SELECT COUNT(*) FROM {n} GROUP BY {v};"),
    _text("SELECT ROWPARTITION FROM {n};"),
    _text("SELECT {v} FROM {n} PARTITION BY {v};"),
    _text("CREATE STREAM {n} (V INT) WITH (KAFKA_TOPIC='t', FORMAT='JSON', PARTITIONS=1);"),
    _text("CREATE {kind} N1 AS SELECT * FROM {n} LIMIT 1;"),
    _text("CREATE {other} N1 AS SELECT * FROM {n};"),
    _text("CREATE {kind} N1 AS SELECT {v} AS ROWTIME FROM {n};"),
    _text("CREATE {kind} N1 WITH (COLOUR='red') AS SELECT * FROM {n};"),
    _text("DROP {other} {n};"),
    _text("ALTER {kind} {n} ADD COLUMN {v} INT;"),
    _text("EXPLAIN SELECT NOWHERE FROM {n};"),
)

_OF_STREAMS: tuple[Refusal, ...] = (
    _select("EXPLODE(1)"),
    _select("EXPLODE(EXPLODE(ARRAY[ARRAY[1]]))"),
    _select("COUNT(*), EXPLODE(ARRAY[1])", " GROUP BY {v}"),
    _select("COUNT(*)", " WINDOW HOPPING (SIZE 1 SECOND, ADVANCE BY 2 SECONDS) GROUP BY {v}"),
)

_OF_TABLES: tuple[Refusal, ...] = (
    _select("*", " PARTITION BY {v}"),
    _select("EXPLODE(ARRAY[1])"),
    _select("MAX(1)", " GROUP BY {v}"),
    _text("INSERT INTO {n} SELECT * FROM {n};"),
)

_OF_WRITABLE: tuple[Refusal, ...] = (
    _text("INSERT INTO {n} ({v}) VALUES (1, 2);"),
    _text("INSERT INTO {n} (NOWHERE) VALUES (1);"),
    _text("INSERT INTO {n} ({v}) VALUES ({v});"),
    _text("INSERT INTO {n} (ROWPARTITION) VALUES (1);"),
    _text("INSERT INTO {n} ({v}) VALUES (CAST(TRUE AS INT));"),
)
