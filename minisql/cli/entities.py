"""How each kind of entity is printed: ``PRINTERS`` maps an entity's ``@type`` to a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minisql.cli.console import Console
from minisql.deferred import Deferred

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


def _status(console: Console, entity: Entity) -> None:
    console.table(["Message"], [[entity["commandStatus"]["message"].split("\n", 1)[0]]])


def _sources(kind: str, key: str) -> Callable[[Console, Entity], None]:
    def printer(console: Console, entity: Entity) -> None:
        headings = [f"{kind} Name", "Kafka Topic", "Key Format", "Value Format", "Windowed"]
        columns = ("name", "topic", "keyFormat", "valueFormat", "isWindowed")
        sources = sorted(entity[key], key=lambda source: str(source["name"]))
        console.table(headings, [[source[column] for column in columns] for source in sources])

    return printer


def _topics(console: Console, entity: Entity) -> None:
    rows = [[topic["name"], len(topic["replicaInfo"]), _replicas(topic["replicaInfo"])] for topic in entity["topics"]]
    console.table(["Kafka Topic", "Partitions", "Partition Replicas"], rows)


def _topics_extended(console: Console, entity: Entity) -> None:
    headings = ["Kafka Topic", "Partitions", "Partition Replicas", "Consumers", "ConsumerGroups"]
    rows = [
        [t["name"], len(t["replicaInfo"]), _replicas(t["replicaInfo"]), t["consumerCount"], t["consumerGroupCount"]]
        for t in entity["topics"]
    ]
    console.table(headings, rows)


def _replicas(replicas: Sequence[int]) -> str:
    return str(replicas[0]) if len(set(replicas)) == 1 else ", ".join(map(str, replicas)) or "0"


def _queries(console: Console, entity: Entity) -> None:
    headings = ["Query ID", "Query Type", "Status", "Sink Name", "Sink Kafka Topic", "Query String"]
    console.table(headings, map(_query_row, entity["queries"]), "For detailed information on a Query run: EXPLAIN <Query ID>;")


def _query_row(query: Entity) -> list[str]:
    status = ",".join(f"{state}:{count}" for state, count in query["statusCount"].items())
    sinks, topics = ",".join(query["sinks"]), ",".join(query["sinkKafkaTopics"])
    return [query["id"], query["queryType"], status, sinks, topics, query["queryString"].replace("\n", " ")]


def _properties(console: Console, entity: Entity) -> None:
    def row(definition: Entity) -> list[str]:
        name, value = definition["name"], definition["value"]
        override = "SERVER"
        if name in entity["overwrittenProperties"]:
            override = "SESSION"
        elif name in entity["defaultProperties"]:
            override = ""
        return [name, definition["scope"], override, "NULL" if value is None else str(value)]

    rows = sorted(map(row, entity["properties"]))
    console.table(["Property", "Scope", "Default override", "Effective Value"], rows)


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


def _types(console: Console, entity: Entity) -> None:
    console.table(["Type Name", "Schema"], sorted([name, type_text(schema)] for name, schema in entity["types"].items()))


def _variables(console: Console, entity: Entity) -> None:
    console.table(["Variable Name", "Value"], sorted([each["name"], each["value"]] for each in entity["variables"]))


def _message(console: Console, entity: Entity) -> None:
    console.table(["Message"], [[entity["message"]]])


def _terminated(console: Console, entity: Entity) -> None:
    console.table(["Message"], [[f'Terminated query "{entity["queryId"]}"']])


def _asserted_topic(console: Console, entity: Entity) -> None:
    console.line(f"Topic {entity['topicName']}{' exists' if entity['exists'] else ' does not exist'}.")


def _asserted_schema(console: Console, entity: Entity) -> None:
    subject = "" if entity["subject"] is None else f" subject {entity['subject']}"
    id = "" if entity["id"] is None else f" id {entity['id']}"
    console.line(f"Schema with{subject}{id}{' exists' if entity['exists'] else ' does not exist'}.")


def type_text(schema: Entity) -> str:
    """A type as ksqlDB's CLI names it: its STRING is ``VARCHAR(STRING)``.

    >>> type_text({"type": "ARRAY", "memberSchema": {"type": "STRING"}})
    'ARRAY<VARCHAR(STRING)>'
    """
    kind = str(schema["type"])
    if kind == "STRING":
        return "VARCHAR(STRING)"
    if kind == "ARRAY":
        return f"ARRAY<{type_text(schema['memberSchema'])}>"
    if kind == "MAP":
        return f"MAP<STRING, {type_text(schema['memberSchema'])}>"
    if kind == "STRUCT":
        return f"STRUCT<{', '.join(f'''{field['name']} {type_text(field['schema'])}''' for field in schema['fields'])}>"
    if kind == "DECIMAL" and schema.get("parameters"):
        return "DECIMAL({precision}, {scale})".format(**schema["parameters"])
    return kind


PRINTERS: dict[str, Callable[[Console, Entity], None]] = {
    "currentStatus": _status,
    "streams": _sources("Stream", "streams"),
    "tables": _sources("Table", "tables"),
    "kafka_topics": _topics,
    "kafka_topics_extended": _topics_extended,
    "queries": _queries,
    "properties": _properties,
    "function_names": _functions,
    "describe_function": _function,
    "type_list": _types,
    "variables": _variables,
    "warning_entity": _message,
    "terminate_query": _terminated,
    "assert_topic": _asserted_topic,
    "assert_schema": _asserted_schema,
    "sourceDescription": Deferred("cli.descriptions.source_entity"),
    "source_descriptions": Deferred("cli.descriptions.source_list"),
    "queryDescription": Deferred("cli.descriptions.query_entity"),
    "query_descriptions": Deferred("cli.descriptions.query_list"),
    "connector_info": Deferred("cli.connectors.created"),
    "drop_connector": Deferred("cli.connectors.dropped"),
    "connector_list": Deferred("cli.connectors.connectors"),
    "connector_plugins_list": Deferred("cli.connectors.plugins"),
    "connector_description": Deferred("cli.connectors.description"),
}
