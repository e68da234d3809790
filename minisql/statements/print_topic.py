"""PRINT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.errors import BAD_REQUEST, SERVER_ERROR, KsqlError
from minisql.query_result import QueryResult
from minisql.runtime.print_topic import TopicPrinter
from minisql.schema import Column
from minisql.statements.prepared import Prepared
from minisql.types import STRING

if TYPE_CHECKING:
    from sqlglot import expressions as exp

    from minisql.broker import Topic
    from minisql.engine import Engine, Session
    from minisql.formats.guess import Reader


def print_topic(engine: Engine, session: Session, prepared: Prepared) -> QueryResult:
    """PRINT topic [FROM BEGINNING] [INTERVAL | SAMPLE n] [LIMIT n]: lines, of what there is and of what comes.

    Raises:
        KsqlError: there is no such topic, or INTERVAL is 0.
    """
    node = prepared.node
    topic = _topic(engine, node.this.name)
    interval = _number(node.args.get("interval") or node.args.get("sample"))
    if interval == 0:
        raise KsqlError("INTERVAL must be greater than one, but was: 0", SERVER_ERROR)
    beginning = node.args.get("beginning") or engine.properties(session).get("auto.offset.reset") == "earliest"
    limit = _number(node.args.get("limit"))
    printer = TopicPrinter(topic, 0 if beginning else topic.end, interval or 1, limit, _registered(engine))
    printer.start()
    return QueryResult("", (Column("LINE", STRING),), printer, statement=prepared.text)


def _registered(engine: Engine) -> dict[str, Reader]:
    """Readers of the formats that need a registry, where there is a schema in it."""
    if "schema_registry" not in vars(engine.metastore):
        return {}
    from minisql.formats.registered_text import registered_readers  # few topics have registered schemas

    return registered_readers(engine.metastore.schema_registry)


def _number(literal: exp.Literal | None) -> int | None:
    return None if literal is None else int(literal.this)


def _topic(engine: Engine, name: str) -> Topic:
    topic = engine.broker.topics.get(name)
    if topic is not None:
        return topic
    others = [f"\tprint {each};" for each in engine.broker.topics if each.lower() == name.lower()]
    raise KsqlError(
        f"Could not find topic '{name}', or the KSQL user does not have permissions to list the topic. "
        "Topic names are case-sensitive." + ("\nDid you mean:\n" + "\n".join(others) if others else ""),
        BAD_REQUEST,
    )
