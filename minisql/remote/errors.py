"""From the server's refusals to the errors that an engine in the process raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.errors import KsqlError, OperationalError, ParseError, QueryError, StatementError, UnsupportedError
from minisql.rest.refusal import NOT_IMPLEMENTED


class ServerError(OperationalError):
    """The server could not be reached, or gave an answer that is not ksqlDB's; ``status`` is that of its answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


def error_of(body: Mapping[str, Any], *, streaming: bool = False) -> KsqlError:
    """The error that a refusal's body tells of; ``streaming``: of a route that adds the statement to the message."""
    code, statement = int(body.get("error_code", 0)), body.get("statementText")
    message = str(body.get("message", ""))
    if streaming and statement is not None:
        message = message.removesuffix(f"\nStatement: {statement}")
    if code == NOT_IMPLEMENTED:
        return UnsupportedError(message.removeprefix("minisql does not support ").removesuffix(" yet."), statement)
    if message.startswith("line ") and "Syntax Error" in message:
        return ParseError(message, code, statement)
    return StatementError(message, code, statement)


def failure_of(body: Mapping[str, Any]) -> QueryError:
    """The error of a query that died while its rows came."""
    return QueryError(str(body.get("message", "")), int(body.get("error_code", 0)))
