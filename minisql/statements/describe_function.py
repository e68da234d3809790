"""DESCRIBE FUNCTION."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.errors import BAD_REQUEST, KsqlError
from minisql.functions.describe import describe
from minisql.results import Entity
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def describe_function(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE FUNCTION name: its variants.

    Raises:
        KsqlError: there is no such function.
    """
    name = prepared.node.this.name
    function = engine.functions.find(name)
    if function is None:
        raise KsqlError(f"Can't find any functions with the name '{name}'", BAD_REQUEST)
    body = describe(function)
    for variant in body["functions"]:
        # What 5.0 answered; the server still gives it beside the arguments.
        variant["argumentTypes"] = [argument["type"] for argument in variant["arguments"]]
    return Entity("describe_function", prepared.text, body)
