"""What a connection to a server has in place of an engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from minisql.config import canonical, check_known
from minisql.dialect import StatementText, parse, parse_script, substitute
from minisql.dialect.nodes import Define, RunScript, SetProperty, Undefine, UnsetProperty
from minisql.engine import Result, Session, canonical_all
from minisql.errors import DataError, InterfaceError, KsqlError
from minisql.query_result import QueryResult
from minisql.remote.client import RemoteClient
from minisql.remote.feed import RemoteFeed
from minisql.remote.values import columns_of, row_reader, rows_columns
from minisql.rest.text import text_of
from minisql.results import Entity
from minisql.statements.prepared import Prepared
from minisql.statements.scripts import run_script
from minisql.statements.variables import define, undefine

if TYPE_CHECKING:
    from minisql.remote.faults import RemoteFaults

QUERIES = ("SELECT", "PRINT")
LOCAL = ("SET", "UNSET", "DEFINE", "UNDEFINE", "RUN")
"""First words of the statements that ksqlDB's own command line runs by itself; scripts lie on this side."""


class RemoteEngine:
    """Sends statements one by one; what a session has SET and DEFINEd stays here.

    Args:
        url: where the server is.
    """

    def __init__(self, url: str) -> None:
        self.client = RemoteClient(url)
        self.url = url
        self._feed: Callable[..., RemoteFeed] = RemoteFeed

    def execute(self, text: str, session: Session) -> list[Result]:
        """Run a script.

        Raises:
            KsqlError: a statement is refused; those before it have run.
            ServerError: there is no server.
        """
        return [self.run(each, session) for each in parse_script(text)]

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """The entities with which the server answers to a text as a whole; what it SETs and DEFINEs holds here too.

        Raises:
            KsqlError: a statement is refused.
            ServerError: there is no server.
        """
        entities = self.client.ksql(text, _properties(session), session.variables)
        for statement in parse_script(text):
            if first_word(statement.text) in LOCAL:
                self.run(statement, session)
        return entities

    def run(self, statement: StatementText, session: Session) -> Result:
        """Run one statement.

        Raises:
            KsqlError: it is refused.
            ServerError: there is no server.
        """
        text = substitute(statement.text, session.variables) if "${" in statement.text else statement.text
        text = text if text.endswith(";") else f"{text};"  # a server asks for it
        word = first_word(text)
        if word in LOCAL:
            node = parse(text, test=session.directory is not None)
            return self._run_here(Prepared(text, node, statement.line, statement.column), session)
        properties = _properties(session)
        if word in QUERIES:
            return self._query(text, properties)
        entities = self.client.ksql(text, properties)
        return _entity(text, entities[-1]) if entities else Entity.nothing(text)

    def _run_here(self, prepared: Prepared, session: Session) -> Result:
        run = _LOCALLY.get(type(prepared.node))
        if run is None:
            raise KsqlError(f"Unknown statement: {prepared.text}")
        return run(self, session, prepared)

    def _query(self, text: str, properties: dict[str, str]) -> QueryResult:
        if first_word(text) == "PRINT":
            raise InterfaceError("PRINT through a connection to a server: its answer does not say which rows are records")
        answer = self.client.query(text, properties)
        columns = rows_columns(columns_of(answer.header["schema"]))
        query_id, read = answer.header["queryId"], row_reader(columns)
        if "EMIT" in text.upper().split():
            return QueryResult(query_id, columns, self._feed(answer, read), statement=text)
        try:
            elements = list(answer.elements())
        finally:
            answer.close()
        rows = [read(each["row"]["columns"]) for each in elements if "row" in each]
        reached = any(each.get("finalMessage") == "Limit Reached" for each in elements)
        return QueryResult(query_id, columns, None, rows, reached, text)

    def insert(self, name: str, rows: list[Any]) -> int:
        """Write rows, which are dicts.

        Raises:
            KsqlError: the server refuses one.
            DataError: a row is no dict, or has a ROWTIME, which the server's route does not know.
        """
        for row in rows:
            if not isinstance(row, dict):
                raise DataError("a server takes rows as dicts")
            if any(str(column).upper() == "ROWTIME" for column in row):
                raise DataError("a server's insert stream takes no ROWTIME: use INSERT INTO ... VALUES")
        self.client.insert(name, ({str(column): _json(value) for column, value in row.items()} for row in rows))
        return len(rows)

    @cached_property
    def faults(self) -> RemoteFaults:
        """What goes wrong on purpose, if the server is minisql's own."""
        from minisql.remote.faults import RemoteFaults  # most programs do without

        return RemoteFaults(self.client)

    def close(self) -> None:
        """Close the connection."""
        self.client.close()

    def __getattr__(self, name: str) -> NoReturn:
        raise InterfaceError(f"{self.url} is reached through its REST API, which gives no {name}")


def first_word(text: str) -> str:
    return text.split(None, 1)[0].upper() if text.strip() else ""


def _properties(session: Session) -> dict[str, str]:
    return {**session.properties, **canonical_all(session.overrides)}


def _json(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray)):
        import base64

        return base64.b64encode(value).decode()
    return value if isinstance(value, (str, int, float, list, dict, type(None))) else text_of(str(value))[1:-1]


def _entity(text: str, body: dict[str, Any]) -> Entity:
    warnings = tuple(each.get("message", "") for each in body.get("warnings") or ())
    rest = {name: value for name, value in body.items() if name not in ("@type", "statementText", "warnings")}
    return Entity(body.get("@type", ""), body.get("statementText", text), rest, warnings)


def _set(engine: Any, session: Session, prepared: Prepared) -> Entity:
    check_known(prepared.node.this)
    session.properties[canonical(prepared.node.this)] = prepared.node.args["value"]
    return Entity.nothing(prepared.text)


def _unset(engine: Any, session: Session, prepared: Prepared) -> Entity:
    check_known(prepared.node.this)
    session.properties.pop(canonical(prepared.node.this), None)
    return Entity.nothing(prepared.text)


_LOCALLY: dict[type, Callable[[Any, Session, Prepared], Result]] = {
    SetProperty: _set,
    UnsetProperty: _unset,
    Define: define,
    Undefine: undefine,
    RunScript: run_script,
}
