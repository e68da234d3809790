"""Trees back to SQL: expressions as ksqlDB prints them, every operator in its own parentheses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from sqlglot import expressions as exp
from sqlglot import generator

from minisql.dialect import nodes
from minisql.dialect.words import quoted_name
from minisql.names import quote

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


def _extended(words: str) -> Printer:
    return lambda self, node: words + (" EXTENDED" if node.args.get("extended") else "")


def _named(words: str) -> Printer:
    return lambda self, node: f"{words} {self.sql(node.this)}"


def _query_command(word: str) -> Printer:
    return lambda self, node: f"{word} {self.sql(node.this) if node.this else 'ALL'}"


def _assignment(words: str) -> Printer:
    return lambda self, node: f"{words} {quote_text(node.this)}={quote_text(node.args['value'])}"


class KsqlGenerator(generator.Generator):
    """One line per statement. TRANSFORMS has an entry for every node that the parser makes; other nodes are an error."""

    naming: Callable[[str], str]
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
        # queries
        nodes.Query: lambda self, node: self.query(node),
        exp.Alias: lambda self, node: f"{self.sql(node.this)} {self.sql(node.args['alias'])}",
        nodes.Relation: lambda self, node: self.relation(node),
        nodes.JoinedSource: lambda self, node: self.join(node),
        nodes.Within: lambda self, node: self.within(node),
        nodes.Window: lambda self, node: self.window(node),
        nodes.Duration: lambda self, node: f"{self.sql(node.this)} {node.args['unit']}",
        # statements
        nodes.CreateStream: lambda self, node: self.create_source(node, "STREAM"),
        nodes.CreateTable: lambda self, node: self.create_source(node, "TABLE"),
        nodes.CreateStreamAs: lambda self, node: self.create_as(node, "STREAM"),
        nodes.CreateTableAs: lambda self, node: self.create_as(node, "TABLE"),
        nodes.TableElement: lambda self, node: self.element(node),
        nodes.Property: lambda self, node: f"{self.property_key(node.this)}={self.sql(node.expression)}",
        nodes.InsertInto: lambda self, node: self.insert_into(node),
        nodes.InsertValues: lambda self, node: self.values("INSERT INTO", node, "VALUES"),
        nodes.DropStream: lambda self, node: self.drop_source(node, "STREAM"),
        nodes.DropTable: lambda self, node: self.drop_source(node, "TABLE"),
        nodes.AlterSource: lambda self, node: self.words(
            "ALTER", node.args["kind"], node.this, self.listed(node.args["options"])
        ),
        nodes.AlterOption: lambda self, node: self.words("ADD COLUMN", node.this, node.args["kind"]),
        nodes.RegisterType: lambda self, node: self.words(
            "CREATE TYPE", self.if_not_exists(node), node.this, "AS", node.args["kind"]
        ),
        nodes.DropType: lambda self, node: self.words("DROP TYPE", self.if_exists(node), node.this),
        nodes.CreateConnector: lambda self, node: self.words(
            "CREATE", node.args["kind"], "CONNECTOR", self.if_not_exists(node), node.this, self.with_(node)
        ),
        nodes.DropConnector: lambda self, node: self.words("DROP CONNECTOR", self.if_exists(node), node.this),
        nodes.Show: lambda self, node: self.show(node),
        nodes.Describe: lambda self, node: self.describe(node),
        nodes.DescribeStreams: _extended("DESCRIBE STREAMS"),
        nodes.DescribeTables: _extended("DESCRIBE TABLES"),
        nodes.DescribeFunction: _named("DESCRIBE FUNCTION"),
        nodes.DescribeConnector: _named("DESCRIBE CONNECTOR"),
        nodes.PrintTopic: lambda self, node: self.print_topic(node),
        nodes.Terminate: _query_command("TERMINATE"),
        nodes.Pause: _query_command("PAUSE"),
        nodes.Resume: _query_command("RESUME"),
        nodes.SetProperty: _assignment("SET"),
        nodes.AlterSystem: _assignment("ALTER SYSTEM"),
        nodes.UnsetProperty: lambda self, node: f"UNSET {quote_text(node.this)}",
        nodes.Define: lambda self, node: f"DEFINE {node.this}={quote_text(node.args['value'])}",
        nodes.Undefine: lambda self, node: f"UNDEFINE {node.this}",
        nodes.Explain: _named("EXPLAIN"),
        nodes.AssertTopic: lambda self, node: self.words(
            self.asserted(node), "TOPIC", node.this, self.with_(node), self.timeout(node)
        ),
        nodes.AssertSchema: lambda self, node: self.assert_schema(node),
        nodes.AssertValues: lambda self, node: self.values("ASSERT VALUES", node, "VALUES"),
        nodes.AssertTombstone: lambda self, node: self.values("ASSERT NULL VALUES", node, "KEY"),
        nodes.AssertStream: lambda self, node: self.words("ASSERT STREAM", node.this, self.elements(node), self.with_(node)),
        nodes.AssertTable: lambda self, node: self.words("ASSERT TABLE", node.this, self.elements(node), self.with_(node)),
        nodes.RunScript: lambda self, node: f"RUN SCRIPT {quote_text(node.this)}",
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

    # -- expressions -----------------------------------------------------------------------------

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

    # -- queries ---------------------------------------------------------------------------------

    def query(self, node: nodes.Query) -> str:
        """SELECT ... in ksqlDB's order of clauses."""
        args = node.args
        return self.words(
            "SELECT", self.listed(node.expressions), "FROM", args["source"], *(args.get("joins") or ()), args.get("window"),
            *self.clause("WHERE", args.get("where")), *self.keys("GROUP BY", args.get("group")),
            *self.keys("PARTITION BY", args.get("partition")), *self.clause("HAVING", args.get("having")),
            *self.clause("EMIT", args.get("emit")), *self.clause("LIMIT", args.get("limit")),
        )  # fmt: skip

    def clause(self, word: str, value: str | exp.Expr | None) -> tuple[str | exp.Expr, ...]:
        """``word`` and its value; nothing without a value."""
        return () if value is None else (word, value)

    def keys(self, word: str, values: list[exp.Expr] | None) -> tuple[str, ...]:
        """GROUP BY or PARTITION BY."""
        return (word, self.listed(values)) if values else ()

    def relation(self, node: nodes.Relation) -> str:
        """A source and its alias."""
        return self.words(node.this, node.args.get("alias"))

    def join(self, node: nodes.JoinedSource) -> str:
        """One JOIN."""
        kind = node.args["kind"] if node.args["kind"] == "INNER" else f"{node.args['kind']} OUTER"
        return self.words(kind, "JOIN", node.this, node.args.get("within"), "ON", f"({self.sql(node.args['on'])})")

    def within(self, node: nodes.Within) -> str:
        """WITHIN of a join."""
        return self.words("WITHIN", self.join_sizes(node), *self.clause("GRACE PERIOD", node.args.get("grace")))

    def join_sizes(self, node: nodes.Within) -> str:
        """The one or two sizes of WITHIN."""
        before, after = self.sql(node.args["before"]), self.sql(node.args.get("after"))
        return f"({before}, {after})" if after else before

    def window(self, node: nodes.Window) -> str:
        """WINDOW of an aggregation."""
        args = node.args
        parts = [
            ("" if args["kind"] == "SESSION" else "SIZE", args["size"]),
            ("ADVANCE BY", args.get("advance")),
            ("RETENTION", args.get("retention")),
            ("GRACE PERIOD", args.get("grace")),
        ]
        inner = ", ".join(self.words(word, value) for word, value in parts if value is not None)
        return self.words("WINDOW", self.window_name(node), args["kind"], f"({inner})")

    def window_name(self, node: nodes.Window) -> str:
        """The name of a window, where it was given."""
        return node.args.get("name") or ""

    # -- statements ------------------------------------------------------------------------------

    def if_not_exists(self, node: exp.Expr) -> str:
        """IF NOT EXISTS, where it was given."""
        return "IF NOT EXISTS" if node.args.get("exists") else ""

    def if_exists(self, node: exp.Expr) -> str:
        """IF EXISTS, where it was given."""
        return "IF EXISTS" if node.args.get("exists") else ""

    def create(self, node: exp.Expr, kind: str) -> str:
        """The head of a CREATE statement, up to the name."""
        replace = "OR REPLACE" if node.args.get("replace") else ""
        source = "SOURCE" if node.args.get("source") else ""
        return self.words("CREATE", replace, source, kind, self.if_not_exists(node), node.this)

    def create_source(self, node: nodes.CreateSource, kind: str) -> str:
        """CREATE STREAM or TABLE."""
        return self.words(self.create(node, kind), self.elements(node), self.with_(node))

    def create_as(self, node: nodes.CreateAsSelect, kind: str) -> str:
        """CREATE STREAM or TABLE AS SELECT."""
        return self.words(self.create(node, kind), self.with_(node), "AS", node.args["query"])

    def insert_into(self, node: nodes.InsertInto) -> str:
        """INSERT INTO ... SELECT."""
        return self.words("INSERT INTO", node.this, self.with_(node), node.args["query"])

    def elements(self, node: exp.Expr) -> str:
        """The declared columns."""
        elements = node.args.get("elements")
        return f"({self.listed(elements)})" if elements else ""

    def element(self, node: nodes.TableElement) -> str:
        """A declared column."""
        constraint = node.args.get("constraint")
        if constraint == "HEADER":
            constraint = f"HEADER({quote_text(node.args['key'])})"
        return self.words(node.this, node.args["kind"], constraint)

    def with_(self, node: exp.Expr) -> str:
        """WITH (...)."""
        properties = node.args.get("properties")
        return f"WITH ({self.listed(properties)})" if properties else ""

    def property_key(self, name: str) -> str:
        """The name of a property: as a string where it is no plain name."""
        quoted = self.naming(name)
        return quote_text(name) if quoted.startswith("`") else quoted

    def values(self, head: str, node: exp.Expr, word: str) -> str:
        """INSERT VALUES and the assertions that look like it."""
        columns = node.args.get("columns")
        listed = f"({self.listed(columns)})" if columns else ""
        return self.words(head, node.this, listed, word, f"({self.listed(node.args['values'])})")

    def drop_source(self, node: nodes.DropSource, kind: str) -> str:
        """DROP STREAM or TABLE."""
        topic = "DELETE TOPIC" if node.args.get("delete_topic") else ""
        return self.words("DROP", kind, self.if_exists(node), node.this, topic)

    def show(self, node: nodes.Show) -> str:
        """SHOW or LIST."""
        args = node.args
        every, extended = "ALL" if args.get("all") else "", "EXTENDED" if args.get("extended") else ""
        return self.words(args.get("word") or "SHOW", every, args.get("kind"), node.this, extended)

    def describe(self, node: nodes.Describe) -> str:
        """DESCRIBE of a source; DESCRIBE TABLES is another statement."""
        name = "`TABLES`" if node.this.this == "TABLES" else self.sql(node.this)
        return _extended(f"DESCRIBE {name}")(self, node)

    def print_topic(self, node: nodes.PrintTopic) -> str:
        """PRINT topic."""
        args = node.args
        beginning = "FROM BEGINNING" if args.get("beginning") else ""
        pace = (*self.clause("INTERVAL", args.get("interval")), *self.clause("SAMPLE", args.get("sample")))
        return self.words("PRINT", node.this, beginning, *pace, *self.clause("LIMIT", args.get("limit")))

    def asserted(self, node: exp.Expr) -> str:
        """ASSERT or ASSERT NOT EXISTS."""
        return "ASSERT NOT EXISTS" if node.args.get("not_exists") else "ASSERT"

    def timeout(self, node: exp.Expr) -> str:
        """TIMEOUT n UNIT, where it was given."""
        return self.words(*self.clause("TIMEOUT", node.args.get("timeout")))

    def assert_schema(self, node: nodes.AssertSchema) -> str:
        """ASSERT SCHEMA."""
        subject, number = self.clause("SUBJECT", node.args.get("subject")), self.clause("ID", node.args.get("id"))
        return self.words(self.asserted(node), "SCHEMA", *subject, *number, self.timeout(node))


_generators: dict[Callable[[str], str], KsqlGenerator] = {}


def _generator(naming: Callable[[str], str]) -> KsqlGenerator:
    found = _generators.get(naming)
    if found is None:
        found = _generators[naming] = KsqlGenerator()
        found.naming = naming
        found.readable = naming is quoted_name
    return found


def sql(node: exp.Expr) -> str:
    """The SQL of ``node``, which reads back as the same tree; names are quoted where they have to be."""
    return _generator(quoted_name).sql(node)


def text(node: exp.Expr) -> str:
    """``node`` as ksqlDB shows it in messages: no name is quoted."""
    return _generator(str).sql(node)


def schema_text(node: exp.Expr) -> str:
    """``node`` as ksqlDB shows it in schemas: every name is quoted."""
    return _generator(quote).sql(node)
