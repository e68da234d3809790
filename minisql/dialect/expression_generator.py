"""Expressions back to SQL, as ksqlDB prints them: every operator in its own parentheses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from sqlglot import expressions as exp
from sqlglot import generator

from minisql.dialect import nodes
from minisql.dialect.words import quoted_name

Printer = Callable[[Any, Any], str]


def quote_text(text: str) -> str:
    """``text`` as a string literal."""
    return "'" + text.replace("'", "''") + "'"


def number_text(number: str) -> str:
    """A number's value as ksqlDB shows it: 1E3 for the DOUBLE ``1000e0``, 1.50 for the DECIMAL ``01.50``."""
    from decimal import Decimal

    if "e" not in number.lower():
        return str(Decimal(number)) if "." in number else str(int(number))
    sign, digits, exponent = Decimal(repr(float(number))).normalize().as_tuple()
    written = "".join(map(str, digits))
    assert isinstance(exponent, int)
    power = exponent + len(digits) - 1 if any(digits) else 0
    return f"{'-' if sign else ''}{written[0]}{'.' if written[1:] else ''}{written[1:]}E{power}"


def _binary(operator: str) -> Printer:
    return lambda self, node: f"({self.sql(node.this)} {operator} {self.sql(node.expression)})"


class ExpressionGenerator(generator.Generator):
    """Prints expressions and types."""

    naming: Callable[[str], str] = staticmethod(quoted_name)
    """How names are shown."""

    readable = True
    """Whether the text has to read back as the same tree, rather than look as in ksqlDB's messages."""

    TYPE_NAMES: ClassVar[dict[exp.DType, str]] = {
        exp.DType.INT: "INTEGER",
        exp.DType.VARCHAR: "STRING",
        exp.DType.VARBINARY: "BYTES",
    }

    TRANSFORMS: ClassVar[dict[type[exp.Expr], Printer]] = {
        # names and literals
        exp.Identifier: lambda self, node: self.naming(node.this),
        exp.Column: lambda self, node: self.dotted(node),
        exp.Star: lambda self, node: "*",
        exp.Literal: lambda self, node: self.literal(node),
        exp.Boolean: lambda self, node: "true" if node.this else "false",
        exp.Null: lambda self, node: "null",
        nodes.Variable: lambda self, node: f"${{{node.this}}}",
        nodes.TypedLiteral: lambda self, node: self.typed_literal(node),
        nodes.IntervalUnit: lambda self, node: node.this,
        # operators
        exp.Neg: lambda self, node: self.negative(node),
        nodes.Positive: lambda self, node: f"+{self.sql(node.this)}",
        exp.Add: _binary("+"),
        exp.Sub: _binary("-"),
        exp.Mul: _binary("*"),
        exp.Div: _binary("/"),
        exp.Mod: _binary("%"),
        exp.DPipe: lambda self, node: self.concatenation(node),
        exp.EQ: _binary("="),
        exp.NEQ: _binary("<>"),
        exp.LT: _binary("<"),
        exp.LTE: _binary("<="),
        exp.GT: _binary(">"),
        exp.GTE: _binary(">="),
        exp.And: _binary("AND"),
        exp.Or: _binary("OR"),
        exp.NullSafeNEQ: _binary("IS DISTINCT FROM"),
        exp.NullSafeEQ: lambda self, node: self.not_distinct(node),
        exp.Not: lambda self, node: self.negation(node),
        exp.Is: lambda self, node: f"({self.sql(node.this)} IS NULL)",
        exp.Between: lambda self, node: self.between(node),
        exp.In: lambda self, node: f"({self.sql(node.this)} IN ({self.listed(node.expressions)}))",
        exp.Like: lambda self, node: f"({self.like(node)})",
        exp.Escape: lambda self, node: f"({self.like(node.this)} ESCAPE {self.sql(node.expression)})",
        exp.AtTimeZone: lambda self, node: f"{self.sql(node.this)} AT TIME ZONE {self.sql(node.args['zone'])}",
        # CASE, CAST, calls, constructors
        exp.Case: lambda self, node: self.case(node),
        exp.If: lambda self, node: f"WHEN {self.sql(node.this)} THEN {self.sql(node.args['true'])}",
        exp.Cast: lambda self, node: f"CAST({self.sql(node.this)} AS {self.sql(node.args['to'])})",
        exp.Anonymous: lambda self, node: f"{self.naming(node.this)}({self.listed(node.expressions)})",
        exp.Lambda: lambda self, node: f"({self.listed(node.expressions)}) => {self.sql(node.this)}",
        exp.Bracket: lambda self, node: f"{self.sql(node.this)}[{self.listed(node.expressions)}]",
        exp.Dot: lambda self, node: f"{self.sql(node.this)}->{self.sql(node.expression)}",
        exp.Array: lambda self, node: f"ARRAY[{self.listed(node.expressions)}]",
        nodes.MapConstructor: lambda self, node: f"MAP({self.listed(node.expressions)})",
        nodes.MapEntry: lambda self, node: f"{self.sql(node.this)}:={self.sql(node.expression)}",
        nodes.StructConstructor: lambda self, node: f"STRUCT({self.listed(node.expressions)})",
        nodes.StructField: lambda self, node: f"{self.sql(node.this)}:={self.sql(node.expression)}",
        # types
        exp.DataType: lambda self, node: self.data_type(node),
        exp.DataTypeParam: lambda self, node: self.sql(node.this),
        exp.ColumnDef: lambda self, node: f"{self.sql(node.this)} {self.sql(node.args['kind'])}",
    }

    def sql(self, expression: str | exp.Expr | None, key: str | None = None, comment: bool = True) -> str:
        """The text of a node; an error for a node that is not ksqlDB's."""
        node = expression.args.get(key) if key and isinstance(expression, exp.Expr) else expression
        if node is None or isinstance(node, str):
            return node or ""
        return self.TRANSFORMS[type(node)](self, node)

    def words(self, *parts: str | exp.Expr | None) -> str:
        """Those of ``parts`` that are there, with blanks between."""
        return " ".join(filter(None, map(self.sql, parts)))

    def listed(self, items: Sequence[exp.Expr]) -> str:
        """``items`` with commas between."""
        return ", ".join(map(self.sql, items))

    def dotted(self, node: exp.Column) -> str:
        """``source.column`` or ``column``."""
        table = node.args.get("table")
        return f"{self.sql(table)}.{self.sql(node.this)}" if table else self.sql(node.this)

    def literal(self, node: exp.Literal) -> str:
        """A string in quotes, a number as it was written, or as ksqlDB shows its value."""
        if node.is_string:
            return quote_text(node.this)
        return str(node.this) if self.readable else number_text(node.this)

    def typed_literal(self, node: nodes.TypedLiteral) -> str:
        """``"DECIMAL" '1.5'``, which is a number to ksqlDB."""
        if self.readable:
            return f"`{node.this.this}` {self.sql(node.expression)}"
        return number_text(node.expression.this)

    def negative(self, node: exp.Neg) -> str:
        """``-x``: two dashes in a row would start a comment, and ``-1`` would be a literal."""
        value = self.sql(node.this)
        if value.startswith("-"):
            return f"- {value}"
        return f"-({value})" if self.readable and isinstance(node.this, exp.Literal) else f"-{value}"

    def negation(self, node: exp.Not) -> str:
        """NOT x; IS NOT NULL has a form of its own."""
        if isinstance(node.this, exp.Is):
            return f"({self.sql(node.this.this)} IS NOT NULL)"
        return f"(NOT {self.sql(node.this)})"

    def concatenation(self, node: exp.DPipe) -> str:
        """``a || b``, which ksqlDB shows as the call that it makes of it."""
        left, right = self.sql(node.this), self.sql(node.expression)
        return f"({left} || {right})" if self.readable else f"{self.naming('concat')}({left}, {right})"

    def not_distinct(self, node: exp.NullSafeEQ) -> str:
        """``a IS NOT DISTINCT FROM b``, which ksqlDB shows as the negation that it makes of it."""
        left, right = self.sql(node.this), self.sql(node.expression)
        return f"({left} IS NOT DISTINCT FROM {right})" if self.readable else f"(NOT ({left} IS DISTINCT FROM {right}))"

    def between(self, node: exp.Between) -> str:
        """x BETWEEN low AND high."""
        return f"({self.sql(node.this)} BETWEEN {self.sql(node.args['low'])} AND {self.sql(node.args['high'])})"

    def like(self, node: exp.Like) -> str:
        """x LIKE pattern, bare."""
        return f"{self.sql(node.this)} LIKE {self.sql(node.expression)}"

    def case(self, node: exp.Case) -> str:
        """CASE with or without operand."""
        default = node.args.get("default")
        parts = ["CASE", node.this, *node.args["ifs"], "ELSE" if default else None, default, "END"]
        return f"({self.words(*parts)})"

    def data_type(self, node: exp.DataType) -> str:
        """A type; a registered one by its name."""
        kind = node.this
        if kind is exp.DType.USERDEFINED:
            return self.naming(node.args["kind"])
        if kind is exp.DType.DECIMAL:
            return f"DECIMAL({self.listed(node.expressions)})"
        if kind in (exp.DType.ARRAY, exp.DType.MAP, exp.DType.STRUCT):
            return f"{kind.value}<{self.listed(node.expressions) or ' '}>"
        return self.TYPE_NAMES.get(kind) or str(kind.value)
