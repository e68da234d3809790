"""The schemas that a case puts into the registry before its statements run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from minisql.analyzer.create_source import declaration, declared_source
from minisql.dialect import nodes, parse
from minisql.engine import Engine
from minisql.errors import KsqlError
from minisql.formats.registry import SchemaRegistry
from minisql.java import hash_order, string_hash
from minisql.metastore import Source
from minisql.statements.schemas import register
from minisql.testing.corpus.jackson import dumps

Node = Mapping[str, Any]

TYPES = {"AVRO": "AVRO", "PROTOBUF": "PROTOBUF", "JSON": "JSON", "JSON_SR": "JSON"}
SIDES = ("key", "value")
HIDDEN = 1_000_000
"""Ids from here on are those of schemas that the harness would not register."""


def register_all(engine: Engine, topics: list[Node], statements: Iterable[str], properties: Mapping[str, str]) -> None:
    """Register what ``topics`` of a test node say, and what its CREATE statements will say.

    The ids of schemas follow from the order: first those that are told, then topic by topic as Java's HashMap has them.
    """
    registry = engine.metastore.schema_registry
    registry.set_compatibility("NONE")
    for node in topics:
        for side in SIDES:
            if node.get(f"{side}SchemaId") is not None:
                _register(registry, node, side)
    given = {node["name"]: node for node in topics}
    declared = {source.topic: source for source in _declared(engine, statements, properties)}
    for name in hash_order(list({**given, **declared}), string_hash):
        for side in SIDES:
            if name in given:
                _register(registry, given[name], side)
        if name in declared:
            register(declared[name], anew=False)


def _declared(engine: Engine, statements: Iterable[str], properties: Mapping[str, str]) -> Iterable[Source]:
    """The sources that are created with columns; what is wrong shows later."""
    for text in statements:
        try:
            node = parse(text)
            if isinstance(node, nodes.CreateSource) and node.args.get("elements"):
                yield engine.metastore.with_subjects(declared_source(declaration(node, properties), {}, properties))
        except KsqlError:
            continue


def _register(registry: SchemaRegistry, node: Node, side: str) -> None:
    schema = node.get(f"{side}Schema") or (node.get("schema") if side == "value" else None)
    if schema is None:
        return
    id, subject = node.get(f"{side}SchemaId"), f"{node['name']}-{side}"
    uses = [_referred(registry, each, id is not None) for each in node.get(f"{side}SchemaReferences") or ()]
    type, text = _typed(schema, node.get(f"{side}Format") or node.get("format"))
    if id is None:
        registry.register(subject, text, type, uses)
    else:
        registry.place(id, subject, text, type, uses)


def _referred(registry: SchemaRegistry, node: Node, numbered: bool) -> dict[str, Any]:
    """A schema that another uses; its subject has its name.

    Unless the other has been given an id, the harness does not register it: it must not use up an id.
    """
    type, text = _typed(node["schema"], node.get("format"))
    if numbered:
        registry.register(node["name"], text, type)
    else:
        registry.place(HIDDEN + len(registry.subjects()), node["name"], text, type)
    return {"name": node["name"], "subject": node["name"], "version": 1}


def _typed(schema: Any, format: Any) -> tuple[str, str]:
    """Language and text; without a format it is Avro."""
    name = format.get("format") if isinstance(format, Mapping) else format
    type = TYPES[str(name or "AVRO").upper()]
    return type, schema if type == "PROTOBUF" else dumps(schema)


def same_schema(registry: SchemaRegistry, subject: str, schema: Any, format: Any) -> tuple[Any, Any]:
    """What is expected, and what is registered, in a form in which equal schemas are equal."""
    type, text = _typed(schema, format)
    scratch = SchemaRegistry()
    expected = scratch.parsed(scratch.register("expected", text, type))
    found = registry.parsed(registry.get_latest(subject).id)
    return (expected.type, _canonical(expected.text)), (found.type, _canonical(found.text))


def _canonical(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
