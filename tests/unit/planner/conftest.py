"""A metastore of plain sources, and a short way to plan a statement over it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlglot import expressions as exp

from minisql.analyzer.with_properties import SourceProperties
from minisql.dialect import nodes, parse
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.functions.registry import builtins
from minisql.metastore import Metastore, Source
from minisql.planner.plan import QueryPlan, plan_query
from minisql.planner.pull import PullPlan, plan_pull
from minisql.planner.sink import SinkRequest
from minisql.schema import schema_of
from minisql.types import BIGINT, DOUBLE, INTEGER, STRING, SqlArray, SqlDecimal, SqlStruct, SqlType

Columns = list[tuple[str, SqlType]]
Plan = Callable[..., QueryPlan]
Pull = Callable[[str], PullPlan]


def source(name: str, kind: str, key: Columns, value: Columns, window: WindowInfo | None = None) -> Source:
    key_format = KeyFormat(FormatInfo("KAFKA"), window=window)
    return Source(name, kind, schema_of(key, value), name.lower(), key_format, ValueFormat(FormatInfo("JSON")))


ADDRESS = SqlStruct((("TOWN", STRING), ("NR", INTEGER)))

SOURCES = [
    source("S", "STREAM", [("K", INTEGER)], [("V", INTEGER), ("W", STRING), ("ADDR", ADDRESS), ("NUMS", SqlArray(INTEGER))]),
    source("R", "STREAM", [("K", INTEGER)], [("V", INTEGER), ("X", STRING)]),
    source("NOKEY", "STREAM", [], [("V", INTEGER), ("P", DOUBLE)]),
    source("T", "TABLE", [("ID", INTEGER)], [("C", STRING), ("F", INTEGER)]),
    source("U", "TABLE", [("ID", INTEGER)], [("D", STRING)]),
    source("TWO", "TABLE", [("A", INTEGER), ("B", STRING)], [("C", STRING)]),
    source("NAMED", "TABLE", [("N", STRING)], [("C", BIGINT)]),
    source("WS", "STREAM", [("K", INTEGER)], [("V", INTEGER)], WindowInfo("TUMBLING", 1000)),
    source("WT", "TABLE", [("K", STRING)], [("V", INTEGER)], WindowInfo("TUMBLING", 1000)),
    source("SINK", "STREAM", [("K", INTEGER)], [("M", SqlDecimal(4, 2))]),
]


@pytest.fixture
def metastore() -> Metastore:
    return Metastore({each.name: each.with_(query_id="Q") if each.is_table else each for each in SOURCES})


@pytest.fixture
def plan(metastore: Metastore) -> Plan:
    """Plans SELECT ... EMIT, CREATE ... AS and INSERT INTO; keyword arguments are the configuration, ``_`` for ``.``."""

    def planned(sql: str, **config: str) -> QueryPlan:
        statement = parse(sql)
        query = statement if isinstance(statement, nodes.Query) else statement.args["query"]
        settings = {name.replace("_", "."): value for name, value in config.items()}
        return plan_query(query, metastore=metastore, functions=builtins(), config=settings, sink=request(statement))

    return planned


@pytest.fixture
def pull(metastore: Metastore) -> Pull:
    """Plans a pull query."""

    def planned(sql: str) -> PullPlan:
        query = parse(sql)
        assert isinstance(query, nodes.Query)
        return plan_pull(query, metastore=metastore, functions=builtins(), config={})

    return planned


def request(statement: exp.Expression) -> SinkRequest | None:
    """What a statement says of its sink."""
    if isinstance(statement, nodes.CreateAsSelect):
        kind = "TABLE" if isinstance(statement, nodes.CreateTableAs) else "STREAM"
        return SinkRequest(statement.this.this, kind, SourceProperties.of(statement.args.get("properties"), derived=True))
    if isinstance(statement, nodes.InsertInto):
        return SinkRequest(statement.this.this, "STREAM", create=False)
    return None
