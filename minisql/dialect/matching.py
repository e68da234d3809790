"""The steps that every part of the parser takes: words, names, strings, numbers, lists, and how a text is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar

from sqlglot import expressions as exp
from sqlglot import parser
from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect.checks import check_number
from minisql.dialect.failures import refusal, syntax_error
from minisql.dialect.shapes import is_bigint
from minisql.dialect.tokenizer import NAME, NUMBER, QUOTED, STRING, VARIABLE
from minisql.errors import ParseError
from minisql.types import INT_MAX, INT_MIN

SPACE = "".join(map(chr, range(33)))
"""What ``String.trim`` takes away."""

T = TypeVar("T")
N = TypeVar("N", bound=exp.Expr)

_LITERAL = "io.confluent.ksql.execution.expression.tree.{}Literal"
_LONG, _INTEGER = _LITERAL.format("Long"), _LITERAL.format("Integer")
# What a JVM says where ksqlDB takes for granted that the number is no BIGINT.
_NOT_AN_INTEGER = (
    f"class {_LONG} cannot be cast to class {_INTEGER} ({_LONG} and {_INTEGER} are in unnamed module of loader 'app')"
)

NAMES = frozenset((NAME, QUOTED, VARIABLE))
"""Tokens that may be a name."""

_TEXTLESS = frozenset((QUOTED, STRING, NUMBER, VARIABLE))


class Matcher(parser.Parser):
    """Goes through the tokens of a text, with nothing of sqlglot's own grammar left."""

    FUNCTIONS: ClassVar[dict[str, Any]] = {}
    STATEMENT_PARSERS: ClassVar[dict[Any, Any]] = {}

    _rule = "script"
    """What the whole text has to be."""

    _whole: Sequence[Token] = ()
    """All tokens of the text, the closing ``;`` too."""

    _held: ParseError | None = None
    """What ksqlDB refuses in a text that follows the grammar: it looks for that only when all of the text does."""

    def _hold(self, error: ParseError) -> None:
        self._held = self._held or error

    def _check(self, check: Callable[..., None], *args: Any) -> None:
        try:
            check(*args)
        except ParseError as error:
            self._hold(error)

    def raise_error(self, message: str, token: Token = parser.SENTINEL_NONE) -> NoReturn:
        """Refuse the text; ksqlDB's own way through its grammar finds the words, whatever sqlglot's message is."""
        raise syntax_error(self.sql, self._whole or self._tokens, token or self._curr, self._rule)

    def _parse_as_command(self, start: Token) -> NoReturn:
        self.raise_error("", start)

    def _fail(self) -> NoReturn:
        self.raise_error("")

    def _at(self, *words: str) -> bool:
        return self._curr.text in words and self._curr.token_type not in _TEXTLESS

    def _next_is(self, *words: str) -> bool:
        return self._next.text in words and self._next.token_type not in _TEXTLESS

    def _eat(self, *words: str) -> bool:
        """Advance over ``words`` when all of them come next; otherwise stay."""
        index = self._index
        for word in words:
            if not self._at(word):
                self._retreat(index)
                return False
            self._advance()
        return True

    def _need(self, *words: str) -> None:
        for word in words:
            if not self._eat(word):
                self._fail()

    def _take(self, kind: TokenType) -> Token:
        token = self._curr
        if token.token_type is not kind:
            self._fail()
        self._advance()
        return token

    def _string(self) -> str:
        return self._take(STRING).text

    def _open_string(self) -> str:
        """A string in which ksqlDB replaces ``${name}``."""
        return self._string()

    def _at_name(self) -> bool:
        return self._curr.token_type in NAMES

    def _name(self) -> exp.Identifier:
        token = self._curr
        if token.token_type not in NAMES:
            self._fail()
        self._advance()
        quoted = token.token_type is QUOTED
        return self._placed(exp.Identifier(this=token.text if quoted else token.text.upper(), quoted=quoted), token)

    def _trimmed_name(self) -> exp.Identifier:
        """The name of a column or field (ksqlDB's Name): only in backquotes could it have blanks around it."""
        token, name = self._curr, self._name()
        if name.this.strip(SPACE) != name.this:
            self._hold(refusal(f"name is not trimmed: '{name.this}'", token))
        return name

    def _placed(self, node: N, start: Token) -> N:
        node.meta.update(line=start.line, column=start.col, start=start.start, end=self._prev.end + 1)
        return node

    def _list(self, parse: Callable[[], T]) -> list[T]:
        found = [parse()]
        while self._eat(","):
            found.append(parse())
        return found

    def _wrapped(self, parse: Callable[[], T], empty: bool = False) -> list[T]:
        """A list in parentheses."""
        self._need("(")
        found = [] if empty and self._at(")") else self._list(parse)
        self._need(")")
        return found

    def _number(self, checked: bool = True) -> exp.Literal:
        start = self._curr
        sign = "-" if self._eat("-") else ""
        number = sign + self._take(NUMBER).text
        if checked:
            self._check(check_number, number, start)
        return self._placed(exp.Literal(this=number, is_string=False), start)

    def _integer(self, context: str) -> exp.Literal:
        start = self._curr
        number = self._number()
        if not number.this.lstrip("-").isdigit():
            self._hold(refusal(f"Value must be integer for command: {context}", start))
        elif not is_bigint(number.this) or not INT_MIN <= int(number.this) <= INT_MAX:
            self._hold(refusal(_NOT_AN_INTEGER, start))
        return number
