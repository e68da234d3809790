"""Where in a script an error has its cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sqlglot.tokenizer_core import Token

from minisql.dialect import StatementText
from minisql.dialect.tokenizer import NAME, QUOTED, STRING, WORD, tokenize
from minisql.errors import KsqlError

Place = tuple[int, int]
"""Line and column, 1-based."""

_NAMED = (NAME, QUOTED, STRING)
_PREFIX = re.compile(r"^Failed to insert values into '.*?'\. ")
_TOLD = re.compile(r"[Ll]ine:? (\d+)(?::|, Col: )(\d+)")
_WORDS = re.compile(r"`([^`]+)`|'([^'\n]+)'|\b([A-Z_][A-Z0-9_]+|[B-HJ-Z])\b")
"""What may be a name; A and I are words of the message more often than names."""

CLAUSES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), tuple(clause.split()))
    for pattern, clause in (
        (r"WINDOW clause", "WINDOW"),
        (r"timestamp_format", "TIMESTAMP"),
        (r"Key types differ|join condition|[Jj]oin criteria|in join '", "ON"),
        (r"EMIT FINAL", "EMIT"),
        (r"Key format does not support schema", "PARTITION GROUP"),
        (r"RIGHT OUTER JOIN", "RIGHT"),
        (r"[Ww]indowed sources? |windowed tables", "JOIN FROM"),
        (r"PARTITION BY", "PARTITION"),
        (r"HAVING expression", "HAVING"),
        (r"WHERE expression|WHERE clause", "WHERE"),
        (r"in its projection|in projection|[Tt]he projection|from projection", "SELECT"),
        (r"without a GROUP BY|table functions", "SELECT"),
    )
)
"""What an error says, and the words of which the first that is there starts the clause that it means."""

FALLBACKS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\b[Jj]oin"), ("JOIN",)),
    (re.compile(r"GROUP BY"), ("GROUP",)),
    (re.compile(r"schema between results and sink"), ("SELECT",)),
    (re.compile(r"[Ff]ormat|propert|config"), ("WITH",)),
)
"""The same for errors that name nothing that stands in the statement."""


def locate(error: KsqlError, statement: StatementText, text: str) -> Place:
    """The place of an error in its script.

    Args:
        error: what the engine raised.
        statement: its statement as it stands in the script.
        text: the same with the variables put in.
    """
    start = statement.line, statement.column
    found = _known(error, start) or _searched(error.message, tokenize(text, *start))
    return written(found or start, statement, text)


def _known(error: KsqlError, start: Place) -> Place | None:
    """What the error knows; where that is no more than its statement, what its text tells."""
    known = (error.line, error.column) if error.line is not None and error.column is not None else None
    match = _TOLD.search(error.message) if known in (None, start) else None
    return known if match is None else (int(match[1]), int(match[2]))


def _searched(message: str, tokens: Sequence[Token]) -> Place | None:
    """What the message is about: a clause, else the first name of it that stands in the statement, else a vaguer clause."""
    message = _PREFIX.sub("", message)
    return (
        _clause(message, tokens, CLAUSES)
        or _name(message, tokens)
        or _text(message, tokens)
        or _clause(message, tokens, FALLBACKS)
    )


def _clause(message: str, tokens: Sequence[Token], clauses: Sequence[tuple[re.Pattern[str], tuple[str, ...]]]) -> Place | None:
    words = (word for pattern, words in clauses if pattern.search(message) for word in words)
    return next(filter(None, (place_of_word(word, tokens) for word in words)), None)


def place_of_word(word: str, tokens: Sequence[Token]) -> Place | None:
    """Where a word of the grammar stands first; of SELECT, where its items begin."""
    for index, token in enumerate(tokens[:-1]):
        if token.text.upper() == word and token.token_type in (WORD, NAME):
            found = tokens[index + 1] if word == "SELECT" else token
            return found.line, found.col
    return None


def _name(message: str, tokens: Sequence[Token]) -> Place | None:
    body = 0 if "same name already exists" in message else _body(tokens)
    for name in _names(message):
        for token in (*tokens[body:], *tokens[:body]):
            if token.token_type in _NAMED and token.text.upper() == name.upper():
                return token.line, token.col
    return None


def _text(message: str, tokens: Sequence[Token]) -> Place | None:
    """The first string of the statement that the message repeats."""
    found = (token for token in tokens if token.token_type is STRING and len(token.text) > 1 and token.text in message)
    return next(((token.line, token.col) for token in found), None)


def _body(tokens: Sequence[Token]) -> int:
    """Where a statement has named what it makes, which few errors are about."""
    if not tokens or tokens[0].text != "CREATE":
        return 0
    heads = (i for i, token in enumerate(tokens) if token.text in ("AS", "WITH", "("))
    return next(heads, 0)


def _names(message: str) -> Iterator[str]:
    for match in _WORDS.finditer(message):
        yield from (part for part in re.split(r"\.", match[1] or match[2] or match[3])[::-1] if part)


def written(place: Place, statement: StatementText, text: str) -> Place:
    """The place in the script of a place in the text in which variables have their values."""
    if text == statement.text:
        return place
    line, column = place
    index = line - statement.line
    shown, written = text.split("\n"), statement.text.split("\n")
    if not 0 <= index < len(written) or len(shown) != len(written):
        return statement.line, statement.column
    indent = statement.column - 1 if index == 0 else 0
    return line, indent + 1 + _aligned(shown[index], written[index], column - 1 - indent)


def _aligned(shown: str, written: str, offset: int) -> int:
    """What lies within the value of a variable comes from where the variable stands."""
    end = 0
    for a, b, size in SequenceMatcher(None, shown, written, autojunk=False).get_matching_blocks():
        if offset < a:
            break
        if offset < a + size:
            return b + offset - a
        end = b + size
    return end
