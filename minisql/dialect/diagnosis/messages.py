"""Complaints in the words of ksqlDB's server."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect.diagnosis.grammar import CLASSES, MARKS_AFTER, MARKS_BEFORE
from minisql.dialect.diagnosis.notation import EOF
from minisql.dialect.diagnosis.walk import Complaint, complain
from minisql.dialect.tokenizer import NAME, NUMBER, QUOTED, STRING, VARIABLE, WORD
from minisql.dialect.words import NON_RESERVED, RESERVED, WORDS

SCRIPT = "script"

_COMMANDS = (
    "SELECT", "CREATE", "INSERT", "DESCRIBE", "PRINT", "EXPLAIN", "SHOW", "LIST", "TERMINATE", "PAUSE", "RESUME", "DROP", "SET",
    "DEFINE", "UNDEFINE", "UNSET", "ASSERT", "ALTER",
)  # fmt: skip
_UNEQUAL = CLASSES["unequal"]
_ORDER = [
    EOF,
    *(f"'{mark}'" for mark in MARKS_BEFORE),
    *(f"'{word}'" for word in WORDS),
    *(_UNEQUAL if mark == "<>" else f"'{mark}'" for mark in MARKS_AFTER),
    *("STRING", "INTEGER_VALUE", "DECIMAL_VALUE", "FLOATING_POINT_VALUE"),
    *("IDENTIFIER", "DIGIT_IDENTIFIER", "QUOTED_IDENTIFIER", "BACKQUOTED_IDENTIFIER", "VARIABLE"),
]
# ksqlDB asks its table of token names whether a word is reserved, and the names of marks are in it as well.
_TOKEN_NAMES = frozenset(
    [
        "eq",
        "neq",
        "lt",
        "lte",
        "gt",
        "gte",
        "plus",
        "minus",
        "asterisk",
        "slash",
        "percent",
        "assign",
        "struct_field_ref",
        "lambda_expression",
        "string",
        "integer_value",
        "decimal_value",
        "floating_point_value",
        "identifier",
        "digit_identifier",
        "quoted_identifier",
        "backquoted_identifier",
        "variable",
        "simple_comment",
        "directive_comment",
        "bracketed_comment",
        "ws",
        "unrecognized",
    ]
)


def diagnose(text: str, tokens: Sequence[Token], stopped: Token, rule: str) -> tuple[int, int, str]:
    """The line and column of what is wrong with ``text``, and ksqlDB's details about it."""
    given = list(tokens)
    if rule == SCRIPT and (not given or given[-1].token_type is not TokenType.SEMICOLON):
        given.append(_end(text, given, ";"))
    end = _end(text, given, "")
    complaint = complain([*_kinds(text, given), EOF], rule)
    if complaint is None:
        token = stopped or given[-1]
        return token.line, token.col, _hopeless(token, _source(text, token))
    token = given[complaint.at] if complaint.at < len(given) else end
    return token.line, token.col, _details(complaint, token, _source(text, token) or EOF)


def _end(text: str, tokens: Sequence[Token], mark: str) -> Token:
    """A token behind the last one."""
    line, column, start = (tokens[-1].line, tokens[-1].col, tokens[-1].start) if tokens else (1, 1, 0)
    rest = text[start:]
    newlines = rest.count("\n")
    column = len(rest) - rest.rfind("\n") if newlines else column + len(rest)
    kind = TokenType.SEMICOLON if mark else TokenType.UNKNOWN
    return Token(kind, mark, line + newlines, column, len(text), len(text) - 1)


def _source(text: str, token: Token) -> str:
    return text[token.start : token.end + 1] or token.text


# -- kinds of tokens -------------------------------------------------------------------------------------


def _kinds(text: str, tokens: Sequence[Token]) -> list[str]:
    kinds = [_kind(token, _source(text, token)) for token in tokens]
    for index in range(1, len(kinds) - 1):
        begins = index == 1 or kinds[index - 2] == "';'"
        if begins and kinds[index - 1] in ("'DEFINE'", "'UNDEFINE'") and kinds[index + 1] != "IDENTIFIER":
            word = _source(text, tokens[index])
            # A word of the grammar is the name of a variable when it is written in lower case.
            if word.islower() and word.upper() in WORDS and word != "replace":
                kinds[index] = "IDENTIFIER"
    return kinds


def _kind(token: Token, source: str) -> str:
    kind = token.token_type
    if kind is NAME and token.text not in NON_RESERVED:
        return "DIGIT_IDENTIFIER" if source[0].isdigit() else "IDENTIFIER"
    if kind is NUMBER:
        return _number_kind(source)
    if kind is QUOTED:
        return "QUOTED_IDENTIFIER" if source[0] == '"' else "BACKQUOTED_IDENTIFIER"
    if kind in (NAME, WORD):
        return f"'{token.text}'"
    named = {VARIABLE: "VARIABLE", STRING: "STRING", TokenType.NEQ: _UNEQUAL, TokenType.UNKNOWN: "UNRECOGNIZED"}
    return named.get(kind) or f"'{source}'"


def _number_kind(source: str) -> str:
    if "e" in source.lower():
        return "FLOATING_POINT_VALUE"
    return "DECIMAL_VALUE" if "." in source else "INTEGER_VALUE"


# -- words -------------------------------------------------------------------------------------------------


def _hopeless(token: Token, source: str) -> str:
    return f"Syntax error at or near '{source}' at line {token.line}:{token.col}"


def _details(complaint: Complaint, token: Token, source: str) -> str:
    if complaint.kind == "hopeless":
        return _hopeless(token, source)
    names = sorted(complaint.expected, key=_ORDER.index)
    expected = names[0] if len(names) == 1 else "{" + ", ".join(names) + "}"
    shown = source.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    if complaint.kind == "missing":
        return f"missing {expected} at '{shown}'"
    if complaint.kind == "extraneous" and _is_reserved(source):
        return (
            f'"{source}" is a reserved keyword and it can\'t be used as an identifier. '
            f"You can use it as an identifier by escaping it as '{source}' "
        )
    return _expectations(names, expected, source)


def _is_reserved(source: str) -> bool:
    return source.upper() in RESERVED or (source.lower() in _TOKEN_NAMES and source.upper() not in NON_RESERVED)


def _expectations(names: list[str], expected: str, source: str) -> str:
    if names == [EOF, *sorted((f"'{command}'" for command in _COMMANDS), key=_ORDER.index)]:
        return f"Unknown statement '{source}'\nDid you mean '{_most_similar(source)}'?"
    if EOF in names or "EOF" in source:
        return "Syntax error at or near \";\"\n'}', ']', or ')' is missing"
    # ksqlDB counts commas, those that were expected too.
    return f"Expecting {expected}" if len(expected.split(",")) <= 3 else ""


def _most_similar(word: str) -> str:
    return min(_COMMANDS, key=lambda command: _distance(command, word.upper()))


def _distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        above, row[0] = row[0], index
        for column, given in enumerate(other, 1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (letter != given))
    return row[-1]
