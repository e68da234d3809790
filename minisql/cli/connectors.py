"""How DESCRIBE CONNECTOR is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.cli.console import Console

Entity = Mapping[str, Any]


def description(console: Console, entity: Entity) -> None:
    """DESCRIBE CONNECTOR."""
    status = entity["status"]
    state = status["connector"]
    console.pairs(
        [
            ("Name", status["name"]),
            ("Class", entity["connectorClass"]),
            ("Type", status["type"]),
            ("State", state["state"]),
            ("WorkerId", state["worker_id"]),
        ]
    )
    if state.get("trace"):
        console.pairs([("Trace", state["trace"])])
    _table(console, ["Task ID", "State", "Error Trace"], [[t["id"], t["state"], t.get("trace") or ""] for t in status["tasks"]])
    sources = [[source["name"], source["topic"], source["type"]] for source in entity["sources"]]
    _table(console, ["KSQL Source Name", "Kafka Topic", "Type"], sources)
    _table(console, ["Related Topics"], [[topic] for topic in entity["topics"]])


def _table(console: Console, headings: list[str], rows: list[list[Any]]) -> None:
    if rows:
        console.line()
        console.table(headings, rows)
