"""A script's text to the texts of its statements."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect.failures import syntax_error
from minisql.dialect.parser import KsqlParser
from minisql.dialect.tokenizer import tokenize
from minisql.errors import ParseError


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


def check_script(text: str) -> None:
    """Refuse a script in which any statement breaks the grammar, as ksqlDB does before it runs the first of them.

    Raises:
        ParseError: with ksqlDB's message; the place is that in ``text``.
    """
    tokens = tokenize(text)
    begin = 0
    for index, token in enumerate(tokens, 1):
        if token.token_type is TokenType.SEMICOLON or index == len(tokens):
            parser = KsqlParser()
            try:
                parser.read_text(tokens[begin:index], text, KsqlParser.read_statement)
            except ParseError:
                raise syntax_error(text, tokens, token) from None
            begin = index
