"""DESCRIBE FUNCTION."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minisql.errors import KsqlError
from minisql.functions.parameter_types import text_of
from minisql.results import Entity
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.functions.function import Variant


def describe_function(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE FUNCTION name: its variants.

    Raises:
        KsqlError: there is no such function.
    """
    name = prepared.node.this.name
    function = engine.functions.find(name)
    if function is None:
        raise KsqlError(f"Can't find any functions with the name '{name}'")
    body = {
        "name": function.name,
        "description": function.description,
        "author": function.author,
        "version": function.version,
        "path": function.path,
        "functions": [_variant(variant) for variant in function.variants],
        "type": function.kind.upper(),
    }
    return Entity("describe_function", prepared.text, body)


def _variant(variant: Variant) -> dict[str, Any]:
    signature = variant.signature
    arguments = [
        {
            "name": parameter.name,
            "type": text_of(parameter.type),
            "description": "",
            "isVariadic": parameter.variadic,
        }
        for parameter in signature.parameters
    ]
    return {
        "arguments": arguments,
        "returnType": "ANY" if signature.returns is None else text_of(signature.returns),
        "description": variant.description,
        # The server still gives what 5.0 gave.
        "argumentTypes": [argument["type"] for argument in arguments],
    }
