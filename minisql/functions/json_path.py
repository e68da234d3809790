"""The paths of EXTRACTJSONFIELD: ``$.name[0]["quoted name"]``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from minisql.errors import KsqlError
from minisql.functions.jackson import MISSING
from minisql.types import INT_MAX, INT_MIN


@lru_cache(maxsize=100)
def parse(path: str) -> tuple[str, ...]:
    """The names and numbers that a path goes along.

    >>> parse('$.a[0]["b \\\\"c\\\\""]')
    ('a', '0', 'b "c"')

    Raises:
        KsqlError: it is no path.
    """
    if not path.startswith("$"):
        raise _invalid(path)
    steps, at = [], 1
    while at < len(path):
        step, at = _step(path, at)
        steps.append(step)
    return tuple(steps)


def _step(path: str, at: int) -> tuple[str, int]:
    """The step at a place, and the place after it."""
    if path[at] == ".":
        return _name(path, at + 1, "_:@")
    if path[at] != "[":
        raise _invalid(path)
    quoted = path[at + 1 : at + 2] == '"'
    step, at = _quoted(path, at + 2) if quoted else _name(path, at + 1, "_")
    if path[at : at + 1] != "]":
        raise _invalid(path)
    return step, at + 1


def _name(path: str, start: int, others: str) -> tuple[str, int]:
    end = start
    while end < len(path) and (path[end].isalpha() or path[end].isdecimal() or path[end] in others):
        end += 1
    if end == start:
        raise _invalid(path)
    return path[start:end], end


def _quoted(path: str, at: int) -> tuple[str, int]:
    characters = []
    while at < len(path) and path[at] != '"':
        if path[at] == "\\":
            at += 1
            if path[at : at + 1] not in ('"', "\\"):
                raise _invalid(path)
        characters.append(path[at])
        at += 1
    if at >= len(path):
        raise _invalid(path)
    return "".join(characters), at + 1


def _invalid(path: str) -> KsqlError:
    return KsqlError(f"Invalid JSON path: '{path}'")


def follow(tree: Any, steps: tuple[str, ...]) -> Any:
    """What lies at the end of a path through a tree; `MISSING` where there is nothing."""
    for step in steps:
        if isinstance(tree, list):
            index = _index(step)
            tree = tree[index] if 0 <= index < len(tree) else MISSING
        else:
            tree = tree.get(step, MISSING) if isinstance(tree, dict) else MISSING
    return tree


def _index(step: str) -> int:
    """The number that a step is, as Java's ``parseInt`` has it; -1 for what is none."""
    digits = step[1:] if step[:1] in ("+", "-") else step
    number = int(step) if digits.isdecimal() else -1
    return number if INT_MIN <= number <= INT_MAX else -1
