"""Signatures of functions: ``NAME(arg TYPE, other TYPE..., [initial INT]) -> TYPE``."""

from __future__ import annotations

import re

from minisql.functions.parameter_types import ANY, ANY_DECIMAL, INTERVAL_UNIT, Generic
from minisql.types import PRIMITIVES, SqlArray, SqlDecimal, SqlLambda, SqlMap, SqlStruct, SqlType

_TOKEN = re.compile(r"->|=>|\.\.\.|`[^`]+`|\w+|[(),<>\[\]!]")
_SPECIAL = {"DECIMAL": ANY_DECIMAL, "ANY": ANY, "INTERVALUNIT": INTERVAL_UNIT}


class Parameter:
    """One parameter.

    Attributes:
        name: as DESCRIBE FUNCTION shows it.
        type: the declared type; of a variadic parameter, that of one argument.
        required: written ``TYPE!``: a NULL argument is an error (Java's primitive types).
        variadic: written ``TYPE...``: any number of arguments.
        initial: written in brackets: a literal that an aggregate is made with.
    """

    __slots__ = ("initial", "name", "required", "type", "variadic")

    def __init__(self, name: str, kind: SqlType, required: bool, variadic: bool, initial: bool) -> None:
        self.name = name
        self.type = kind
        self.required = required
        self.variadic = variadic
        self.initial = initial

    @property
    def declared(self) -> SqlType:
        """The type as ksqlDB's index of functions has it: a variadic parameter is an array."""
        return SqlArray(self.type) if self.variadic else self.type


class Signature:
    """A parsed signature; ``returns`` is None when it is left out, for the decorator's ``returns`` to say."""

    __slots__ = ("name", "parameters", "returns")

    def __init__(self, name: str, parameters: tuple[Parameter, ...], returns: SqlType | None) -> None:
        self.name = name
        self.parameters = parameters
        self.returns = returns

    @property
    def variadic(self) -> bool:
        """Whether a parameter is variadic."""
        return any(parameter.variadic for parameter in self.parameters)


def parse(text: str) -> Signature:
    """Read a signature.

    Raises:
        ValueError: the text is not a signature.

    >>> signature = parse("FOO(xs ARRAY<T>, f (T) => U, n INT!, rest STRING..., [k INT]) -> MAP<T, U>")
    >>> [(p.name, str(p.type)) for p in signature.parameters]
    [('xs', 'ARRAY<T>'), ('f', 'LAMBDA (T) => U'), ('n', 'INTEGER'), ('rest', 'STRING'), ('k', 'INTEGER')]
    """
    return _Reader(text).signature()


def parse_type(text: str) -> SqlType:
    """Read a type, in which type variables may occur."""
    return _Reader(text).type()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _TOKEN.findall(text)
        self.at = 0

    @property
    def token(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        token = self.token
        self.at += 1
        return token

    def take(self, token: str) -> bool:
        found = self.token == token
        self.at += found
        return found

    def expect(self, token: str) -> None:
        if not self.take(token):
            raise ValueError(f"expected {token!r} and not {self.token!r} in the signature {self.text!r}")

    def signature(self) -> Signature:
        name = self.next().strip("`")
        self.expect("(")
        parameters: list[Parameter] = []
        initial = False
        while not self.take(")"):
            initial = self.take("[") or initial
            parameters.append(self.parameter(initial))
            initial = initial and not self.take("]")
            if self.token != ")":
                self.expect(",")
        returns = self.type() if self.take("->") else None
        if self.token:
            raise ValueError(f"nothing may follow the result in the signature {self.text!r}")
        return Signature(name, tuple(parameters), returns)

    def parameter(self, initial: bool) -> Parameter:
        name = self.next().strip("`")
        kind = self.type()
        return Parameter(name, kind, self.take("!"), self.take("..."), initial)

    def type(self) -> SqlType:
        if self.take("("):
            return self.lambda_type()
        name = self.next().upper()
        if name == "ARRAY":
            return SqlArray(self.inner()[0])
        if name == "MAP":
            return SqlMap(*self.inner())
        if name == "STRUCT":
            return self.struct()
        if name == "DECIMAL" and self.take("("):
            precision, _, scale, _ = self.next(), self.next(), self.next(), self.next()
            return SqlDecimal(int(precision), int(scale))
        if len(name) == 1 and name.isalpha():
            return Generic(name)
        kind = PRIMITIVES.get(name) or _SPECIAL.get(name)
        if kind is None:
            raise ValueError(f"no such type as {name!r} in the signature {self.text!r}")
        return kind

    def inner(self) -> list[SqlType]:
        self.expect("<")
        kinds = [self.type()]
        while self.take(","):
            kinds.append(self.type())
        self.expect(">")
        return kinds

    def struct(self) -> SqlStruct:
        fields: list[tuple[str, SqlType]] = []
        if self.take("<"):
            while not self.take(">"):
                fields.append((self.field(), self.type()))
                self.take(",")
        return SqlStruct(tuple(fields))

    def field(self) -> str:
        token = self.next()
        return token.strip("`") if token.startswith("`") else token.upper()

    def lambda_type(self) -> SqlLambda:
        inputs: list[SqlType] = []
        while not self.take(")"):
            inputs.append(self.type())
            self.take(",")
        self.expect("=>")
        return SqlLambda(tuple(inputs), self.type())
