"""Text to a tree."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import expressions as exp
from sqlglot.tokenizer_core import Token

from minisql.dialect.parser import KsqlParser
from minisql.dialect.tokenizer import tokenize
from minisql.errors import ParseError

TOO_LARGE = (
    "Error processing statement: Statement is too large to parse. "
    "This may be caused by having too many nested expressions in the statement."
)
"""What ksqlDB says when its stack is too small for a statement."""


def parse(text: str, line: int = 1, column: int = 1, test: bool = False) -> exp.Expr:
    """One statement, with or without its closing ``;``: a ``nodes.Statement`` or a ``nodes.Query``.

    ``line`` and ``column`` say where the text starts in its script, for the places that errors tell.
    ``test`` allows the statements of test files too: ASSERT VALUES, ASSERT STREAM, RUN SCRIPT and so on.

    Raises:
        ParseError: with ksqlDB's message, when the text is not a statement of ksqlDB.
    """
    parser = KsqlParser()
    parser.test = test
    return read(parser, text, tokenize(text, line, column), KsqlParser.read_statement)


def parse_expression(text: str) -> exp.Expr:
    """One expression.

    Raises:
        ParseError: with ksqlDB's message, when the text is not an expression of ksqlDB.
    """
    return read(KsqlParser(), text, tokenize(text), KsqlParser.read_expression)


def read(parser: KsqlParser, text: str, tokens: list[Token], method: Callable[[KsqlParser], exp.Expr]) -> exp.Expr:
    """The tree of all ``tokens`` of ``text``, as a method of ``parser`` reads them."""
    try:
        return parser.read(tokens, text, method)
    except RecursionError:
        raise ParseError(TOO_LARGE) from None
