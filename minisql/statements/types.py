"""CREATE TYPE and DROP TYPE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.codegen.datatypes import sql_type
from minisql.errors import KsqlError
from minisql.results import Entity, command_status
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def register_type(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """CREATE TYPE [IF NOT EXISTS] name AS type.

    Raises:
        KsqlError: the name is taken, or the type is made of one that there is not.
    """
    node, types = prepared.node, engine.metastore.types
    name = node.this.name
    kind = sql_type(node.args["kind"], types)
    known = types.get(name)
    if known is not None and not node.args.get("exists"):
        raise KsqlError(f"Cannot register custom type '{name}' since it is already registered with type: {known}")
    if known is None:
        types[name] = kind
        message = f"Registered custom type with name '{name}' and SQL type {kind}"
    else:
        message = f"{name} is already registered with type {known}"
    return command_status(prepared.text, ("type", name, "create"), message, next(engine.command_number))


def drop_type(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DROP TYPE [IF EXISTS] name; sources that were declared with it keep their columns.

    Raises:
        KsqlError: there is no such type.
    """
    node = prepared.node
    name = node.this.name
    known = engine.metastore.types.pop(name, None)
    if known is None and not node.args.get("exists"):
        raise KsqlError(f"Type {name} does not exist.")
    message = f"Type '{name}' does not exist" if known is None else f"Dropped type '{name}'"
    return command_status(prepared.text, ("type", name, "drop"), message, next(engine.command_number))
