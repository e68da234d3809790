"""DESCRIBE of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.analyzer.sources import alternatives
from minisql.errors import KsqlError
from minisql.results import Entity
from minisql.statements.descriptions import source_description
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
    return Entity("sourceDescription", prepared.text, {"sourceDescription": described})


def describe_streams(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE STREAMS [EXTENDED]."""
    return _describe_all(engine, prepared, "STREAM")


def describe_tables(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE TABLES [EXTENDED]."""
    return _describe_all(engine, prepared, "TABLE")


def _describe_all(engine: Engine, prepared: Prepared, kind: str) -> Entity:
    extended = bool(prepared.node.args.get("extended"))
    chosen = [source for source in engine.metastore.sources.values() if source.kind == kind]
    described = [source_description(engine, source, extended) for source in chosen]
    return Entity("source_descriptions", prepared.text, {"sourceDescriptions": described})
