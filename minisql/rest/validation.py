"""What ``/ksql`` looks at before the first statement of a request takes effect: ksqlDB's RequestValidator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.analyzer.prepare import prepared_query
from minisql.dialect import nodes
from minisql.engine import Engine, Session
from minisql.errors import KsqlError, ParseError
from minisql.rest.refusal import QUERY_ENDPOINT
from minisql.results import Entity
from minisql.statements.capacity import CapacityError
from minisql.statements.handlers import HANDLERS
from minisql.statements.lifecycle import is_transient
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.statements.handlers import Handler

_ELSEWHERE = "The following statement types should be issued to the websocket endpoint '/query':\n\t* PRINT\n\t* SELECT"


def validate(engine: Engine, text: str, script: list[Prepared], session: Session) -> None:
    """Try the statements of a request on a sandbox, so that nothing of them has happened when one is refused.

    A single statement needs no trial: whatever refuses it does so before it takes effect.

    Raises:
        KsqlError: a statement is refused, has no end, or is a query.
    """
    check_ended(text, script[-1].text if script else None)
    if len(script) == 1:
        if VALIDATORS[type(script[0].node)] is _refuse:
            _refuse(engine, session, script[0])
        return
    sandbox, session = engine.sandbox(VALIDATORS), session.copy()
    for prepared in script:
        try:
            sandbox.run_prepared(prepared, session)
        except CapacityError as error:
            raise error.about(text) from None


def check_ended(text: str, last: str | None) -> None:
    """Raises: ParseError: the last statement of a request has no ``;``."""
    if last is not None and not last.endswith(";"):
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
        message = f"line {line}:{column}: Syntax Error\nmissing ';' at '<EOF>'"
        raise ParseError(message, statement=text, line=line, column=column)


def _refuse(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    if isinstance(prepared.node, nodes.Query):
        prepared_query(prepared.node, engine.metastore)
    raise KsqlError(_ELSEWHERE, QUERY_ENDPOINT, prepared.text)


def _accept(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    return Entity.nothing(prepared.text)


def _terminate(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Push queries belong to no engine alone in ksqlDB, so whether there is one of that id shows when it is to end."""
    target = prepared.node.this
    if target is not None and is_transient(target.name):
        return _accept(engine, session, prepared)
    return HANDLERS[nodes.Terminate](engine, session, prepared)  # type: ignore[return-value]


def _create_connector(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """ConnectExecutor.validate compares with the connectors that there are, and adds none to them."""
    known = engine.connectors
    engine.connectors = None if known is None else dict(known)
    try:
        return HANDLERS[nodes.CreateConnector](engine, session, prepared)  # type: ignore[return-value]
    finally:
        engine.connectors = known


VALIDATORS: dict[type, Handler] = {
    **HANDLERS,
    nodes.Query: _refuse,
    nodes.PrintTopic: _refuse,
    nodes.Show: _accept,
    nodes.DescribeStreams: _accept,
    nodes.DescribeTables: _accept,
    nodes.DescribeConnector: _accept,
    nodes.DropConnector: _accept,
    nodes.AssertTopic: _accept,
    nodes.AssertSchema: _accept,
    nodes.AlterSystem: _accept,
    nodes.Terminate: _terminate,
    nodes.CreateConnector: _create_connector,
}
"""What is done in the sandbox with each class of statement: ksqlDB's CustomValidators, where they do less than to run it."""
