"""A script's text to the texts of its statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect.failures import syntax_error
from minisql.dialect.parser import KsqlParser
from minisql.dialect.reading import TOO_LARGE
from minisql.dialect.tokenizer import tokenize
from minisql.errors import ParseError

T = TypeVar("T")


class StatementText(NamedTuple):
    """One statement of a script: its text with the closing ``;``, and where it starts in the script (1-based, offset 0-based)."""

    text: str
    line: int
    offset: int
    column: int


def parse_script(text: str) -> list[StatementText]:
    """The statements of ``text``, split at each ``;`` outside quotes and comments.

    A statement's text starts at its first word: blanks and comments before it are left out.
    A last statement without ``;`` is given as it is. Empty statements are kept, for ksqlDB refuses them.
    """
    found: list[StatementText] = []
    start: Token | None = None
    end = 0
    for token in tokenize(text):
        start, end = start or token, token.end + 1
        if token.token_type is TokenType.SEMICOLON:
            found.append(StatementText(text[start.start : end], start.line, start.start, start.col))
            start = None
    if start is not None:
        found.append(StatementText(text[start.start : end], start.line, start.start, start.col))
    return found


def read_script(text: str, read: Callable[[StatementText], T], test: bool = False) -> list[T]:
    """Each statement of ``text`` as ``read`` reads it.

    Raises:
        ParseError: of ``check_script``, if there is one; else what ``read`` raises.
    """
    try:
        return [read(statement) for statement in parse_script(text)]
    except ParseError:
        check_script(text, test)
        raise


def check_script(text: str, test: bool = False) -> None:
    """Refuse a script in which any statement breaks the grammar, as ksqlDB does before it looks closer at the first of them.

    ``test`` allows the statements of test files too.

    Raises:
        ParseError: with ksqlDB's message; the place is that in ``text``.
    """
    tokens = tokenize(text)
    begin = 0
    for index, token in enumerate(tokens, 1):
        if token.token_type is TokenType.SEMICOLON or index == len(tokens):
            _check(tokens[begin:index], text, tokens, test)
            begin = index


def _check(statement: list[Token], text: str, tokens: list[Token], test: bool) -> None:
    parser = KsqlParser()
    parser.test = test
    try:
        parser.read_text(statement, text, KsqlParser.read_statement)
    except ParseError:
        raise syntax_error(text, tokens, statement[-1]) from None
    except RecursionError:
        raise ParseError(TOO_LARGE) from None
