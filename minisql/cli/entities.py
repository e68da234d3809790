"""How each kind of entity is printed: ``PRINTERS`` maps an entity's ``@type`` to a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from minisql.cli.console import Console
from minisql.deferred import Deferred
from minisql.tables import entity_table

Entity = Mapping[str, Any]


def print_entity(console: Console, entity: Entity) -> None:
    """Print an entity of the ``/ksql`` endpoint and its warnings; kinds that ksqlDB's CLI has no form for are JSON."""
    printer = PRINTERS.get(entity["@type"])
    if printer is None:
        console.line(json.dumps(entity, indent=2, default=str))
    else:
        printer(console, entity)
    for warning in entity.get("warnings", ()):
        console.line(f"WARNING: {warning['message']}")


def _table(footer: str | None = None) -> Callable[[Console, Entity], None]:
    def printer(console: Console, entity: Entity) -> None:
        console.table(*entity_table(entity["@type"], entity), footer)

    return printer


def _line(console: Console, entity: Entity) -> None:
    _, [(text,)] = entity_table(entity["@type"], entity)
    console.line(text)


def _functions(console: Console, entity: Entity) -> None:
    rows: list[list[str]] = []
    previous = None
    for function in sorted(entity["functions"], key=lambda each: (each["category"], each["name"])):
        if previous not in (None, function["category"]):
            rows.append([" ", " "])
        previous = function["category"]
        rows.append([function["name"], function["category"]])
    footer = "For detailed information about a function, run: DESCRIBE FUNCTION <Function Name>;"
    console.table(["Function Name", "Category"], rows, footer)


def _function(console: Console, entity: Entity) -> None:
    name = entity["name"].upper()
    console.line(f"{'Name':<12}: {name}")
    for label, key in (("Author", "author"), ("Version", "version")):
        if entity.get(key, "").strip():
            console.line(f"{label:<12}: {entity[key]}")
    console.wrapped(f"{'Overview':<12}: ", entity["description"])
    console.line(f"{'Type':<12}: {entity['type'].upper()}")
    console.line(f"{'Jar':<12}: {entity['path']}")
    console.line(f"{'Variations':<12}: ")
    for variation in entity["functions"]:
        _variation(console, name, variation)


def _variation(console: Console, name: str, variation: Entity) -> None:
    arguments = variation["arguments"]
    texts = [f"{each['name']} {each['type']}{'[]' if each['isVariadic'] else ''}".strip() for each in arguments]
    console.line(f"\n\t{'Variation':<12}: {name}({', '.join(texts)})")
    console.line(f"\t{'Returns':<12}: {variation['returnType']}")
    console.wrapped(f"\t{'Description':<12}: ", variation["description"])
    for argument in arguments:
        console.wrapped(f"\t{argument['name']:<12}: ", argument["description"])


PRINTERS: dict[str, Callable[[Console, Entity], None]] = {
    "currentStatus": _table(),
    "streams": _table(),
    "tables": _table(),
    "kafka_topics": _table(),
    "kafka_topics_extended": _table(),
    "queries": _table("For detailed information on a Query run: EXPLAIN <Query ID>;"),
    "properties": _table(),
    "function_names": _functions,
    "describe_function": _function,
    "type_list": _table(),
    "variables": _table(),
    "warning_entity": _table(),
    "terminate_query": _table(),
    "assert_topic": _line,
    "assert_schema": _line,
    "sourceDescription": Deferred("cli.descriptions.source_entity"),
    "source_descriptions": Deferred("cli.descriptions.source_list"),
    "queryDescription": Deferred("cli.descriptions.query_entity"),
    "query_descriptions": Deferred("cli.descriptions.query_list"),
    "connector_info": _table(),
    "drop_connector": _table(),
    "connector_list": _table(),
    "connector_plugins_list": _table(),
    "connector_description": Deferred("cli.connectors.description"),
}
