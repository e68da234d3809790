"""SELECT and its clauses, in ksqlDB's fixed order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from sqlglot import expressions as exp

from minisql.dialect import nodes
from minisql.dialect.checks import check_keys
from minisql.dialect.expressions import ExpressionParser
from minisql.dialect.failures import refusal, rejection
from minisql.dialect.shapes import is_bigint
from minisql.dialect.tokenizer import NAME, QUOTED, STRING
from minisql.dialect.words import NON_RESERVED, UNITS, plural


class QueryParser(ExpressionParser):
    """The part of the parser that reads queries."""

    JOINS: ClassVar[dict[str, str]] = {"JOIN": "INNER", "INNER": "INNER", "LEFT": "LEFT", "RIGHT": "RIGHT", "FULL": "FULL"}
    WINDOWS: ClassVar[dict[str, Callable[[Any], dict[str, nodes.Duration]]]] = {
        "TUMBLING": lambda self: self._tumbling(),
        "HOPPING": lambda self: self._hopping(),
        "SESSION": lambda self: self._session(),
    }
    CLAUSES_AFTER_SOURCE: ClassVar[frozenset[tuple[str, str]]] = frozenset(
        (("EMIT", "CHANGES"), ("EMIT", "FINAL"), ("PARTITION", "BY"))
    )
    """Clauses that start with a word that could be an alias."""

    def _query(self) -> nodes.Query:
        start = self._curr
        self._need("SELECT")
        return self._placed(self._select(), start)

    def _select(self) -> nodes.Query:
        """The rest of a query, after its SELECT."""
        items = self._list(self._select_item)
        self._need("FROM")
        args = {
            "expressions": items,
            "source": self._relation(),
            "joins": self._joins(),
            "window": self._window() if self._eat("WINDOW") else None,
            "where": self._boolean() if self._eat("WHERE") else None,
            "group": self._key_list("GROUP BY"),
            "partition": self._key_list("PARTITION BY"),
            "having": self._boolean() if self._eat("HAVING") else None,
            "emit": self._emit(),
            "limit": self._limit(),
        }
        return nodes.Query(**{name: value for name, value in args.items() if value is not None})

    def _emit(self) -> str | None:
        if not self._eat("EMIT"):
            return None
        if not self._at("CHANGES", "FINAL"):
            self._fail()
        self._advance()
        return self._prev.text

    def _limit(self) -> exp.Literal | None:
        return self._integer("LIMIT") if self._eat("LIMIT") else None

    # -- select items --------------------------------------------------------------------------

    def _select_item(self) -> exp.Expr:
        start, index = self._curr, self._index
        if self._eat("*"):
            return self._placed(exp.Star(), start)
        item = self._boolean()
        if self._at("->") or (self._at(".") and self._next_is("*")):
            self._retreat(index)
            return self._all_of()
        if self._eat("AS") or self._at_name():
            return self._placed(exp.Alias(this=item, alias=self._trimmed_name()), start)
        return item

    def _all_of(self) -> exp.Expr:
        """``source.*`` or ``struct->*``."""
        start = self._curr
        base = self._primary()
        if self._eat(".", "*") and isinstance(base, exp.Column) and not base.table:
            return self._placed(exp.Column(this=exp.Star(), table=base.this), start)
        self._need("->", "*")
        return self._placed(exp.Dot(this=base, expression=exp.Star()), start)

    # -- sources ---------------------------------------------------------------------------------

    def _relation(self) -> nodes.Relation:
        name = self._source_name()
        if self._eat("AS"):
            return nodes.Relation(this=name, alias=self._source_name())
        if self._at_name() and (self._curr.text, self._next.text) not in self.CLAUSES_AFTER_SOURCE:
            return nodes.Relation(this=name, alias=self._source_name())
        return nodes.Relation(this=name)

    def _source_name(self) -> exp.Identifier:
        token = self._curr
        name = self._name()
        if not all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in name.this):
            rule = "Source names may only contain alphanumeric values, '_' or '-'."
            where = f"Line: {token.line}, Col: {token.col}"
            self._hold(rejection(f"Illegal argument at {where}. {rule} Got: '{name.this}'", token, name.this))
        return name

    def _joins(self) -> list[nodes.JoinedSource] | None:
        found = []
        while self._at(*self.JOINS):
            found.append(self._join())
        return found or None

    def _join(self) -> nodes.JoinedSource:
        start = self._curr
        kind = self.JOINS[start.text]
        if not self._at("JOIN"):
            self._advance()
            if kind != "INNER":
                self._eat("OUTER")
        self._need("JOIN")
        right = self._relation()
        within = self._within() if self._eat("WITHIN") else None
        self._need("ON")
        return self._placed(nodes.JoinedSource(this=right, kind=kind, within=within, on=self._boolean()), start)

    def _within(self) -> nodes.Within:
        if self._eat("("):
            before = self._duration()
            self._need(",")
            after = self._duration()
            self._need(")")
            return nodes.Within(before=before, after=after, grace=self._grace())
        return nodes.Within(before=self._duration(), grace=self._grace())

    # -- windows -----------------------------------------------------------------------------------

    def _window(self) -> nodes.Window:
        start = self._curr
        plain = start.token_type is NAME and start.text not in NON_RESERVED and not start.text[0].isdigit()
        if plain:
            self._advance()
        kind = self._curr.text
        if not self._at(*self.WINDOWS):
            self._fail()
        self._advance()
        self._need("(")
        parts = self.WINDOWS[kind](self)
        if self._eat(",", "RETENTION"):
            parts["retention"] = self._duration()
        if self._eat(","):
            parts["grace"] = self._grace_period()
        self._need(")")
        name = start.text.upper() if plain else None
        return self._placed(nodes.Window(kind=kind, name=name, **parts), start)

    def _tumbling(self) -> dict[str, nodes.Duration]:
        self._need("SIZE")
        return {"size": self._duration()}

    def _hopping(self) -> dict[str, nodes.Duration]:
        self._need("SIZE")
        size = self._duration()
        self._need(",", "ADVANCE", "BY")
        return {"size": size, "advance": self._duration()}

    def _session(self) -> dict[str, nodes.Duration]:
        return {"size": self._duration()}

    def _grace(self) -> nodes.Duration | None:
        return self._grace_period() if self._at("GRACE") else None

    def _grace_period(self) -> nodes.Duration:
        self._need("GRACE", "PERIOD")
        return self._duration()

    def _duration(self) -> nodes.Duration:
        token = self._curr
        number = self._number(checked=False)
        if not self._at(*UNITS):
            self._fail()
        self._advance()
        unit = self._prev.text
        if not number.this.lstrip("-").isdigit() or not is_bigint(number.this):
            self._hold(refusal(f'For input string: "{number.this}"', token))
        return nodes.Duration(this=number, unit=plural(unit))

    # -- GROUP BY, PARTITION BY ----------------------------------------------------------------------

    def _key_list(self, clause: str) -> list[exp.Expr] | None:
        start = self._curr
        if not self._eat(*clause.split()):
            return None
        keys = self._wrapped(self._value, empty=True) if self._at_wrapped_list() else self._list(self._value)
        self._check(check_keys, keys, clause, start)
        return keys

    def _at_wrapped_list(self) -> bool:
        """Whether a list in parentheses follows, rather than an expression that starts with one."""
        if not self._at("("):
            return False
        depth, index = 0, self._index
        for token in self._tokens[index:]:
            text = "" if token.token_type in (STRING, QUOTED) else token.text
            depth += (text in ("(", "[")) - (text in (")", "]"))
            if depth == 1 and text == ",":
                return True
            if depth == 0:
                return self._tokens[index + 1] is token
        return False
