"""What a tenant made is taken away, and nothing else: everything that is dropped has the tenant's mark in its name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from minisql.dialect import quoted_name

if TYPE_CHECKING:
    from minisql.testing.tenant.engine import Tenant

KEPT = " DELETE TOPIC;", ";"
"""How a source is dropped; where its topic cannot be deleted, or is gone, without it."""


def take_away(tenant: Tenant) -> list[str]:
    """End a tenant's queries, drop its sources, topics and types; gives what would not go, and why."""
    for query in tenant.progress.running():
        # A query whose topic is gone takes minutes to end, in which the server does nothing else.
        tenant.attempt(f"TERMINATE {quoted_name(query['id'])};")
    failed = _drop_sources(tenant)
    failed += [_delete_topic(tenant, each["name"]) for each in tenant.own("TOPICS")]
    types = [each for each in tenant.ask("SHOW TYPES;")["types"] if tenant.naming.owns(each)]
    failed += [tenant.attempt(f"DROP TYPE {quoted_name(each)};") for each in types]
    return [each for each in failed if each]


def _drop_sources(tenant: Tenant) -> list[str]:
    """Drop what nothing is made of, until nothing is left or will go.

    What is still needed is not tried: ksqlDB deletes the topic before it refuses to drop the source.
    """
    failed: list[str] = []
    while left := tenant.own("STREAMS") + tenant.own("TABLES"):
        on_topic = Counter(each["topic"] for each in left)
        failed = [_drop(tenant, each, on_topic[each["topic"]] > 1) for each in left if not _constraints(tenant, each)]
        if all(failed):
            break
    return failed


def _constraints(tenant: Tenant, source: dict[str, Any]) -> list[str]:
    described = tenant.ask(f"DESCRIBE {quoted_name(source['name'])};")["sourceDescription"]
    constraints: list[str] = described["sourceConstraints"]
    return constraints


def _drop(tenant: Tenant, source: dict[str, Any], shared: bool) -> str:
    reason = ""
    for ending in KEPT[shared:]:
        reason = tenant.attempt(f"DROP {source['type']} {quoted_name(source['name'])}{ending}")
        if not reason:
            break
    return reason


def _delete_topic(tenant: Tenant, topic: str) -> str:
    """Delete a topic, which takes a stream on it for a moment."""
    stream = quoted_name(tenant.naming.unique("ENDS_A_TOPIC"))
    made = tenant.attempt(f"CREATE STREAM {stream} (V BYTES) WITH (KAFKA_TOPIC='{topic}', VALUE_FORMAT='KAFKA');")
    return made or tenant.attempt(f"DROP STREAM {stream} DELETE TOPIC;")
