"""Scenarios out of SQL files: plain scripts, and files with ``--@test`` lines; and out of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect import parse_script
from minisql.dialect.tokenizer import QUOTED, tokenize
from minisql.names import ROWTIME
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.steps import Advance, Query, Row, Statement, Step, step_from_json
from minisql.testing.tenant.properties import EARLIEST

_DIRECTIVE = re.compile(r"^[ \t]*--@([a-zA-Z.]+):[ \t]*(.*?)\s*$", re.MULTILINE)
_EXPECTED = re.compile(r"ASSERT\s+(NULL\s+|NO\s+)?(VALUES|ROWS|STREAM|TABLE)\b", re.IGNORECASE)
"""Asserts of what came out, which a scenario leaves to the comparison; ASSERT TOPIC and ASSERT SCHEMA are a server's."""
_INTEGER = re.compile(r"-?[0-9]+")


def read_scenarios(path: Path) -> list[Scenario]:
    """The scenarios of a file: of JSON, or of SQL, where ``--@test`` lines part them.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds something else.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return [Scenario.from_json(json.loads(text))]
    return parse_scenarios(text, path.stem)


def parse_scenarios(text: str, name: str = "scenario") -> list[Scenario]:
    """The scenarios of SQL; what comes before the first ``--@test``, or all without one, is called ``name``.

    Asserts of rows and sources are left out, for what came out is compared.

    Raises:
        ValueError: a directive does not hold what it should.

    >>> [scenario] = parse_scenarios("--@test: one\\nSET 'a' = 'b';\\nSELECT * FROM S;\\nASSERT VALUES S (A) VALUES (1);")
    >>> scenario.name, scenario.steps
    ('one', (Statement(text="SET 'a' = 'b';"), Query(text='SELECT * FROM S;')))
    """
    found: list[tuple[str, list[Step]]] = []
    steps: list[Step] = []
    for part in _parts(text):
        if isinstance(part, str):
            steps = []
            found.append((part, steps))
        else:
            if not found:
                found.append((name, steps))
            steps.append(part)
    return [Scenario(tuple(steps), dict(EARLIEST), title) for title, steps in found]


def _parts(text: str) -> Iterator[Step | str]:
    """Steps, and the names of tests, as they stand in the text."""
    parts: list[tuple[int, Step | str]] = [
        (match.start(), part)
        for match in _DIRECTIVE.finditer(text)
        if (part := _directive(match[1].lower(), match[2])) is not None
    ]
    parts += [(each.offset, step_of(each.text)) for each in parse_script(text) if not _EXPECTED.match(each.text)]
    return (part for _, part in sorted(parts, key=lambda part: part[0]))


def _directive(kind: str, text: str) -> Step | str | None:
    if kind == "test":
        return text
    if kind == "produce":
        return step_from_json(json.loads(text))
    return Advance(int(text)) if kind == "advance" else None


def step_of(text: str) -> Step:
    """The step that a statement is; INSERT INTO ... VALUES that names its columns is a Row, if it may be taken apart.

    >>> step_of("insert into s (id, rowtime, v) values (1, 5, 'a;');")
    Row(source='S', values={'ID': '1', 'V': "'a;'"}, rowtime=5)
    """
    word = text.split(None, 1)[0].upper().rstrip(";") if text.strip() else ""
    if word in ("SELECT", "PRINT"):
        return Query(text)
    return (_row(text) if word == "INSERT" else None) or Statement(text)


def _row(text: str) -> Row | None:
    """The row; None where names and values do not match, or the time is an expression: such a statement stays as it is."""
    tokens = tokenize(text)
    columns_end = _closing(tokens, 3)
    at = columns_end + 1
    if columns_end < 0 or at >= len(tokens) or tokens[at].text.upper() != "VALUES":
        return None
    end = _closing(tokens, at + 1)
    if end < 0 or [token.token_type for token in tokens[end + 1 :]] not in ([], [TokenType.SEMICOLON]):
        return None
    names, items = [_name(tokens[i]) for i in range(4, columns_end, 2)], list(_items(text, tokens[at + 1 : end + 1]))
    if len(names) != len(items) or len(set(names)) != len(names):
        return None
    values = dict(zip(names, items, strict=True))
    when = values.pop(ROWTIME, None)
    if when is not None and not _INTEGER.fullmatch(when):
        return None
    return Row(_name(tokens[2]), values, None if when is None else int(when))


def _closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the bracket that closes the one at ``start``; -1 when there is none."""
    depth = 0
    for i in range(start, len(tokens)):
        depth += (tokens[i].text in "([") - (tokens[i].text in ")]") if tokens[i].token_type in _BRACKETS else 0
        if depth == 0:
            return i if i > start else -1
    return -1


_BRACKETS = (TokenType.L_PAREN, TokenType.R_PAREN, TokenType.L_BRACKET, TokenType.R_BRACKET)


def _items(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The texts between the outer commas of a list in brackets."""
    depth, start = 0, tokens[0].end + 1
    for token in tokens:
        depth += (token.text in "([") - (token.text in ")]") if token.token_type in _BRACKETS else 0
        if depth == 0 or (depth == 1 and token.token_type is TokenType.COMMA):
            yield text[start : token.start].strip()
            start = token.end + 1


def _name(token: Token) -> str:
    return token.text if token.token_type is QUOTED else token.text.upper()
