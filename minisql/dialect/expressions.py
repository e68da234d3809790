"""ksqlDB's expressions, with its own precedence.

From the loosest to the tightest: OR, AND, NOT, one predicate, ``||``, ``+ -``, ``* / %``, signs, AT TIME ZONE.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar

from sqlglot import expressions as exp
from sqlglot import parser
from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect import nodes
from minisql.dialect.checks import check_number
from minisql.dialect.failures import refusal, syntax_error
from minisql.dialect.tokenizer import NAME, NUMBER, QUOTED, STRING, VARIABLE, WORD
from minisql.dialect.words import UNITS
from minisql.errors import ParseError
from minisql.types import INT_MAX, INT_MIN

T = TypeVar("T")
N = TypeVar("N", bound=exp.Expr)

_LITERAL = "io.confluent.ksql.execution.expression.tree.{}Literal"
_LONG, _INTEGER = _LITERAL.format("Long"), _LITERAL.format("Integer")
# What a JVM says where ksqlDB takes for granted that the number is no BIGINT.
_NOT_AN_INTEGER = (
    f"class {_LONG} cannot be cast to class {_INTEGER} ({_LONG} and {_INTEGER} are in unnamed module of loader 'app')"
)

_NAMES = frozenset((NAME, QUOTED, VARIABLE))
_TEXTLESS = frozenset((QUOTED, STRING, NUMBER, VARIABLE))


class ExpressionParser(parser.Parser):
    """The part of the parser that reads names, literals, types and expressions."""

    FUNCTIONS: ClassVar[dict[str, Any]] = {}
    STATEMENT_PARSERS: ClassVar[dict[Any, Any]] = {}

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
    PRIMITIVE_TYPES: ClassVar[dict[str, exp.DType]] = {
        "BOOLEAN": exp.DType.BOOLEAN,
        "INT": exp.DType.INT,
        "INTEGER": exp.DType.INT,
        "BIGINT": exp.DType.BIGINT,
        "DOUBLE": exp.DType.DOUBLE,
        "STRING": exp.DType.VARCHAR,
        "VARCHAR": exp.DType.VARCHAR,
        "BYTES": exp.DType.VARBINARY,
        "DATE": exp.DType.DATE,
        "TIME": exp.DType.TIME,
        "TIMESTAMP": exp.DType.TIMESTAMP,
    }
    NESTED_TYPES: ClassVar[dict[tuple[str, str], Callable[[Any], exp.DataType]]] = {
        ("DECIMAL", "("): lambda self: self._decimal_type(),
        ("ARRAY", "<"): lambda self: self._nested_type(exp.DType.ARRAY, 1),
        ("MAP", "<"): lambda self: self._nested_type(exp.DType.MAP, 2),
        ("STRUCT", "<"): lambda self: self._struct_type(),
    }

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

    # -- words and names ---------------------------------------------------------------------

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
        return self._curr.token_type in _NAMES

    def _name(self) -> exp.Identifier:
        token = self._curr
        if token.token_type not in _NAMES:
            self._fail()
        self._advance()
        quoted = token.token_type is QUOTED
        return self._placed(exp.Identifier(this=token.text if quoted else token.text.upper(), quoted=quoted), token)

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

    # -- booleans and predicates -------------------------------------------------------------

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

    # -- values ------------------------------------------------------------------------------

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
        if token.token_type in _NAMES:
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
        name = self._name()
        if self._at("("):
            return self._call(name, start)
        if self._curr.token_type is STRING:
            return self._typed_literal(name, start)
        return self._column(name, start)

    def _column(self, name: exp.Identifier, start: Token) -> exp.Column:
        if self._at(".") and not self._next_is("*"):
            self._advance()
            return self._placed(exp.Column(this=self._name(), table=name), start)
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

    # -- CASE, CAST, constructors, calls -------------------------------------------------------

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
            return nodes.IntervalUnit(this=self._prev.text)
        return self._boolean()

    def _at_lambda(self) -> bool:
        if self._at_name():
            return self._next_is("=>")
        index = self._index
        while self._at("(", ",") and self._next.token_type in _NAMES:
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

    # -- types -------------------------------------------------------------------------------

    def _type(self) -> exp.DataType:
        nested = None if self._curr.token_type is QUOTED else self.NESTED_TYPES.get((self._curr.text, self._next.text))
        kind = self._named_type() if nested is None else nested(self)
        while self._eat("ARRAY"):
            kind = exp.DataType(this=exp.DType.ARRAY, expressions=[kind], nested=True)
        return kind

    def _named_type(self) -> exp.DataType:
        start = self._curr
        name = self._name()
        if self._at("("):
            self._wrapped(self._type_parameter)
        primitive = self.PRIMITIVE_TYPES.get(name.this.upper())
        kind = exp.DataType(this=exp.DType.USERDEFINED, kind=name.this) if primitive is None else exp.DataType(this=primitive)
        return self._placed(kind, start)

    def _type_parameter(self) -> None:
        """The 10 of VARCHAR(10): ksqlDB reads it and forgets it."""
        if self._eat("STRING"):
            return
        token = self._take(NUMBER)
        if not token.text.isdigit():
            self._fail()

    def _decimal_type(self) -> exp.DataType:
        self._advance(2)
        precision = self._integer("DECIMAL(PRECISION)")
        self._need(",")
        scale = self._integer("DECIMAL(SCALE)")
        self._need(")")
        return exp.DataType(this=exp.DType.DECIMAL, expressions=[exp.DataTypeParam(this=size) for size in (precision, scale)])

    def _nested_type(self, kind: exp.DType, parameters: int) -> exp.DataType:
        self._advance(2)
        inner = [self._type()]
        for _ in range(parameters - 1):
            self._need(",")
            inner.append(self._type())
        self._need(">")
        return exp.DataType(this=kind, expressions=inner, nested=True)

    def _struct_type(self) -> exp.DataType:
        self._advance(2)
        fields = [] if self._at(">") else self._list(self._struct_type_field)
        self._need(">")
        return exp.DataType(this=exp.DType.STRUCT, expressions=fields, nested=True)

    def _struct_type_field(self) -> exp.ColumnDef:
        return exp.ColumnDef(this=self._name(), kind=self._type())

    # -- numbers -----------------------------------------------------------------------------

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
        elif not INT_MIN <= int(number.this) <= INT_MAX:
            self._hold(refusal(_NOT_AN_INTEGER, start))
        return number
