"""The grammar's table read into trees of rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minisql.dialect.diagnosis.grammar import CLASSES, RULES
from minisql.dialect.words import NON_RESERVED

_ITEM = re.compile(r"\s*(?:'(?P<mark>[^']+)'|<(?P<limit>\d)>|(?P<name>\w+)(?::(?P<strength>\d))?|(?P<sign>[()|?*+]))")


EOF = "<EOF>"


class Tokens(NamedTuple):
    """One token of a set, each by the name that ksqlDB's messages give it: ``'SELECT'``, ``'('``, ``IDENTIFIER``."""

    kinds: frozenset[str]


class Call(NamedTuple):
    """Another rule; strength is 0 but for operands."""

    rule: str
    strength: int


class Limit(NamedTuple):
    """What follows is only for operators of at least this strength."""

    strength: int


class Block(NamedTuple):
    """Alternatives; repeat is "", "?", "*" or "+"."""

    alternatives: tuple[tuple[Part, ...], ...]
    repeat: str


Part = Tokens | Call | Limit | Block


def read_rules() -> dict[str, Block]:
    """Every rule of the grammar, as a block of its alternatives."""
    rules: dict[str, Block] = {}
    for entry in re.split(r"\n(?=\w)", RULES.strip()):
        name, _, body = entry.partition("=")
        rules[name.strip()] = Block(_alternatives(_ITEM.finditer(body)), "")
    rules["free_word"] = Block(((Tokens(frozenset(f"'{word}'" for word in NON_RESERVED)),),), "")
    return rules


def _alternatives(items: Iterator[re.Match[str]]) -> tuple[tuple[Part, ...], ...]:
    found: list[list[Part]] = [[]]
    for item in items:
        sign = item["sign"]
        if sign == ")":
            break
        if sign == "|":
            found.append([])
        elif sign == "(":
            found[-1].append(Block(_alternatives(items), ""))
        elif sign:
            last = found[-1].pop()
            found[-1].append(last._replace(repeat=sign) if isinstance(last, Block) else Block(((last,),), sign))
        else:
            found[-1].append(_part(item))
    return _merged(tuple(tuple(alternative) for alternative in found))


def _merged(alternatives: tuple[tuple[Part, ...], ...]) -> tuple[tuple[Part, ...], ...]:
    """Alternatives of one token each are one set."""
    kinds: set[str] = set()
    for alternative in alternatives:
        if len(alternative) != 1 or not isinstance(alternative[0], Tokens):
            return alternatives
        kinds |= alternative[0].kinds
    return ((Tokens(frozenset(kinds)),),)


def _part(item: re.Match[str]) -> Part:
    if item["limit"]:
        return Limit(int(item["limit"]))
    if item["mark"]:
        return Tokens(frozenset((f"'{item['mark']}'",)))
    name = item["name"]
    if name in CLASSES:
        return Tokens(frozenset((CLASSES[name],)))
    if name.isupper():
        return Tokens(frozenset((EOF if name == "EOF" else f"'{name}'",)))
    return Call(name, int(item["strength"] or 0))
