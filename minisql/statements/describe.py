"""DESCRIBE of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.analyzer.sources import alternatives
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.results import Entity
from minisql.statements.descriptions import source_description, topic_warnings
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def describe(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE name [EXTENDED].

    Raises:
        KsqlError: there is no such source.
    """
    node = prepared.node
    name = node.this.name
    source = engine.metastore.source(name)
    if source is None:
        raise KsqlError(f"Could not find STREAM/TABLE '{name}' in the Metastore{alternatives(name, engine.metastore)}")
    described = source_description(engine, source, bool(node.args.get("extended")))
    return Entity("sourceDescription", prepared.text, {"sourceDescription": described}, topic_warnings(engine, [source]))


def describe_streams(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE STREAMS [EXTENDED]."""
    return _describe_all(engine, prepared, "STREAM")


def describe_tables(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE TABLES [EXTENDED]."""
    return _describe_all(engine, prepared, "TABLE")


def _describe_all(engine: Engine, prepared: Prepared, kind: str) -> Entity:
    chosen = [source for source in engine.metastore.sources.values() if source.kind == kind]
    return source_descriptions(engine, prepared, chosen, bool(prepared.node.args.get("extended")))


def source_descriptions(engine: Engine, prepared: Prepared, sources: list[Source], extended: bool) -> Entity:
    """Several sources as DESCRIBE STREAMS and SHOW STREAMS EXTENDED show them."""
    described = [source_description(engine, source, extended) for source in sources]
    return Entity("source_descriptions", prepared.text, {"sourceDescriptions": described}, topic_warnings(engine, sources))
