"""Reads .proto files: what schemas are made of; services, extensions and most options are skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minisql.formats.connect.parsed import SchemaSyntaxError
from minisql.formats.protobuf.tree import Enum, Field, File, Message

_TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/
    |(?P<token>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_.][\w.]*|[-+]?[0-9][\w.+-]*|[{}\[\]()<>=;,:/-])""",
    re.DOTALL | re.VERBOSE,
)
_CLOSING = {"{": "}", "[": "]", "(": ")"}
LABELS = ("optional", "required", "repeated")


def parse(text: str) -> File:
    """The file.

    Raises:
        SchemaSyntaxError: the text is no .proto file.
    """
    return _Parser(list(_tokens(text))).file()


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise SchemaSyntaxError(f"Syntax error at {text[at : at + 20]!r}")
        at = match.end()
        if match["token"]:
            yield match["token"]


class _Parser:
    """Goes through the tokens once."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def file(self) -> File:
        """All of it."""
        messages: list[Message] = []
        enums: list[Enum] = []
        imports: list[str] = []
        syntax, package = "proto2", ""
        while self._at < len(self._tokens):
            word = self._next()
            if word in ("syntax", "edition"):
                self._expect("=")
                syntax = self._text()
            elif word == "package":
                package = self._next()
            elif word == "import":
                if self._peek() in ("public", "weak"):
                    self._next()
                imports.append(self._text())
            elif word == "message":
                messages.append(self._message())
                continue
            elif word == "enum":
                enums.append(self._enum())
                continue
            elif word in ("option", "service", "extend"):
                self._skip()
                continue
            elif word != ";":
                raise SchemaSyntaxError(f"Unexpected {word!r}")
            if word != ";":
                self._expect(";")
        return File(tuple(messages), tuple(enums), package, tuple(imports), syntax)

    def _message(self) -> Message:
        name = self._name()
        self._expect("{")
        fields: list[Field] = []
        messages: list[Message] = []
        enums: list[Enum] = []
        while self._peek() != "}":
            word = self._peek()
            if word == "message" and self._peek(2) == "{":
                self._next()
                messages.append(self._message())
            elif word == "enum" and self._peek(2) == "{":
                self._next()
                enums.append(self._enum())
            elif word == "oneof" and self._peek(2) == "{":
                self._next()
                fields += self._oneof()
            elif word in ("option", "reserved", "extensions", "extend") and self._peek(2) != "=":
                self._next()
                self._skip()
            elif word == ";":
                self._next()
            else:
                fields.append(self._field(None))
        self._next()
        return Message(name, tuple(fields), tuple(messages), tuple(enums))

    def _oneof(self) -> list[Field]:
        name = self._name()
        self._expect("{")
        fields = []
        while self._peek() != "}":
            if self._peek() == "option":
                self._skip()
            elif self._peek() == ";":
                self._next()
            else:
                fields.append(self._field(name))
        self._next()
        return fields

    def _field(self, oneof: str | None) -> Field:
        label = self._next() if self._peek() in LABELS else ""
        kind, key = self._next(), None
        if kind == "group":
            raise SchemaSyntaxError("groups are not supported")
        if kind == "map" and self._peek() == "<":
            self._next()
            key = self._next()
            self._expect(",")
            kind = self._next()
            self._expect(">")
        name = self._name()
        self._expect("=")
        number = self._number()
        parameters = self._options() if self._peek() == "[" else ()
        self._expect(";")
        return Field(name, number, kind, label, oneof, key, parameters)

    def _options(self) -> tuple[tuple[str, str], ...]:
        """What ``confluent.field_meta`` says of a field's parameters; all other options say nothing here."""
        tokens = self._group()
        if not any("field_meta" in token for token in tokens):
            return ()
        found: dict[str, str] = {}
        entry: dict[str, str] = {}
        for at, token in enumerate(tokens[:-1]):
            if token == "{":
                entry = {}
            elif token in ("key", "value") and tokens[at + 1] == ":":
                entry[token] = _unquoted(tokens[at + 2])
            if len(entry) == 2:
                found[entry["key"]] = entry["value"]
        return tuple(found.items())

    def _enum(self) -> Enum:
        name = self._name()
        self._expect("{")
        values: list[tuple[str, int]] = []
        while self._peek() != "}":
            word = self._next()
            if word in ("option", "reserved") and self._peek() != "=":
                self._skip()
            elif word != ";":
                self._expect("=")
                values.append((word, self._number()))
                if self._peek() == "[":
                    self._group()
                self._expect(";")
        self._next()
        return Enum(name, tuple(values))

    # -- tokens -----------------------------------------------------------------------------------

    def _peek(self, ahead: int = 0) -> str:
        if self._at + ahead >= len(self._tokens):
            raise SchemaSyntaxError("Unexpected end of file")
        return self._tokens[self._at + ahead]

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _expect(self, wanted: str) -> None:
        token = self._next()
        if token != wanted:
            raise SchemaSyntaxError(f"Expected {wanted!r}, not {token!r}")

    def _name(self) -> str:
        token = self._next()
        if not token.isidentifier():
            raise SchemaSyntaxError(f"Expected a name, not {token!r}")
        return token

    def _text(self) -> str:
        token = self._next()
        if token[0] not in "\"'":
            raise SchemaSyntaxError(f"Expected a string, not {token!r}")
        return _unquoted(token)

    def _number(self) -> int:
        token = self._next()
        try:
            return int(token, 0)
        except ValueError:
            raise SchemaSyntaxError(f"Expected a number, not {token!r}") from None

    def _group(self) -> list[str]:
        """The tokens of a bracket, and all that is inside."""
        start, open_ = self._at, [_CLOSING[self._next()]]
        while open_:
            token = self._next()
            if token in _CLOSING:
                open_.append(_CLOSING[token])
            elif token == open_[-1]:
                open_.pop()
        return self._tokens[start : self._at]

    def _skip(self) -> None:
        """To the end of a statement: past its semicolon, or past its block."""
        while True:
            if self._peek() in _CLOSING:
                block = self._peek() == "{"
                self._group()
                if block and (self._at == len(self._tokens) or self._tokens[self._at] != ";"):
                    return
            elif self._next() == ";":
                return


def _unquoted(token: str) -> str:
    return token[1:-1] if token[0] in "\"'" else token
