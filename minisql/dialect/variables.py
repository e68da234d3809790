"""``${name}`` replaced by the session's variables, with ksqlDB's checks against injected SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlglot import expressions as exp
from sqlglot.tokenizer_core import Token

from minisql.dialect import nodes
from minisql.dialect.failures import rejection
from minisql.dialect.parser import KsqlParser
from minisql.dialect.reading import read
from minisql.dialect.tokenizer import VARIABLE, tokenize
from minisql.errors import KsqlError, ParseError

_REFERENCE = re.compile(r"\$(\$\{)|\$\{([^}]*)\}")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_@]*")
_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?\s*")


def substitute(text: str, variables: Mapping[str, str], test: bool = False, line: int = 1, column: int = 1) -> str:
    """One statement's text with its ``${name}`` replaced.

    A variable may stand for an identifier or a literal, and within a string. ``$${`` stands for ``${``;
    ``${name:-default}`` gives a default within a string. ``test`` allows the statements of test files too.
    ``line`` and ``column`` say where the text starts in its script, for the places that errors tell.

    Raises:
        ParseError: where a variable stands outside a string and has no value, or a value that is not one
            identifier or one literal; or when ``text`` is not a statement.
    """
    if "${" not in text:
        return text
    references = _References(variables)
    references.test = test
    read(references, text, tokenize(text, line, column), KsqlParser.read_statement)
    return _replace(text, references.values, ())


class _References(KsqlParser):
    """Reads a statement only to find the variables in it, and what each is replaced by."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        super().__init__()
        self._variables = variables
        self.values: dict[str, str] = {}

    def _statement(self) -> exp.Expr:
        return self._choose(self.TEST_STATEMENTS if self.test else self.STATEMENTS)

    def _source_name(self) -> exp.Identifier:
        return self._name()

    def _name(self) -> exp.Identifier:
        token = self._curr
        name = super()._name()
        if token.token_type is VARIABLE:
            value = self._variables.get(token.text[2:-1], token.text)
            _check_identifier(value, token)
            self.values.setdefault(token.text[2:-1], value)
        return name

    def _atom(self) -> exp.Expr:
        token = self._curr
        value = super()._atom()
        if isinstance(value, nodes.Variable):
            replacement = self._variables.get(value.this, token.text)
            _check_literal(replacement, token)
            self.values.setdefault(value.this, _sanitize(replacement))
        return value

    def _open_string(self) -> str:
        text = super()._open_string()
        for match in _REFERENCE.finditer(text):
            name = (match.group(2) or "").partition(":-")[0]
            if name in self._variables:
                self.values.setdefault(name, _sanitize(self._variables[name]))
        return text


def _check_identifier(value: str, token: Token) -> None:
    bare = value[1:-1] if value[:1] in ('"', "`") and value[:1] == value[-1:] else value
    if _IDENTIFIER.fullmatch(bare) is None:
        rule = "Identifier names cannot start with '@' and may only contain alphanumeric values and '_'."
        raise _illegal(token, f" {rule}", value)


def _check_literal(value: str, token: Token) -> None:
    quoted = len(value) > 1 and value[0] == value[-1] == "'"
    if not (quoted or value.lower() in ("true", "false") or _NUMBER.fullmatch(value)):
        raise _illegal(token, "", value)


def _illegal(token: Token, rule: str, value: str) -> ParseError:
    return rejection(f"Illegal argument at Line: {token.line}, Col: {token.col}.{rule} Got: '{value}'", token)


def _sanitize(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return "'" + value[1:-1].replace("''", "'").replace("'", "''") + "'"
    return value.replace("'", "''")


def _replace(text: str, values: Mapping[str, str], inside: tuple[str, ...]) -> str:
    def replacement(match: re.Match[str]) -> str:
        if match.group(1):
            return match.group(1)
        name, delimiter, default = match.group(2).partition(":-")
        if name in inside:
            raise KsqlError(f"Infinite loop in property interpolation of {inside[0]}: {'->'.join(inside)}")
        value = values.get(name, default if delimiter else None)
        return match.group() if value is None else _replace(value, values, (*inside, name))

    return _REFERENCE.sub(replacement, text)
