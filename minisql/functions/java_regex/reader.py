"""The text of a Java pattern, read from left to right."""

from __future__ import annotations

from typing import NoReturn

from minisql.errors import KsqlError

SPACE = " \t\n\x0b\f\r"


class PatternError(KsqlError):
    """A text is no pattern; the message is that of Java's ``PatternSyntaxException``."""


class Reader:
    """Where a pattern is being read, and the flags that hold there.

    With the flag ``x``, white space and comments are passed over.
    """

    def __init__(self, text: str) -> None:
        self.pattern = text
        self.text = unquoted(text)
        self.at = 0
        self.flags: frozenset[str] = frozenset()

    def peek(self) -> str:
        """The next character; empty at the end."""
        if "x" in self.flags:
            self._pass_over()
        return self.text[self.at : self.at + 1]

    def next(self) -> str:
        """The next character, which is passed."""
        character = self.peek()
        self.at += len(character)
        return character

    def raw(self) -> str:
        """The next character, white space or not, which is passed."""
        character = self.text[self.at : self.at + 1]
        self.at += len(character)
        return character

    def take(self, text: str) -> bool:
        """Pass a text if it is what comes next."""
        self.peek()
        found = self.text.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def until(self, end: str, complaint: str) -> str:
        """What stands before ``end``; both are passed."""
        place = self.text.find(end, self.at)
        if place < 0:
            self.fail(complaint)
        found = self.text[self.at : place]
        self.at = place + len(end)
        return found

    def fail(self, complaint: str, ahead: int = 0) -> NoReturn:
        """Refuse the pattern for what has just been passed, or for what is some characters ahead of it.

        Raises:
            PatternError: always.
        """
        index = max(self.at - 1, 0) + ahead
        caret = "\n" + " " * index + "^" if index < len(self.pattern) else ""
        raise PatternError(f"{complaint} near index {index}\n{self.pattern}{caret}")

    def _pass_over(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in SPACE + "#":
            if self.text[self.at] == "#":
                while self.at < len(self.text) and self.text[self.at] not in "\n\r\x85\u2028\u2029":
                    self.at += 1
            else:
                self.at += 1


def unquoted(text: str) -> str:
    r"""The pattern with each character between ``\Q`` and ``\E`` escaped.

    >>> unquoted(r"a\Q.b\E*")
    'a\\.b*'
    """
    done, at = [], 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] == "Q":
            quoted, _, _ = text[at + 2 :].partition("\\E")
            done.append("".join(map(_literal, quoted)))
            at += len(quoted) + 4
        else:
            size = 2 if text[at] == "\\" else 1
            done.append(text[at : at + size])
            at += size
    return "".join(done)


def _literal(character: str) -> str:
    if character.isascii() and character.isdigit():
        return f"\\x3{character}"  # a digit itself could be taken for a part of the escape before it
    return "\\" + character if character.isascii() and not character.isalpha() else character
