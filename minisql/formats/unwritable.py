"""Rows that a format has no bytes for."""

from __future__ import annotations

from minisql.errors import QueryError


class Unwritable(QueryError):
    """A row cannot be written: the query that made it dies.

    Args:
        reason: what ksqlDB tells of it.
        told: what minisql tells of it, where ksqlDB's reason says little.
    """

    def __init__(self, reason: str, told: str | None = None) -> None:
        super().__init__(f"Unable to serialize record. {told or reason}")
        self.reason = reason


def unwritable_text(topic: str, reason: str) -> str:
    """The text of ksqlDB's serializers (KsqlConnectSerializer)."""
    hint = "Hint: You probably forgot to add VALUE_SCHEMA_ID when creating the source."
    return f"Error serializing message to topic: {topic}. {reason}\n{hint}"
