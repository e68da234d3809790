"""How the text of a statement is refused, in ksqlDB's words."""

from __future__ import annotations

from sqlglot.tokenizer_core import Token

from minisql.errors import ParseError


def refusal(message: str, token: Token) -> ParseError:
    """The statement follows the grammar, yet ksqlDB does not take it."""
    return ParseError(f"Failed to prepare statement: {message}", line=token.line, column=token.col)


def rejection(message: str, token: Token) -> ParseError:
    """As ``refusal``, where ksqlDB says ``message`` and nothing before it."""
    return ParseError(message, line=token.line, column=token.col)


def bad_number(message: str, token: Token) -> ParseError:
    """A literal that no type of ksqlDB holds; ksqlDB counts the column of these one too far."""
    line, column = token.line, token.col + 1
    return ParseError(f"Failed to prepare statement: line {line}:{column}: {message}", line=line, column=column)


def syntax_error(text: str, token: Token, expected: str) -> ParseError:
    """``token`` (none: the text's end) does not belong where it stands."""
    line, column, found = _place(text, token)
    details = f"Expecting {expected}" if expected else f"Syntax error at or near '{found}' at line {line}:{column}"
    error = ParseError(f"line {line}:{column}: Syntax Error\n{details}", line=line, column=column)
    lines = text.split("\n")
    source = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    error.add_note(f"{source}\n{' ' * (column - 1)}^")
    return error


def _place(text: str, token: Token) -> tuple[int, int, str]:
    if token:
        return token.line, token.col, text[token.start : token.end + 1]
    return text.count("\n") + 1, len(text) - text.rfind("\n"), "<EOF>"
