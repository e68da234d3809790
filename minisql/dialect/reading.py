"""Text to a tree."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import expressions as exp
from sqlglot.tokenizer_core import TokenType

from minisql.dialect.parser import KsqlParser
from minisql.dialect.tokenizer import tokenize
from minisql.errors import ParseError

_TOO_LARGE = (
    "Error processing statement: Statement is too large to parse. "
    "This may be caused by having too many nested expressions in the statement."
)


def parse(text: str) -> exp.Expr:
    """One statement, with or without its closing ``;``: a ``nodes.Statement`` or a ``nodes.Query``.

    Raises:
        ParseError: with ksqlDB's message, when the text is not a statement of ksqlDB.
    """
    return read(text, KsqlParser(), KsqlParser.read_statement)


def parse_expression(text: str) -> exp.Expr:
    """One expression.

    Raises:
        ParseError: with ksqlDB's message, when the text is not an expression of ksqlDB.
    """
    return read(text, KsqlParser(), KsqlParser.read_expression)


def read(text: str, parser: KsqlParser, method: Callable[[KsqlParser], exp.Expr]) -> exp.Expr:
    """The tree of the whole ``text``, as a method of ``parser`` reads it."""
    tokens = tokenize(text)
    if tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens.pop()
    try:
        return parser.read(tokens, text, method)
    except RecursionError:
        raise ParseError(_TOO_LARGE) from None
