"""Entities as tables: the columns and rows that ksqlDB's command line shows for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]
Body = Mapping[str, Any]


def entity_table(kind: str, body: Body) -> Table:
    """Column names and rows of the entity with this ``@type`` and body."""
    builder = _BUILDERS.get(kind)
    return ((), []) if builder is None else builder(body)


def type_text(schema: Body) -> str:
    """A type as the command line writes it: its STRING is ``VARCHAR(STRING)``.

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
        return f"STRUCT<{', '.join(field['name'] + ' ' + type_text(field['schema']) for field in schema['fields'])}>"
    if kind == "DECIMAL" and schema.get("parameters"):
        return "DECIMAL({precision}, {scale})".format(**schema["parameters"])
    return kind


def _message(body: Body) -> Table:
    return ("Message",), [(body["message"],)]


def _status(body: Body) -> Table:
    return ("Message",), [(body["commandStatus"]["message"].split("\n", 1)[0],)]


def _sources(title: str, key: str) -> Callable[[Body], Table]:
    def build(body: Body) -> Table:
        names = (title, "Kafka Topic", "Key Format", "Value Format", "Windowed")
        rows = [
            (item["name"], item["topic"], item["keyFormat"], item["valueFormat"], str(item["isWindowed"]).lower())
            for item in sorted(body[key], key=lambda each: str(each["name"]))
        ]
        return names, rows

    return build


def _queries(body: Body) -> Table:
    names = ("Query ID", "Query Type", "Status", "Sink Name", "Sink Kafka Topic", "Query String")
    return names, [_query(item) for item in body["queries"]]


def _query(item: Body) -> tuple[str, ...]:
    status = ",".join(f"{state}:{count}" for state, count in item["statusCount"].items())
    text = item["queryString"].replace("\n", " ")
    return item["id"], item["queryType"], status, ",".join(item["sinks"]), ",".join(item["sinkKafkaTopics"]), text


def _topics(body: Body) -> Table:
    rows = [(item["name"], str(len(item["replicaInfo"])), _replicas(item)) for item in body["topics"]]
    return ("Kafka Topic", "Partitions", "Partition Replicas"), rows


def _topics_extended(body: Body) -> Table:
    names = ("Kafka Topic", "Partitions", "Partition Replicas", "Consumers", "ConsumerGroups")
    rows = [
        (
            item["name"],
            str(len(item["replicaInfo"])),
            _replicas(item),
            str(item["consumerCount"]),
            str(item["consumerGroupCount"]),
        )
        for item in body["topics"]
    ]
    return names, rows


def _replicas(item: Body) -> str:
    sizes = item["replicaInfo"]
    if not sizes:
        return "0"
    return str(sizes[0]) if len(set(sizes)) == 1 else ", ".join(map(str, sizes))


def _functions(body: Body) -> Table:
    rows = [(item["name"], item["category"]) for item in body["functions"]]
    return ("Function Name", "Category"), sorted(rows)


def _function(body: Body) -> Table:
    rows = [(_variant(body["name"], item), item["returnType"], item["description"]) for item in body["functions"]]
    return ("Variation", "Returns", "Description"), rows


def _variant(name: str, item: Body) -> str:
    arguments = (f"{each['name']} {each['type']}{'[]' if each['isVariadic'] else ''}".strip() for each in item["arguments"])
    return f"{name}({', '.join(arguments)})"


def _types(body: Body) -> Table:
    return ("Type Name", "Schema"), sorted((name, type_text(schema)) for name, schema in body["types"].items())


def _variables(body: Body) -> Table:
    return ("Variable Name", "Value"), sorted((item["name"], item["value"]) for item in body["variables"])


def _properties(body: Body) -> Table:
    overwritten, defaults = set(body["overwrittenProperties"]), set(body["defaultProperties"])
    rows = [
        (
            item["name"],
            item["scope"],
            "SESSION" if item["name"] in overwritten else "" if item["name"] in defaults else "SERVER",
            "NULL" if item["value"] is None else item["value"],
        )
        for item in body["properties"]
    ]
    return ("Property", "Scope", "Default override", "Effective Value"), sorted(rows)


def _fields(description: Body) -> list[tuple[Any, ...]]:
    marks = {"KEY": "(key)" if description["type"] == "STREAM" else "(primary key)", "HEADER": "(headers)"}
    return [
        (field["name"], f"{type_text(field['schema'])} {marks.get(field.get('type', ''), '')}".rstrip())
        for field in description["fields"]
    ]


def _source(body: Body) -> Table:
    return ("Field", "Type"), _fields(body["sourceDescription"])


def _source_list(body: Body) -> Table:
    rows = [(item["name"], *field) for item in body["sourceDescriptions"] for field in _fields(item)]
    return ("Name", "Field", "Type"), rows


def _query_description(body: Body) -> Table:
    return ("Execution plan",), [(line,) for line in body["queryDescription"]["executionPlan"].splitlines()]


def _query_list(body: Body) -> Table:
    return ("Query ID", "Statement"), [(item["id"], item["statementText"]) for item in body["queryDescriptions"]]


def _terminated(body: Body) -> Table:
    return ("Message",), [(f'Terminated query "{body["queryId"]}"',)]


def _asserted_topic(body: Body) -> Table:
    return ("Message",), [(f"Topic {body['topicName']} {_existing(body)}.",)]


def _asserted_schema(body: Body) -> Table:
    subject = "" if body["subject"] is None else f" subject {body['subject']}"
    id = "" if body["id"] is None else f" id {body['id']}"
    return ("Message",), [(f"Schema with{subject}{id} {_existing(body)}.",)]


def _existing(body: Body) -> str:
    return "exists" if body["exists"] else "does not exist"


def _connector_created(body: Body) -> Table:
    return ("Message",), [(f"Created connector {body['info']['name']}",)]


def _connector_dropped(body: Body) -> Table:
    return ("Message",), [(f'Dropped connector "{body["connectorName"]}"',)]


def _connectors(body: Body) -> Table:
    rows = [(item["name"], _kind(item), item.get("className") or "", item.get("state") or "") for item in body["connectors"]]
    return ("Connector Name", "Type", "Class", "Status"), rows


def _plugins(body: Body) -> Table:
    rows = [(item["className"], _kind(item), item.get("version") or "") for item in body["connectorsPlugins"]]
    return ("Class", "Type", "Version"), rows


def _kind(connector: Body) -> str:
    return (connector.get("type") or "unknown").upper()


def _connector(body: Body) -> Table:
    status = body["status"]
    row = (status["name"], body["connectorClass"], status["type"], status["connector"]["state"])
    return ("Name", "Class", "Type", "State"), [row]


_BUILDERS: dict[str, Callable[[Body], Table]] = {
    "warning_entity": _message,
    "currentStatus": _status,
    "streams": _sources("Stream Name", "streams"),
    "tables": _sources("Table Name", "tables"),
    "queries": _queries,
    "kafka_topics": _topics,
    "kafka_topics_extended": _topics_extended,
    "function_names": _functions,
    "describe_function": _function,
    "type_list": _types,
    "variables": _variables,
    "properties": _properties,
    "sourceDescription": _source,
    "source_descriptions": _source_list,
    "queryDescription": _query_description,
    "query_descriptions": _query_list,
    "terminate_query": _terminated,
    "assert_topic": _asserted_topic,
    "assert_schema": _asserted_schema,
    "connector_info": _connector_created,
    "drop_connector": _connector_dropped,
    "connector_list": _connectors,
    "connector_plugins_list": _plugins,
    "connector_description": _connector,
}
