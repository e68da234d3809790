"""What DESCRIBE FUNCTION and SHOW FUNCTIONS answer, in the server's words."""

from __future__ import annotations

from typing import Any

from minisql.functions.function import Function, Variant
from minisql.functions.parameter_types import text_of
from minisql.functions.refusals import listed
from minisql.functions.signature import Parameter

_TYPES = {"scalar": "SCALAR", "aggregate": "AGGREGATE", "table": "TABLE"}


def describe(function: Function) -> dict[str, Any]:
    """The body of a ``function_descriptions`` entity, without its ``@type`` and statement."""
    variants = {variant.signature: variant for variant in function.variants}
    return {
        "name": function.name,
        "description": function.description,
        "author": function.author,
        "version": function.version,
        "path": function.path,
        "functions": [_variant(variants[signature]) for signature in listed(function.signatures)],
        "type": _TYPES[function.kind],
    }


def summary(function: Function) -> dict[str, Any]:
    """An element of a ``function_names`` entity."""
    return {"name": function.name, "type": _TYPES[function.kind], "category": function.category}


def _variant(variant: Variant) -> dict[str, Any]:
    signature = variant.signature
    return {
        "arguments": [_argument(parameter) for parameter in signature.parameters],
        "returnType": text_of(signature.returns),
        "description": variant.description,
    }


def _argument(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "type": text_of(parameter.type),
        "description": "",
        "isVariadic": parameter.variadic,
    }
