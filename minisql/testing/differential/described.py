"""A source as observations have it: what DESCRIBE says, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.testing.tenant.description import schema_text

_KEPT = ("type", "topic", "partitions", "replication", "keyFormat", "valueFormat", "windowType", "timestamp")


def described(entity: Mapping[str, Any]) -> dict[str, Any]:
    """The entity's facts that stay the same while time passes: its columns as one text, its queries by their ids."""
    facts = {name: entity[name] for name in _KEPT}
    queries = {name: [query["id"] for query in entity[name]] for name in ("readQueries", "writeQueries")}
    statement = {"sourceConstraints": list(entity["sourceConstraints"]), "statement": entity["statement"]}
    return {"schema": schema_text(entity["fields"]), **facts, **queries, **statement}
