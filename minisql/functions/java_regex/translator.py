"""Java's patterns in the language of Python's ``re``.

Flags are not handed on: a letter becomes a class of its two cases, a dot the class of what it stands for.
Groups get names, ``g1``, ``g2``, ..., so that groups which only Python needs do not disturb their numbers.
"""

from __future__ import annotations

from minisql.errors import UnsupportedError
from minisql.functions.java_regex.charset import Ranges, code_of, complement, of
from minisql.functions.java_regex.classes import LINE_ENDS, cased, predefined, read_class
from minisql.functions.java_regex.escapes import code_point
from minisql.functions.java_regex.flags import read_flags
from minisql.functions.java_regex.properties import read_property
from minisql.functions.java_regex.reader import Reader

END = r"(?=(?:\r\n|[\r\x85\u2028\u2029]|(?<!\r)\n)?\Z)"
END_OF_LINE = r"(?=[\r\x85\u2028\u2029]|(?<!\r)\n|\Z)"
START_OF_LINE = r"(?:(?:\A|(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n))(?!\Z))"
UNIX_END, UNIX_END_OF_LINE, UNIX_START_OF_LINE = r"(?=\n?\Z)", r"(?=\n|\Z)", r"(?:(?:\A|(?<=\n))(?!\Z))"

ANCHORS = {
    "A": r"(?:\A)",
    "z": r"(?:\Z)",
    "b": r"(?:\b)",
    "B": r"(?!\b)",
    "R": r"(?:\r\n|[\n\x0b\f\r\x85\u2028\u2029])",
}

NEVER = "(?!)"


