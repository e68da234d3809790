"""DEFINE, UNDEFINE and SHOW VARIABLES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.results import Entity, warning
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def define(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Give a variable its value; the server answers nothing."""
    session.variables[prepared.node.this] = prepared.node.args["value"]
    return Entity.nothing(prepared.text)


def undefine(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Forget a variable; a warning answers where there is none of this name."""
    name = prepared.node.this
    if name not in session.variables:
        return warning(prepared.text, f"Cannot undefine variable '{name}' which was never defined")
    del session.variables[name]
    return Entity.nothing(prepared.text)


def show_variables(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The session's variables."""
    found = [{"name": name, "value": value} for name, value in session.variables.items()]
    return Entity("variables", prepared.text, {"variables": found})
