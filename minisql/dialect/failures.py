"""How a text is refused, in ksqlDB's words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token

from minisql.errors import ParseError


def refusal(message: str, token: Token) -> ParseError:
    """The statement follows the grammar, yet ksqlDB does not take it."""
    return unprepared(message, token.line, token.col)


def unprepared(message: str, line: int | None = None, column: int | None = None) -> ParseError:
    """ksqlDB does not come as far as to a statement: its routes of rows do not quote one."""
    error = ParseError(f"Failed to prepare statement: {message}", line=line, column=column)
    error.quoted = False
    return error


def rejection(message: str, token: Token, statement: str | None = None) -> ParseError:
    """As ``refusal``, where ksqlDB says ``message`` and nothing before it, and may name a part as the statement."""
    return ParseError(message, statement=statement, line=token.line, column=token.col)


def bad_number(message: str, token: Token) -> ParseError:
    """A literal that no type of ksqlDB holds; ksqlDB counts the column of these one too far."""
    line, column = token.line, token.col + 1
    return unprepared(f"line {line}:{column}: {message}", line, column)


def syntax_error(text: str, tokens: Sequence[Token], stopped: Token, rule: str = "script") -> ParseError:
    """``text`` is no statement of ksqlDB's.

    Args:
        text: what was read.
        tokens: all of its tokens; where its last statement has no ``;``, one is taken to be there.
        stopped: the token at which the parser gave up, or one that is false: at the end.
        rule: "script" or "lone_expression".
    """
    from minisql.dialect.diagnosis import diagnose

    line, column, details = diagnose(text, tokens, stopped, rule)
    start = tokens[0].start if tokens else 0
    first = tokens[0].line - text.count("\n", 0, start) if tokens else 1
    source = text.split("\n")[line - first].rstrip("\r")
    message = f"line {line}:{column}: Syntax Error\n{details}"
    error = ParseError(message, statement=source, line=line, column=column)
    before = tokens[0].col - 1 - start if tokens and line == tokens[0].line == first else 0
    indent = column - 1 - before  # ``text`` may start within a line of its script
    error.add_note(f"{source}\n{' ' * indent}^")
    return error
