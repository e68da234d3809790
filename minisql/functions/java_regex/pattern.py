"""Patterns and what they find, in the manner of Java's ``Pattern`` and ``Matcher``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from minisql.errors import KsqlError, UnsupportedError
from minisql.functions.java_regex.translator import Translator

Match = re.Match[str]


class Pattern:
    """A compiled pattern.

    Attributes:
        groups: how many groups it has.
        names: the numbers of those with a name.
    """

    __slots__ = ("_indexes", "_python", "groups", "names")

    def __init__(self, text: str) -> None:
        translator = Translator(text)
        code = translator.translate()
        try:
            self._python = re.compile(code)
        except re.error as error:
            raise UnsupportedError(f"the regular expression {text} ({error.msg})") from None
        self.groups = translator.groups
        self.names = translator.names
        index = self._python.groupindex
        self._indexes = [0, *(index[f"g{number}"] for number in range(1, self.groups + 1))]

    def find(self, text: str, at: int = 0) -> Match | None:
        """The first match that begins at a place or after it."""
        return self._python.search(text, at)

    def find_all(self, text: str) -> Iterator[Match]:
        """The matches one after the other; after an empty one Java goes on with the next character."""
        at = 0
        while at <= len(text):
            match = self._python.search(text, at)
            if match is None:
                return
            yield match
            at = match.end() + (match.end() == match.start())

    def is_whole(self, text: str) -> bool:
        """Whether the whole text matches."""
        return self._python.fullmatch(text) is not None

    def group(self, match: Match, number: int) -> str | None:
        """What a group has matched.

        Raises:
            KsqlError: there is no such group.
        """
        if not 0 <= number <= self.groups:
            raise KsqlError(f"No group {number}")
        found: str | None = match[self._indexes[number]]
        return found

    def split(self, text: str) -> list[str]:
        """Java's ``split``: no empty text in front where an empty match is, and none at the end."""
        parts, at = [], 0
        for match in self.find_all(text):
            if match.end() > 0:
                parts.append(text[at : match.start()])
                at = match.end()
        if not parts:
            return [text]
        parts.append(text[at:])
        while parts and not parts[-1]:
            parts.pop()
        return parts

    def pieces(self, text: str) -> list[str]:
        """What stands between the matches, as Guava's ``Splitter`` cuts: no two cuts in one place."""
        parts: list[str] = []
        start = at = 0
        while at <= len(text):
            match = self._python.search(text, at)
            if match is None:
                return [*parts, text[start:]]
            at = match.end()
            if at == start:
                at += 1
            else:
                parts.append(text[start : match.start()])
                start = at
        return parts


@lru_cache(maxsize=500)
def compiled(text: str) -> Pattern:
    """The pattern of a text.

    Raises:
        PatternError: it is none.
        UnsupportedError: Python has nothing like it.
    """
    return Pattern(text)
