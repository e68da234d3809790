"""ALTER STREAM and ALTER TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.codegen.datatypes import sql_type
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.results import Entity, command_status
from minisql.schema import Column, Schema
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def alter_source(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Add value columns to a declared source; queries that read it already keep the schema that they were planned with.

    Raises:
        KsqlError: no such source, one of another kind, one that a query or others write, or a column that there is.
    """
    node, types = prepared.node, engine.metastore.types
    name, kind = node.this.name, node.args["kind"]
    columns = [Column(option.this.name, sql_type(option.args["kind"], types)) for option in node.args["options"]]
    source = _alterable(engine.metastore.source(name), name, kind)
    schema = _extended(source.schema, columns)
    engine.forget(source)
    # The server appends the statement to those that made the source.
    text = f"{source.sql}\n{prepared.text}" if source.sql else prepared.text
    engine.metastore.sources[name] = source.with_(schema=schema, sql=text)
    message = f"{kind.capitalize()} {name} altered."
    return command_status(prepared.text, (kind.lower(), name, "alter"), message, next(engine.command_number))


def _alterable(source: Source | None, name: str, kind: str) -> Source:
    if source is None:
        raise KsqlError(f"Source {name} does not exist.")
    if source.read_only:
        word = kind.lower()
        raise KsqlError(f"Cannot alter {word} '{name}': ALTER operations are not supported on source {word}s.")
    if source.kind != kind:
        raise KsqlError(f"Incompatible data source type is {source.kind}, but statement was ALTER {kind}")
    if source.query_id is not None:
        raise KsqlError("ALTER command is not supported for CREATE ... AS statements.")
    return source


def _extended(schema: Schema, columns: list[Column]) -> Schema:
    names = {column.name for column in schema.value}
    for column in columns:
        if column.name in names:
            raise KsqlError(f"Cannot add column `{column.name}` to schema. A column with the same name already exists.")
        names.add(column.name)
    if names & {column.name for column in schema.key}:
        raise KsqlError("Schema contains duplicate column names")
    return Schema(schema.columns + tuple(columns))
