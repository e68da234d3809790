"""What the server answers to a request that it refuses."""

from __future__ import annotations

from typing import Any, NamedTuple

from minisql.errors import BAD_REQUEST, BAD_STATEMENT, SERVER_ERROR, BareError, KsqlError, UnsupportedError

QUERY_ENDPOINT = 40002
NOT_FOUND = 40400
NOT_IMPLEMENTED = 50100
"""minisql's own: ksqlDB would run the statement, minisql cannot yet."""

INTERNAL = (
    "The server encountered an internal error when processing the query. Please consult the server logs for more information."
)

_OF_STATEMENTS = frozenset((BAD_STATEMENT, QUERY_ENDPOINT, SERVER_ERROR, NOT_IMPLEMENTED))


class Refusal(NamedTuple):
    """An HTTP status and the body that goes with it."""

    status: int
    body: dict[str, Any]


def refusal(message: str, error_code: int = BAD_REQUEST, statement: str | None = None) -> Refusal:
    """The refusal of a request, or of one of its statements."""
    kind = "generic_error" if statement is None else "statement_error"
    body: dict[str, Any] = {"@type": kind, "error_code": error_code, "message": message}
    if statement is not None:
        body |= {"statementText": statement, "entities": []}
    return Refusal(error_code // 100, body)


def refusal_of(error: KsqlError, with_statement: bool = False) -> Refusal:
    """The refusal that stands for an error.

    Args:
        error: what the engine raised.
        with_statement: the streaming routes, unlike /ksql, add the statement to the message, and keep the server's own
            faults to themselves.
    """
    if with_statement and isinstance(error, BareError) and error.error_code == SERVER_ERROR:
        return refusal(INTERNAL, SERVER_ERROR)
    code = NOT_IMPLEMENTED if isinstance(error, UnsupportedError) else error.error_code
    statement = error.statement if code in _OF_STATEMENTS else None
    quotes = with_statement and statement is not None and error.quoted
    message = f"{error.message}\nStatement: {statement}" if quotes else error.message
    return refusal(message, code, statement)
