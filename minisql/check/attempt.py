"""A statement that is tried."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot.expressions import Expression

from minisql.check import dependence
from minisql.check.finding import Finding
from minisql.check.places import Place, locate, place_of_word, written
from minisql.check.script import Script
from minisql.dialect import StatementText
from minisql.dialect.places import place_of
from minisql.dialect.tokenizer import tokenize
from minisql.errors import KsqlError
from minisql.statements.prepared import Prepared


class Attempt:
    """A statement while it is tried: where it stands, and what it is once its variables have their values."""

    def __init__(self, script: Script, statement: StatementText, variables: Mapping[str, str]) -> None:
        self.script = script
        self.statement = statement
        self._variables = variables
        self.prepared: Prepared | None = None

    @property
    def place(self) -> Place:
        """Where the statement starts."""
        return self.statement.line, self.statement.column

    def finding(self, place: Place, severity: str, code: str, message: str) -> Finding:
        """A finding about it."""
        return Finding(self.script.name, *place, severity, code, message, self.statement.text)

    @property
    def text(self) -> str:
        """What is tried: the statement with the values of its variables."""
        return self.statement.text if self.prepared is None else self.prepared.text

    def place_of(self, cause: Exception | Expression | str | None) -> Place:
        """Where an error, a part of the statement or a word of it stands in the script."""
        if isinstance(cause, KsqlError):
            return locate(cause, self.statement, self.text)
        place = None
        if isinstance(cause, str):
            place = place_of_word(cause, tokenize(self.text, *self.place))
        elif isinstance(cause, Expression):
            place = place_of(cause)
        return self.place if place is None else written(place, self.statement, self.text)

    def made(self) -> str | None:
        """The source or type that it makes."""
        if self.prepared is None:
            return dependence.made_by_text(self.statement.text, self._variables)
        return dependence.made_by(self.prepared.node)

    def needed(self) -> set[str]:
        """The names that it needs, as far as they can be told."""
        return set() if self.prepared is None else dependence.needed_by(self.prepared.node)
