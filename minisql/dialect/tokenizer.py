"""ksqlDB's lexical rules, as one regular expression."""

from __future__ import annotations

import re

from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect.words import NON_RESERVED, RESERVED

NAME = TokenType.VAR
"""An unquoted name, or a word of the grammar that may be one (its text is in upper case)."""
QUOTED = TokenType.IDENTIFIER
VARIABLE = TokenType.PARAMETER
WORD = TokenType.COMMAND
"""A reserved word; its text is in upper case."""
STRING = TokenType.STRING
NUMBER = TokenType.NUMBER

# A comment needs one character after its dashes, which may be the line's end: ksqlDB then
# takes the next line for the comment's text.
_SPACE = r"[ \r\n\t]+|--@[^\r\n]*\r?\n?|--[^@][^\r\n]*\r?\n?|/\*(?s:.*?)\*/"
_FRACTION = r"(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-][0-9]+"

_TOKEN = re.compile(
    rf"(?P<space>{_SPACE})"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_@]*)"
    r"|(?P<string>'(?:[^']|'')*')"
    rf"|(?P<fraction>{_FRACTION})"
    r"|(?P<digits>[0-9][A-Za-z0-9_@]*)"
    r'|(?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`)'
    r"|(?P<variable>\$\{[A-Za-z_][A-Za-z0-9_@]*\})"
    r"|(?P<mark><>|!=|<=|>=|\|\||:=|->|=>|(?s:.))"
)
_INTEGER = re.compile(r"[0-9]+(?:[eE][0-9]+)?")


_MARKS = {
    "(": TokenType.L_PAREN,
    ")": TokenType.R_PAREN,
    "[": TokenType.L_BRACKET,
    "]": TokenType.R_BRACKET,
    ",": TokenType.COMMA,
    ".": TokenType.DOT,
    ";": TokenType.SEMICOLON,
    "=": TokenType.EQ,
    "<>": TokenType.NEQ,
    "!=": TokenType.NEQ,
    "<": TokenType.LT,
    "<=": TokenType.LTE,
    ">": TokenType.GT,
    ">=": TokenType.GTE,
    "+": TokenType.PLUS,
    "-": TokenType.DASH,
    "*": TokenType.STAR,
    "/": TokenType.SLASH,
    "%": TokenType.MOD,
    "||": TokenType.DPIPE,
    ":=": TokenType.COLON_EQ,
    "->": TokenType.ARROW,
    "=>": TokenType.FARROW,
}


def tokenize(sql: str, line: int = 1, column: int = 1) -> list[Token]:
    """The tokens of ``sql``; a character that ksqlDB does not know becomes a token of type UNKNOWN.

    ``line`` and ``column`` are those of its first character; a token has those of its own, 1-based.
    """
    found: list[Token] = []
    line_start = 1 - column
    for match in _TOKEN.finditer(sql):
        text, start, group = match.group(), match.start(), match.lastgroup
        if group != "space":
            kind, value = _classify(group or "", text)
            found.append(Token(kind, value, line, start - line_start + 1, start, match.end() - 1))
        if "\n" in text:
            line += text.count("\n")
            line_start = start + text.rindex("\n") + 1
    return found


def _classify(group: str, text: str) -> tuple[TokenType, str]:
    if group == "word":
        return _classify_word(text)
    if group == "string":
        return STRING, text[1:-1].replace("''", "'")
    if group == "mark":
        return _MARKS.get(text, TokenType.UNKNOWN), text
    if group == "quoted":
        return QUOTED, text[1:-1].replace(text[0] * 2, text[0])
    if group == "variable":
        return VARIABLE, text
    return (NUMBER if group == "fraction" or _INTEGER.fullmatch(text) else NAME), text


def _classify_word(text: str) -> tuple[TokenType, str]:
    upper = text.upper()
    if upper in RESERVED:
        return WORD, upper
    return NAME, upper if upper in NON_RESERVED else text
