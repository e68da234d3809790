"""What ``/ksql`` does with a text."""

from __future__ import annotations

from typing import Any

from minisql.engine import Engine, Session
from minisql.errors import KsqlError, UnsupportedError
from minisql.rest.refusal import Refusal, refusal_of
from minisql.rest.validation import validate
from minisql.results import Entity


def run_statements(engine: Engine, text: str, session: Session) -> list[dict[str, Any]]:
    """Run the statements of a text, once all of them have been found right; gives the server's list of entities.

    Raises:
        KsqlError: a statement is refused, or is a query, and none has taken effect; or, seldom, one has failed that was
            found right, and those before it have run.
    """
    results = engine.execute(text, session, validate)
    return [result.to_dict() for result in results if isinstance(result, Entity) and result.answered]


def ksql(engine: Engine, text: str, session: Session) -> list[dict[str, Any]] | Refusal:
    """The entities, or the refusal.

    Raises:
        UnsupportedError: ksqlDB would run it.
    """
    try:
        return run_statements(engine, text, session)
    except UnsupportedError:
        raise
    except KsqlError as error:
        return refusal_of(error)
