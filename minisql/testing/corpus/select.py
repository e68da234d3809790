"""``-k``: which cases to run, by words of their names."""

from __future__ import annotations

import re
from collections.abc import Callable

from minisql.errors import InterfaceError

Selector = Callable[[str], bool]

_TOKEN = re.compile(r"\s*([()]|[^\s()]+)")
_WORDS = frozenset(("and", "or", "not", "(", ")"))


def selector(expression: str) -> Selector:
    """A test for texts: ``group by and not (avro or kafka)``.

    Words that stand side by side are one phrase, looked for in whatever case.

    Raises:
        InterfaceError: the expression is not well formed.
    """
    reader = _Reader(_TOKEN.findall(expression))
    test = reader.either()
    if reader.token is not None:
        raise InterfaceError(f"-k: unexpected '{reader.token}' in: {expression}")
    return lambda text: test(text.lower())


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens

    @property
    def token(self) -> str | None:
        return self._tokens[0] if self._tokens else None

    def _take(self, word: str) -> bool:
        found = self.token == word
        if found:
            del self._tokens[0]
        return found

    def either(self) -> Selector:
        test = self.both()
        while self._take("or"):
            test = _either(test, self.both())
        return test

    def both(self) -> Selector:
        test = self.negated()
        while self._take("and"):
            test = _both(test, self.negated())
        return test

    def negated(self) -> Selector:
        if self._take("not"):
            test = self.negated()
            return lambda text: not test(text)
        if self._take("("):
            test = self.either()
            if not self._take(")"):
                raise InterfaceError("-k: a ')' is missing")
            return test
        return self.phrase()

    def phrase(self) -> Selector:
        words = []
        while self.token is not None and self.token not in _WORDS:
            words.append(self._tokens.pop(0))
        if not words:
            raise InterfaceError(f"-k: expected a word, found {self.token or 'the end'}")
        phrase = " ".join(words).lower()
        return lambda text: phrase in text


def _either(one: Selector, other: Selector) -> Selector:
    return lambda text: one(text) or other(text)


def _both(one: Selector, other: Selector) -> Selector:
    return lambda text: one(text) and other(text)
