"""How DESCRIBE and EXPLAIN are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minisql.calendar import timestamp_text
from minisql.cli.console import Console
from minisql.statements.statistics import time_text
from minisql.tables import type_text

Description = Mapping[str, Any]


def source_entity(console: Console, entity: Description) -> None:
    """DESCRIBE name [EXTENDED]."""
    source(console, entity["sourceDescription"])


def source_list(console: Console, entity: Description) -> None:
    """DESCRIBE STREAMS, DESCRIBE TABLES, SHOW STREAMS EXTENDED."""
    for each in entity["sourceDescriptions"]:
        source(console, each)
        console.line()


def query_entity(console: Console, entity: Description) -> None:
    """EXPLAIN."""
    query(console, entity["queryDescription"])


def query_list(console: Console, entity: Description) -> None:
    """SHOW QUERIES EXTENDED."""
    for each in entity["queryDescriptions"]:
        query(console, each)
        console.line()


def source(console: Console, description: Description) -> None:
    """One stream or table."""
    console.pairs([("Name", description["name"])])
    if not description["extended"]:
        _fields(console, description, description["type"] == "TABLE")
        console.line("For runtime statistics and query details run: DESCRIBE <Stream,Table> EXTENDED;")
        return
    console.pairs([("Type", description["type"])])
    _topic(console, description)
    console.pairs([("Statement", description["statement"])])
    console.line()
    _fields(console, description, description["type"] == "TABLE")
    _constraints(console, description["sourceConstraints"])
    for operation, key in (("read", "readQueries"), ("write", "writeQueries")):
        _queries(console, description[key], f"Queries that {operation} from this {description['type']}")
    _statistics(console, description)
    console.line(f"(Statistics of the local KSQL server interaction with the Kafka topic {description['topic']})")
    _offsets(console, description["queryOffsetSummaries"])


def query(console: Console, description: Description) -> None:
    """One query."""
    console.pairs([("ID", description["id"]), ("Query Type", description["queryType"])])
    if description["statementText"]:
        console.pairs([("SQL", description["statementText"])])
    if description["ksqlHostQueryStatus"]:
        status = ", ".join(f"{host}={state}" for host, state in description["ksqlHostQueryStatus"].items())
        console.pairs([("Host Query Status", f"{{{status}}}")])
    console.line()
    _fields(console, description, False)
    _names(console, description["sources"], "Sources that this query reads from: ", "source")
    _names(console, description["sinks"], "Sinks that this query writes to: ", "sink")
    for title, key in (("Execution plan", "executionPlan"), ("Processing topology", "topology")):
        if description[key]:
            console.title(title, len(title))
            console.line(description[key])
    _overrides(console, description["overriddenProperties"])
    _errors(console, description["queryErrors"])


def _topic(console: Console, description: Description) -> None:
    topic = description["topic"]
    if description["partitions"]:
        topic += f" (partitions: {description['partitions']}, replication: {description['replication']})"
    console.pairs(
        [
            ("Timestamp field", description["timestamp"] or "Not set - using <ROWTIME>"),
            ("Key format", description["keyFormat"]),
            ("Value format", description["valueFormat"]),
            ("Kafka topic", topic),
        ]
    )


def _fields(console: Console, description: Description, table: bool) -> None:
    fields = description["fields"]
    if fields:
        window = description.get("windowType")
        console.table(["Field", "Type"], [[field["name"], _field_type(field, window, table)] for field in fields])


def _field_type(field: Description, window: str | None, table: bool) -> str:
    text = type_text(field["schema"])
    kind = field.get("type") or field.get("fieldType")
    if kind == "HEADER":
        key = field.get("headerKey")
        return f"{text:<16} " + ("(headers)" if key is None else f"(header('{key}'))")
    if kind == "KEY":
        return f"{text:<16} {'(primary key)' if table else '(key)'}" + (f" (Window type: {window})" if window else "")
    return text


def _constraints(console: Console, names: Sequence[str]) -> None:
    if names:
        console.title("Sources that have a DROP constraint on this source", 50)
        for name in names:
            console.line(name)


def _queries(console: Console, queries: Sequence[Description], title: str) -> None:
    if queries:
        console.title(title)
        for each in queries:
            single_line = each["queryString"].replace("\n", " ")
            console.line(f"{each['id']} ({each.get('state') or 'N/A'}) : {single_line}")
        console.line("\nFor query topology and execution plan please run: EXPLAIN <QueryId>")


def _statistics(console: Console, description: Description) -> None:
    found = description["clusterStatistics"] + description["clusterErrorStats"]
    if not found:
        console.title("Local runtime statistics", 24)
        console.line(f"{description['statistics']}\n{description['errorStats']}")
        return
    console.title("Runtime statistics by host", 25)
    found = sorted(found, key=lambda each: (each["host"], each["name"]))
    rows = [[each["host"], each["name"], f"{each['value']:10.0f}", time_text(each["timestamp"])] for each in found]
    console.table(["Host", "Metric", "Value", "Last Message"], rows)


def _offsets(console: Console, summaries: Sequence[Description]) -> None:
    if summaries:
        console.line("\nConsumer Groups summary:")
    for group in summaries:
        console.line()
        console.pairs([("Consumer Group", group["groupId"])])
        if not group["topicSummaries"]:
            console.line("<no offsets committed by this group yet>")
        for topic in group["topicSummaries"]:
            _topic_offsets(console, topic)


def _topic_offsets(console: Console, topic: Description) -> None:
    columns = ("partition", "logStartOffset", "logEndOffset", "consumerOffset")
    lags = [each["logEndOffset"] - each["consumerOffset"] for each in topic["offsets"]]
    rows = [[*(each[column] for column in columns), lag] for each, lag in zip(topic["offsets"], lags, strict=True)]
    console.line()
    console.pairs([("Kafka topic", topic["kafkaTopic"]), ("Max lag", max(lags, default=0))])
    console.line()
    console.table(["Partition", "Start Offset", "End Offset", "Offset", "Lag"], rows)


def _errors(console: Console, errors: Sequence[Description]) -> None:
    console.line()
    for error in errors:
        when = timestamp_text(error["timestamp"]).replace("T", " ").replace(".", ",")
        console.pairs([("Error Date", f"{when} (Z)"), ("Error Details", error["errorMessage"]), ("Error Type", error["type"])])


def _names(console: Console, names: Sequence[str], title: str, kind: str) -> None:
    if names:
        console.title(title)
        for name in names:
            console.line(name)
        console.line(f"\nFor {kind} description please run: DESCRIBE [EXTENDED] <{kind.title()}Id>")


def _overrides(console: Console, properties: Description) -> None:
    if properties:
        console.title("Overridden Properties", 21)
        console.table(["Property", "Value"], sorted(properties.items()))
