"""ksqlDB's expressions, with its own precedence.

From the loosest to the tightest: OR, AND, NOT, one predicate, ``||``, ``+ -``, ``* / %``, signs, AT TIME ZONE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from sqlglot import expressions as exp
from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect import nodes
from minisql.dialect.datatypes import TypeParser
from minisql.dialect.failures import refusal
from minisql.dialect.matching import NAMES
from minisql.dialect.tokenizer import NAME, NUMBER, STRING, VARIABLE, WORD
from minisql.dialect.words import UNITS, plural


class ExpressionParser(TypeParser):
    """The part of the parser that reads expressions."""

    COMPARISONS: ClassVar[dict[TokenType, type[exp.Expr]]] = {
        TokenType.EQ: exp.EQ,
        TokenType.NEQ: exp.NEQ,
        TokenType.LT: exp.LT,
        TokenType.LTE: exp.LTE,
        TokenType.GT: exp.GT,
        TokenType.GTE: exp.GTE,
    }
    OPERATORS: ClassVar[tuple[dict[TokenType, type[exp.Expr]], ...]] = (
        {TokenType.DPIPE: exp.DPipe},
        {TokenType.PLUS: exp.Add, TokenType.DASH: exp.Sub},
        {TokenType.STAR: exp.Mul, TokenType.SLASH: exp.Div, TokenType.MOD: exp.Mod},
    )
    """Binary operators, from the loosest to the tightest."""

    SIGNS: ClassVar[dict[TokenType, type[exp.Expr]]] = {TokenType.DASH: exp.Neg, TokenType.PLUS: nodes.Positive}
    PREDICATES: ClassVar[dict[str, Callable[[Any, exp.Expr], exp.Expr]]] = {
        "BETWEEN": lambda self, value: self._between(value),
        "IN": lambda self, value: self._in_list(value),
        "LIKE": lambda self, value: self._like(value),
    }
    PRIMARIES: ClassVar[dict[str, Callable[[Any], exp.Expr]]] = {
        "NULL": lambda self: exp.Null(),
        "TRUE": lambda self: exp.Boolean(this=True),
        "FALSE": lambda self: exp.Boolean(this=False),
        "CASE": lambda self: self._case(),
        "CAST": lambda self: self._cast(),
        "(": lambda self: self._parenthesized(),
    }
    CONSTRUCTORS: ClassVar[dict[tuple[str, str], Callable[[Any], exp.Expr | None]]] = {
        ("ARRAY", "["): lambda self: self._array(),
        ("MAP", "("): lambda self: self._map(),
        ("STRUCT", "("): lambda self: self._struct(),
    }

    def _boolean(self) -> exp.Expr:
        left = self._conjunction()
        while self._eat("OR"):
            left = exp.Or(this=left, expression=self._conjunction())
        return left

    def _conjunction(self) -> exp.Expr:
        left = self._negation()
        while self._eat("AND"):
            left = exp.And(this=left, expression=self._negation())
        return left

    def _negation(self) -> exp.Expr:
        return exp.Not(this=self._negation()) if self._eat("NOT") else self._predicated()

    def _predicated(self) -> exp.Expr:
        value = self._value()
        comparison = self.COMPARISONS.get(self._curr.token_type)
        if comparison is not None:
            self._advance()
            return comparison(this=value, expression=self._value())
        if self._eat("IS"):
            return self._is(value)
        if self._eat("NOT"):
            return exp.Not(this=self._predicate(value))
        return self._predicate(value) if self._at(*self.PREDICATES) else value

    def _predicate(self, value: exp.Expr) -> exp.Expr:
        word = self._curr.text
        if not self._at(*self.PREDICATES):
            self._fail()
        self._advance()
        return self.PREDICATES[word](self, value)

    def _is(self, value: exp.Expr) -> exp.Expr:
        negated = self._eat("NOT")
        if self._eat("DISTINCT", "FROM"):
            other = self._value()
            return exp.NullSafeEQ(this=value, expression=other) if negated else exp.NullSafeNEQ(this=value, expression=other)
        self._need("NULL")
        test = exp.Is(this=value, expression=exp.Null())
        return exp.Not(this=test) if negated else test

    def _between(self, value: exp.Expr) -> exp.Expr:
        low = self._value()
        self._need("AND")
        return exp.Between(this=value, low=low, high=self._value())

    def _in_list(self, value: exp.Expr) -> exp.Expr:
        return exp.In(this=value, expressions=self._wrapped(self._boolean))

    def _like(self, value: exp.Expr) -> exp.Expr:
        like = exp.Like(this=value, expression=self._value())
        if not (self._at("ESCAPE") and self._next.token_type is STRING):
            return like
        self._advance()
        token = self._curr
        escape = self._string()
        if len(escape) != 1:
            where = f"Optional[Line: {token.line}, Col: {token.col}]"
            self._hold(refusal(f"{where}: Expected single character escape but got: {escape}", token))
        return exp.Escape(this=like, expression=exp.Literal.string(escape))

    def _value(self, level: int = 0) -> exp.Expr:
        if level == len(self.OPERATORS):
            return self._signed()
        left = self._value(level + 1)
        while (operator := self.OPERATORS[level].get(self._curr.token_type)) is not None:
            self._advance()
            left = operator(this=left, expression=self._value(level + 1))
        return left

    def _signed(self) -> exp.Expr:
        sign = self.SIGNS.get(self._curr.token_type)
        # ksqlDB reads a minus before a number as a part of that number.
        if sign is None or (sign is exp.Neg and self._next.token_type is NUMBER):
            return self._zoned(self._primary())
        self._advance()
        return sign(this=self._signed())

    def _zoned(self, value: exp.Expr) -> exp.Expr:
        while self._eat("AT"):
            self._need("TIME", "ZONE")
            value = exp.AtTimeZone(this=value, zone=exp.Literal.string(self._string()))
        return value

    def _primary(self) -> exp.Expr:
        value = self._atom()
        while True:
            if self._eat("["):
                value = exp.Bracket(this=value, expressions=[self._value()])
                self._need("]")
            elif self._at("->") and not self._next_is("*"):
                self._advance()
                value = exp.Dot(this=value, expression=self._name())
            else:
                return value

    def _atom(self) -> exp.Expr:
        token = self._curr
        if token.token_type in NAMES:
            return self._named()
        if token.token_type is NUMBER or self._at("-"):
            return self._number()
        if token.token_type is STRING:
            return self._placed(exp.Literal(this=self._open_string(), is_string=True), token)
        primary = self.PRIMARIES.get(token.text)
        if primary is None:
            self._fail()
        self._advance()
        return primary(self)

    def _named(self) -> exp.Expr:
        """Whatever starts with a name: a constructor, a call, a typed literal, a variable or a column."""
        start = self._curr
        if start.token_type is NAME and (constructor := self.CONSTRUCTORS.get((start.text, self._next.text))):
            index = self._index
            constructed = constructor(self)
            if constructed is not None:
                return self._placed(constructed, start)
            self._retreat(index)
        if start.token_type is VARIABLE and not self._next_is("(", ".") and self._next.token_type is not STRING:
            self._advance()
            return self._placed(nodes.Variable(this=start.text[2:-1]), start)
        name = self._trimmed_name()
        if self._at("("):
            return self._call(name, start)
        if self._curr.token_type is STRING:
            return self._typed_literal(name, start)
        return self._column(name, start)

    def _column(self, name: exp.Identifier, start: Token) -> exp.Column:
        if self._at(".") and not self._next_is("*"):
            self._advance()
            return self._placed(exp.Column(this=self._trimmed_name(), table=name), start)
        return self._placed(exp.Column(this=name), start)

    def _typed_literal(self, name: exp.Identifier, start: Token) -> exp.Expr:
        text = self._string()
        if name.this != "DECIMAL":
            self._hold(refusal(f"Unknown type: {name.this}, location:Optional[Line: {start.line}, Col: {start.col}]", start))
        return self._placed(nodes.TypedLiteral(this=name, expression=exp.Literal.string(text)), start)

    def _parenthesized(self) -> exp.Expr:
        inner = self._boolean()
        self._need(")")
        return inner

    def _case(self) -> exp.Expr:
        operand = None if self._at("WHEN") else self._value()
        branches = [self._when()]
        while self._at("WHEN"):
            branches.append(self._when())
        default = self._boolean() if self._eat("ELSE") else None
        self._need("END")
        return exp.Case(this=operand, ifs=branches, default=default)

    def _when(self) -> exp.If:
        self._need("WHEN")
        condition = self._boolean()
        self._need("THEN")
        return exp.If(this=condition, true=self._boolean())

    def _cast(self) -> exp.Expr:
        self._need("(")
        value = self._boolean()
        self._need("AS")
        kind = self._type()
        self._need(")")
        return exp.Cast(this=value, to=kind)

    def _array(self) -> exp.Expr:
        self._advance(2)
        items = [] if self._at("]") else self._list(self._boolean)
        self._need("]")
        return exp.Array(expressions=items)

    def _map(self) -> exp.Expr | None:
        """MAP(k := v, ...); None when it turns out to be a call of a function named MAP."""
        self._advance(2)
        entries: list[nodes.MapEntry] = []
        if not self._at(")"):
            key = self._boolean()
            if not self._at(":="):
                return None
            entries.append(self._map_entry(key))
            while self._eat(","):
                entries.append(self._map_entry(self._boolean()))
        self._need(")")
        return nodes.MapConstructor(expressions=entries)

    def _map_entry(self, key: exp.Expr) -> nodes.MapEntry:
        self._need(":=")
        return nodes.MapEntry(this=key, expression=self._boolean())

    def _struct(self) -> exp.Expr | None:
        """STRUCT(name := value, ...); None when it turns out to be a call of a function named STRUCT."""
        self._advance(2)
        if self._eat(")"):
            return nodes.StructConstructor(expressions=[])
        if not (self._at_name() and self._next_is(":=")):
            return None
        fields = self._list(self._struct_field)
        self._need(")")
        return nodes.StructConstructor(expressions=fields)

    def _struct_field(self) -> nodes.StructField:
        name = self._name()
        self._need(":=")
        return nodes.StructField(this=name, expression=self._boolean())

    def _call(self, name: exp.Identifier, start: Token) -> exp.Expr:
        self._need("(")
        star = self._eat("*")
        arguments: list[exp.Expr] = [] if star or self._at(")") else self._arguments()
        self._need(")")
        # ksqlDB drops the star, and shows COUNT() as COUNT(*).
        if not arguments and name.this == "COUNT":
            arguments = [exp.Star()]
        return self._placed(exp.Anonymous(this=name.this, expressions=arguments), start)

    def _arguments(self) -> list[exp.Expr]:
        found = [self._argument()]
        while self._eat(","):
            if self._at_lambda():
                found.append(self._lambda())
            elif isinstance(found[-1], exp.Lambda):
                self._fail()
            else:
                found.append(self._argument())
        return found

    def _argument(self) -> exp.Expr:
        if self._curr.token_type is WORD and self._curr.text in UNITS:
            self._advance()
            return nodes.IntervalUnit(this=plural(self._prev.text))
        return self._boolean()

    def _at_lambda(self) -> bool:
        if self._at_name():
            return self._next_is("=>")
        index = self._index
        while self._at("(", ",") and self._next.token_type in NAMES:
            self._advance(2)
        found = self._index > index and self._eat(")", "=>")
        self._retreat(index)
        return found

    def _lambda(self) -> exp.Lambda:
        start = self._curr
        names = [self._name()] if self._at_name() else self._wrapped(self._name)
        self._need("=>")
        texts = [name.this for name in names]
        if len(set(texts)) < len(texts):
            self._hold(refusal(f"Lambda arguments have duplicates: [{', '.join(texts)}]", start))
        return exp.Lambda(this=self._boolean(), expressions=names)
