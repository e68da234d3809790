"""The parts that several statements have: columns, properties, names of resources."""

from __future__ import annotations

from sqlglot import expressions as exp

from minisql.dialect import nodes
from minisql.dialect.failures import refusal
from minisql.dialect.matching import NAMES
from minisql.dialect.queries import QueryParser
from minisql.dialect.tokenizer import NAME, STRING, WORD
from minisql.dialect.words import NON_RESERVED


class PartParser(QueryParser):
    """The part of the parser that reads what stands within statements."""

    def _element(self) -> nodes.TableElement:
        start = self._curr
        name, kind = self._trimmed_name(), self._type()
        element = nodes.TableElement(this=name, kind=kind)
        if self._eat("HEADER"):
            self._need("(")
            element.set("constraint", "HEADER")
            element.set("key", self._string().strip())
            self._need(")")
        elif self._eat("PRIMARY", "KEY"):
            element.set("constraint", "PRIMARY KEY")
        elif self._at("KEY", "HEADERS"):
            element.set("constraint", self._curr.text)
            self._advance()
        return self._placed(element, start)

    def _properties(self) -> list[nodes.Property]:
        self._need("WITH")
        return self._wrapped(self._property)

    def _property(self) -> nodes.Property:
        start = self._curr
        name = self._string() if start.token_type is STRING else self._name().this
        self._need("=")
        return self._placed(nodes.Property(this=name, expression=self._literal()), start)

    def _literal(self) -> exp.Expr:
        value = self._atom()
        if not isinstance(value, (exp.Literal, exp.Null, exp.Boolean, nodes.Variable)):
            self._fail()
        return value

    def _alter_option(self) -> nodes.AlterOption:
        self._need("ADD")
        if self._at("COLUMN") and self._at_name_and_type():
            self._advance()
        return nodes.AlterOption(this=self._name(), kind=self._type())

    def _at_name_and_type(self) -> bool:
        """Whether a name and a type follow: otherwise, as in ADD COLUMN INT, the column is called COLUMN."""
        kind = self._tokens[self._index + 2] if self._index + 2 < self._tokens_size else self._next
        named = self._next.token_type in NAMES
        return named and (kind.token_type in NAMES or kind.text == "DECIMAL") and kind is not self._next

    def _resource(self) -> exp.Expr:
        """The name of a topic or subject: its case is kept, quoted or not."""
        start = self._curr
        if start.token_type is STRING:
            return self._placed(exp.Literal.string(self._open_string()), start)
        return self._cased_name()

    def _cased_name(self) -> exp.Identifier:
        """A name whose case is kept, quoted or not."""
        start = self._curr
        name = self._name()
        if start.token_type is NAME:
            name.set("this", self.sql[start.start : start.end + 1])
        return name

    def _variable_name(self) -> str:
        """A plain identifier; ksqlDB lets words of its grammar pass too, when they are in lower case."""
        token = self._curr
        text = self.sql[token.start : token.end + 1]
        plain = token.token_type is NAME and token.text not in NON_RESERVED and not text[0].isdigit()
        word = token.token_type in (NAME, WORD) and text.islower() and text != "replace"
        if not (plain or word):
            self._fail()
        self._advance()
        return text

    def _schema_id(self) -> exp.Expr:
        start = self._curr
        literal = self._literal()
        if not (isinstance(literal, exp.Literal) and not literal.is_string and literal.this.lstrip("-").isdigit()):
            self._hold(refusal("ID must be an integer", start))
        return literal

    def _timeout(self) -> nodes.Duration | None:
        return self._duration() if self._eat("TIMEOUT") else None
