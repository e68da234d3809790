"""What statements answer: the entities of the server's /ksql endpoint, key for key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from minisql.names import quote
from minisql.schema import Column, Namespace
from minisql.types import SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType


class Entity(NamedTuple):
    """One answer.

    Attributes:
        type: ksqlDB's ``@type``; empty for a statement that the server answers with nothing (SET, DEFINE, INSERT VALUES).
        statement: the text that the server shows for the statement.
        body: what is particular to the type, in the server's order.
        warnings: texts.
    """

    type: str
    statement: str
    body: Mapping[str, Any]
    warnings: tuple[str, ...] = ()

    @classmethod
    def nothing(cls, statement: str) -> Entity:
        """The answer of a statement for which the server's list has no entity."""
        return cls("", statement, {})

    @property
    def answered(self) -> bool:
        """Whether the server's list has an entity for it."""
        return bool(self.type)

    def to_dict(self) -> dict[str, Any]:
        """The entity as JSON."""
        warnings = [{"message": text} for text in self.warnings]
        return {"@type": self.type, "statementText": self.statement, **self.body, "warnings": warnings}

    def table(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Column names and rows, as ksqlDB's command line shows the entity."""
        from minisql.tables import entity_table

        return entity_table(self.type, self.body)


def command_status(
    statement: str,
    command: tuple[str, str, str],
    message: str,
    number: int,
    query_id: str | None = None,
    warnings: Iterable[str] = (),
) -> Entity:
    """The answer to a statement that changes something.

    Args:
        statement: the text that the server shows.
        command: type, entity and action of the command id: ``("stream", "`S`", "create")``.
        message: what was done.
        number: the command's sequence number.
        query_id: of the query that was started.
        warnings: deprecation notices.
    """
    body = {
        "commandId": "/".join(command),
        "commandStatus": {"status": "SUCCESS", "message": message, "queryId": query_id},
        "commandSequenceNumber": number,
    }
    return Entity("currentStatus", statement, body, tuple(warnings))


def created(
    statement: str,
    kind: str,
    name: str,
    message: str,
    number: int,
    query_id: str | None = None,
    warnings: Iterable[str] = (),
) -> Entity:
    """The answer to CREATE and to INSERT INTO ... SELECT: ``kind`` is "STREAM" or "TABLE", ``name`` the source's."""
    return command_status(statement, (kind.lower(), quote(name), "create"), message, number, query_id, warnings)


def warning(statement: str, message: str) -> Entity:
    """The answer to a statement that found nothing to do."""
    return Entity("warning_entity", statement, {"message": message})


def schema_info(kind: SqlType) -> dict[str, Any]:
    """A type as entities show it."""
    fields: list[dict[str, Any]] | None = None
    member: dict[str, Any] | None = None
    name = str(kind).partition("<")[0].partition("(")[0]
    if isinstance(kind, SqlStruct):
        fields = [{"name": field, "schema": schema_info(inner)} for field, inner in kind.fields]
    elif isinstance(kind, (SqlArray, SqlMap)):
        member = schema_info(kind.item if isinstance(kind, SqlArray) else kind.value)
    info: dict[str, Any] = {"type": name, "fields": fields, "memberSchema": member}
    if isinstance(kind, SqlDecimal):
        info["parameters"] = {"precision": kind.precision, "scale": kind.scale}
    return info


def field_info(column: Column) -> dict[str, Any]:
    """A column as entities show it."""
    info: dict[str, Any] = {"name": column.name, "schema": schema_info(column.type)}
    if column.header_key is not None:
        info["headerKey"] = column.header_key
    if column.namespace is not Namespace.VALUE:
        info["type"] = "KEY" if column.namespace is Namespace.KEY else "HEADER"
    return info
