"""What ``/ksql`` does with a text."""

from __future__ import annotations

from typing import Any

from minisql.dialect import parse_script
from minisql.dialect.nodes import PrintTopic, Query
from minisql.engine import Engine, Session
from minisql.errors import KsqlError
from minisql.rest.refusal import QUERY_ENDPOINT, Refusal, refusal_of
from minisql.results import Entity

_ELSEWHERE = "The following statement types should be issued to the websocket endpoint '/query':\n\t* PRINT\n\t* SELECT"


def run_statements(engine: Engine, text: str, session: Session) -> list[dict[str, Any]]:
    """Run the statements of a text; gives the server's list of entities.

    Raises:
        KsqlError: a statement is refused, or is a query.
    """
    with engine.lock:
        for statement in parse_script(text):
            node = engine.parse(statement).node if _may_query(statement.text) else None
            if isinstance(node, (Query, PrintTopic)):
                raise KsqlError(_ELSEWHERE, QUERY_ENDPOINT, statement.text)
        results = engine.execute(text, session)
    return [result.to_dict() for result in results if isinstance(result, Entity) and result.answered]


def _may_query(text: str) -> bool:
    return text[:6].upper() == "SELECT" or text[:5].upper() == "PRINT"


def ksql(engine: Engine, text: str, session: Session) -> list[dict[str, Any]] | Refusal:
    """The entities, or the refusal."""
    try:
        return run_statements(engine, text, session)
    except KsqlError as error:
        return refusal_of(error)