class Translator:
    """One translation.

    Attributes:
        groups: how many groups Java counts.
        names: the named ones, with their numbers.
    """

    def __init__(self, text: str) -> None:
        self.reader = Reader(text)
        self.groups = 0
        self.names: dict[str, int] = {}
        self._closed: set[int] = set()
        self._referred: set[int] = set()
        self._atomic = 0
        self._unbounded = 0

    def translate(self) -> str:
        """The whole pattern.

        Raises:
            PatternError: it is none.
            UnsupportedError: Python has nothing like it.
        """
        code = "|".join(self._alternatives())
        if self.reader.peek():
            self.reader.fail("Unmatched closing ')'")
        if any(number <= self.groups for number in self._referred):
            raise UnsupportedError("references to groups that are not closed yet in regular expressions")
        return code

    def _alternatives(self) -> list[str]:
        """The branches up to the closing parenthesis or the end."""
        branches = [""]
        while (character := self.reader.peek()) and character != ")":
            if character == "|":
                self.reader.next()
                branches.append("")
            else:
                branches[-1] += self._quantified()
        return branches

    # -- quantifiers ------------------------------------------------------------------------------

    def _quantified(self) -> str:
        atom = "" if self.reader.peek() == "{" else self._atom()
        quantifier = self._quantifier() if atom or self.reader.peek() == "{" else ""
        if not quantifier:
            return atom
        if self.reader.take("+"):
            return self._atomic_group(atom + quantifier) if atom else ""
        lazy = "?" if self.reader.take("?") else ""
        return atom + quantifier + lazy if atom else ""  # Java may repeat what is not there.

    def _quantifier(self) -> str:
        character = self.reader.peek()
        if character not in ("?", "*", "+", "{"):
            return ""
        self.reader.next()
        self._unbounded += character in "*+"
        return self._counted() if character == "{" else character

    def _counted(self) -> str:
        """``n}``, ``n,}`` or ``n,m}``."""
        least = self._number()
        if not least:
            self.reader.fail("Illegal repetition", 1)
        if self.reader.take("}"):
            return f"{{{least}}}"
        if not self.reader.take(","):
            self.reader.fail("Unclosed counted closure", 1)
        most = self._number()
        if not self.reader.take("}"):
            self.reader.fail("Unclosed counted closure", 1)
        if most and int(most) < int(least):
            self.reader.fail("Illegal repetition range")
        self._unbounded += not most
        return f"{{{least},{most}}}"

    def _number(self) -> str:
        digits = ""
        while (digit := self.reader.peek()) and digit in "0123456789":
            digits += self.reader.next()
        return digits

    def _atomic_group(self, code: str) -> str:
        """What matches once and is not tried again: found by looking ahead, then taken as it was found."""
        self._atomic += 1
        return f"(?:(?=(?P<a{self._atomic}>{code}))(?P=a{self._atomic}))"

    # -- atoms ------------------------------------------------------------------------------------

    def _atom(self) -> str:
        character = self.reader.next()
        if character in "?*+":
            self.reader.fail(f"Dangling meta character '{character}'")
        if character == "(":
            return self._group()
        if character == "[":
            return code_of(read_class(self.reader))
        if character == "\\":
            return self._escape()
        return self._mark(character) if character in ".^$" else self._literal(of(character))

    def _literal(self, ranges: Ranges) -> str:
        return code_of(cased(self.reader, ranges))

    def _mark(self, character: str) -> str:
        flags = self.reader.flags
        if character == ".":
            return r"[\s\S]" if "s" in flags else code_of(complement(of("\n") if "d" in flags else LINE_ENDS))
        if character == "$":
            return self._end("m" in flags)
        if "m" not in flags:
            return ANCHORS["A"]
        return UNIX_START_OF_LINE if "d" in flags else START_OF_LINE

    def _end(self, of_line: bool) -> str:
        if "d" in self.reader.flags:
            return UNIX_END_OF_LINE if of_line else UNIX_END
        return END_OF_LINE if of_line else END

    def _escape(self) -> str:
        letter = self.reader.raw()
        if letter == "b" and self.reader.text.startswith("{g}", self.reader.at):
            raise UnsupportedError("\\b{g} in regular expressions")
        if letter in ANCHORS:
            return ANCHORS[letter]
        if letter == "Z":
            return self._end(False)
        if letter in ("G", "X"):
            raise UnsupportedError(f"\\{letter} in regular expressions")
        if letter in ("p", "P"):
            return code_of(read_property(self.reader, letter == "P"))
        if letter == "k":
            return self._named_reference()
        if letter in "123456789" and letter:
            return self._numbered_reference(letter)
        ranges = predefined(letter)
        if ranges is not None:
            return code_of(ranges)
        return self._literal(of(chr(code_point(self.reader, letter))))

    # -- references -------------------------------------------------------------------------------

    def _numbered_reference(self, digits: str) -> str:
        while (digit := self.reader.peek()) and digit in "0123456789" and int(digits + digit) <= self.groups:
            digits += self.reader.next()
        return self._reference(int(digits))

    def _named_reference(self) -> str:
        if not self.reader.take("<"):
            self.reader.fail("\\k is not followed by '<' for named capturing group")
        name = self._group_name()
        if name not in self.names:
            self.reader.fail(f"named capturing group <{name}> does not exist")
        return self._reference(self.names[name])

    def _reference(self, number: int) -> str:
        if number not in self._closed:
            self._referred.add(number)
            return NEVER
        reference = f"(?P=g{number})"
        if "i" not in self.reader.flags:
            return reference
        return f"(?{'u' if 'u' in self.reader.flags else 'a'}i:{reference})"

    # -- groups -----------------------------------------------------------------------------------

    def _group(self) -> str:
        flags = self.reader.flags
        code = self._marked_group() if self.reader.take("?") else self._capturing(None)
        if code is None:
            return ""
        self.reader.flags = flags
        return code

    def _marked_group(self) -> str | None:
        """The group behind ``(?``; None for flags that hold from here on."""
        for mark in (":", "=", "!"):
            if self.reader.take(mark):
                return f"(?{mark}{self._rest()})"
        if self.reader.take(">"):
            return self._atomic_group(self._rest())
        if self.reader.take("<"):
            return self._after_angle()
        self.reader.flags = read_flags(self.reader)
        return f"(?:{self._rest()})" if self.reader.next() == ":" else None

    def _after_angle(self) -> str:
        if self.reader.take("="):
            return f"(?:{'|'.join(f'(?<={branch})' for branch in self._look_behind())})"
        if self.reader.take("!"):
            return f"(?:{''.join(f'(?<!{branch})' for branch in self._look_behind())})"
        name = self._group_name()
        if name in self.names:
            self.reader.fail(f"Named capturing group <{name}> is already defined")
        return self._capturing(name)

    def _group_name(self) -> str:
        name = ""
        while (character := self.reader.peek()) and character.isascii() and character.isalnum():
            name += self.reader.next()
        if not name or name[0].isdigit():
            self.reader.fail("capturing group name does not start with a Latin letter")
        if not self.reader.take(">"):
            self.reader.fail("named capturing group is missing trailing '>'")
        return name

    def _capturing(self, name: str | None) -> str:
        self.groups += 1
        number = self.groups
        if name is not None:
            self.names[name] = number
        code = f"(?P<g{number}>{self._rest()})"
        self._closed.add(number)
        return code

    def _rest(self) -> str:
        return "|".join(self._branches())

    def _branches(self) -> list[str]:
        """The alternatives of a group, whose end is passed."""
        branches = self._alternatives()
        if self.reader.next() != ")":
            self.reader.fail("Unclosed group", 1)
        return branches

    def _look_behind(self) -> list[str]:
        """Each branch by itself: Python wants to know the length of what it looks back at."""
        before = self._unbounded
        branches = self._branches()
        if self._unbounded > before:
            raise UnsupportedError("looking back for something of any length in regular expressions")
        return branches
