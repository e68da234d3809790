"""What a match is replaced by: ``$1``, ``${name}`` and escaped characters, as in Java's ``replaceAll``."""

from __future__ import annotations

from minisql.errors import KsqlError
from minisql.functions.java_regex.pattern import Pattern

Part = str | int
"""A text, or the number of a group."""


def replace_all(pattern: Pattern, text: str, replacement: str) -> str:
    """The text with each match replaced.

    Raises:
        KsqlError: the replacement is none; nothing is said about one that is not needed.
    """
    parts: list[Part] | None = None
    done, at = [], 0
    for match in pattern.find_all(text):
        parts = parse(replacement, pattern) if parts is None else parts
        done.append(text[at : match.start()])
        done += [part if isinstance(part, str) else pattern.group(match, part) or "" for part in parts]
        at = match.end()
    return "".join([*done, text[at:]])


def parse(replacement: str, pattern: Pattern) -> list[Part]:
    """The parts of a replacement.

    Raises:
        KsqlError: it is none, or names a group that the pattern has not.
    """
    parts: list[Part] = []
    at = 0
    while at < len(replacement):
        character = replacement[at]
        if character == "$":
            number, at = _group(replacement, at + 1, pattern)
            parts.append(number)
            continue
        if character == "\\":
            at += 1
            if at == len(replacement):
                raise KsqlError("character to be escaped is missing")
        parts.append(replacement[at])
        at += 1
    return parts


def _group(text: str, at: int, pattern: Pattern) -> tuple[int, int]:
    """The number of the group named at a place, and the place behind it."""
    if at == len(text):
        raise KsqlError("Illegal group reference: group index is missing")
    if text[at] == "{":
        return _named(text, at + 1, pattern)
    if text[at] not in "0123456789":
        raise KsqlError("Illegal group reference")
    number, at = int(text[at]), at + 1
    if number > pattern.groups:
        raise KsqlError(f"No group {number}")
    # As many digits as make the number of a group.
    while text[at : at + 1] in set("0123456789") and number * 10 + int(text[at]) <= pattern.groups:
        number, at = number * 10 + int(text[at]), at + 1
    return number, at


def _named(text: str, at: int, pattern: Pattern) -> tuple[int, int]:
    end = at
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    name = text[at:end]
    if not name or text[end : end + 1] != "}":
        raise KsqlError(f"named capturing group is missing trailing '{'}'}'")
    if name[0].isdigit():
        raise KsqlError(f"capturing group name {{{name}}} starts with digit character")
    if name not in pattern.names:
        raise KsqlError(f"No group with name {{{name}}}")
    return pattern.names[name], end + 1
