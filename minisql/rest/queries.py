"""The checks that the streaming routes make before they run a query, and what they answer instead of rows."""

from __future__ import annotations

import re

from minisql.dialect import StatementText, parse, read_script, substitute
from minisql.dialect.nodes import PrintTopic, Query
from minisql.engine import Engine, Session, located
from minisql.errors import BAD_REQUEST, BAD_STATEMENT, KsqlError, StatementError, UnsupportedError
from minisql.query_result import QueryResult
from minisql.rest.refusal import Refusal, refusal, refusal_of
from minisql.rest.validation import check_ended

Answer = QueryResult | Refusal


def query_stream(engine: Engine, text: str, session: Session) -> Answer:
    """What ``/query-stream`` does with a text: runs the one query or PRINT that it is.

    Raises:
        UnsupportedError: ksqlDB would run it.
    """
    known = engine.known(text, session)
    if known is not None:
        return known
    try:
        node = only_statement(text, session)
        if isinstance(node, PrintTopic) and not _topic_exists(engine, node.this.name):
            return refusal(f"Topic does not exist: {node.this.name}", BAD_STATEMENT)
        if not isinstance(node, (PrintTopic, Query)):
            raise StatementError("Neither a query nor a print statement", statement=text)
        return _run(engine, text, session)
    except UnsupportedError:
        raise
    except KsqlError as error:
        return refusal_of(error, with_statement=True)


def query(engine: Engine, text: str, session: Session) -> Answer:
    """What ``/query`` does with a text: it looks at the statement first, and words what it finds differently.

    Raises:
        UnsupportedError: ksqlDB would run it.
    """
    if not text.strip():
        return refusal('"ksql" field must be populated')
    known = engine.known(text, session)
    if known is not None:
        return known
    try:
        node = only_statement(text, session)
    except KsqlError as error:
        return refusal(_with_cause(error), BAD_STATEMENT, text)
    if not isinstance(node, (PrintTopic, Query)):
        # Java's class of any parsed statement: the server names it instead of the statement's.
        kind = "io.confluent.ksql.parser.KsqlParser$PreparedStatement"
        return refusal(f"Statement type `{kind}' not supported for this resource", BAD_REQUEST)
    try:
        return _run(engine, text, session)
    except UnsupportedError:
        raise
    except KsqlError as error:
        return refusal_of(error, with_statement=True)


def _with_cause(error: KsqlError) -> str:
    """Of a breach of the grammar ``/query`` tells the statement, and what the server would write into its log."""
    breach = re.match(r"line (\d+:\d+): Syntax Error", error.message)
    if breach is None:
        return error.message
    return f"{error.message}\nStatement: {error.statement}\nCaused by: line {breach[1]}: Syntax error at line {breach[1]}"


def only_statement(text: str, session: Session) -> object:
    """The tree of a text that is one statement.

    Raises:
        KsqlError: it is several, has no end, or is not ksqlDB's SQL.
    """
    script = read_script(text, lambda each: (each.text, _tree(each, session)))
    check_ended(text, script[-1][0] if script else None)
    if len(script) != 1:
        raise StatementError(f"Expected exactly one KSQL statement; found {len(script)} instead", statement=text)
    return script[0][1]


def _tree(statement: StatementText, session: Session) -> object:
    text = substitute(statement.text, session.variables) if "${" in statement.text else statement.text
    try:
        return parse(text, statement.line, statement.column)
    except KsqlError as error:
        raise located(error, text) from error.__cause__


def _topic_exists(engine: Engine, name: str) -> bool:
    """Whether a topic has that name in any case, which is how the server looks for it here."""
    return any(each.lower() == name.lower() for each in engine.broker.topics)


def _run(engine: Engine, text: str, session: Session) -> QueryResult:
    (result,) = engine.execute(text, session)
    assert isinstance(result, QueryResult)
    return result
