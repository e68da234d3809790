"""Names of a scenario's own on a server that others use too: put before what it declares, and taken out of what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlglot.tokenizer_core import Token

from minisql.dialect.tokenizer import NAME, QUOTED, STRING, tokenize

_BEFORE_NAMES = frozenset(("FROM", "JOIN", "INTO", "STREAM", "TABLE", "TYPE", "DESCRIBE"))
"""Words behind which the name of a source or type stands, be it declared or not: others may have one of that name."""
_BETWEEN = frozenset(("IF", "NOT", "EXISTS"))
_NO_NAMES = frozenset(("FUNCTION", "CONNECTOR", "EXTENDED"))
_TOPIC, _SUBJECT = frozenset(("TOPIC", "PRINT")), "SUBJECT"
_QUERY = re.compile(r"(C[ST]AS_.+|CST_.+|INSERTQUERY)_([0-9]+)", re.IGNORECASE)
_PLACE = re.compile(r"\b(line (?P<a>\d+):|Line: (?P<b>\d+), Col: )(?P<column>\d+)")


class Renaming:
    """Puts a prefix before the names of sources, types and topics.

    Args:
        prefix: upper-case letters, digits and underscores, of which a scenario itself has no name.
        statements: all that the scenario says.

    >>> renaming = Renaming("X1_", ["CREATE STREAM s (s INT) WITH (kafka_topic='t');"])
    >>> renaming.there("select S.s, 's' from `S`;")
    "select X1_S.X1_s, 's' from `X1_S`;"
    >>> renaming.back({"name": "X1_S", "fields": ["X1_S"]})
    {'name': 'S', 'fields': ['S']}
    """

    def __init__(self, prefix: str, statements: Iterable[str]) -> None:
        self.prefix = prefix
        self._pattern = re.compile(re.escape(prefix), re.IGNORECASE)
        self._names = {_resolved(token) for text in statements for token in _named(tokenize(text))}
        self._moved: list[tuple[int, int]] = []
        self.queries: list[str] = []

    def there(self, text: str) -> str:
        """A statement as the server is told it."""
        parts, end = [], 0
        self._moved = []
        tokens = tokenize(text)
        for i, token in enumerate(tokens):
            new = self._renamed(tokens, i, text[token.start : token.end + 1])
            if new is not None:
                parts += [text[end : token.start], new]
                end = token.end + 1
                self._moved.append((token.line, token.col))
        return "".join([*parts, text[end:]])

    def _renamed(self, tokens: Sequence[Token], i: int, text: str) -> str | None:
        token = tokens[i]
        if token.token_type is STRING:
            before = [each.text.upper() for each in tokens[max(0, i - 2) : i]]
            named = before == ["KAFKA_TOPIC", "="] or before[-1:] == [_SUBJECT]
            return f"'{self.prefix}{text[1:]}" if named else None
        if token.token_type not in (NAME, QUOTED):
            return None
        query = self._query(text)
        if query is not None:
            return query
        mark = text[0] if token.token_type is QUOTED else ""
        topic = i > 0 and tokens[i - 1].text.upper() in _TOPIC
        return f"{mark}{self.prefix}{text[len(mark) :]}" if topic or _resolved(token) in self._names else None

    def _query(self, text: str) -> str | None:
        """The server's id for the query that minisql would give that number: both count from the first one that starts."""
        match = _QUERY.fullmatch(text)
        if match is None or int(match[2]) >= len(self.queries):
            return None
        return self.queries[int(match[2])]

    def back(self, value: Any) -> Any:
        """What the server says, without the prefix."""
        if isinstance(value, str):
            return self._pattern.sub("", value)
        if isinstance(value, Mapping):
            return {self.back(name): self.back(each) for name, each in value.items()}
        return [self.back(each) for each in value] if isinstance(value, (list, tuple)) else value

    def place(self, message: str) -> str:
        """An error's text, where it names places in the last statement, as if the names had been the scenario's."""
        return _PLACE.sub(lambda match: f"{match[1]}{self._column(int(match['a'] or match['b']), int(match['column']))}", message)

    def _column(self, line: int, column: int) -> int:
        for at, start in self._moved:
            if at == line and start + len(self.prefix) <= column:
                column -= len(self.prefix)
        return column


def _named(tokens: Sequence[Token]) -> Iterable[Token]:
    for i, token in enumerate(tokens):
        if token.text.upper() in _BEFORE_NAMES and token.token_type is not QUOTED:
            rest = [each for each in tokens[i + 1 : i + 5] if each.text.upper() not in _BETWEEN]
            if rest and rest[0].token_type in (NAME, QUOTED) and rest[0].text.upper() not in _NO_NAMES | _BEFORE_NAMES:
                yield rest[0]


def _resolved(token: Token) -> str:
    return token.text if token.token_type is QUOTED else token.text.upper()
