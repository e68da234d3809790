"""Statements back to SQL, each on one line."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from sqlglot import expressions as exp

from minisql.dialect import nodes
from minisql.dialect.expression_generator import ExpressionGenerator, Printer, quote_text
from minisql.names import quote


def _extended(words: str) -> Printer:
    return lambda self, node: words + (" EXTENDED" if node.args.get("extended") else "")


def _named(words: str) -> Printer:
    return lambda self, node: f"{words} {self.sql(node.this)}"


def _query_command(word: str) -> Printer:
    return lambda self, node: f"{word} {self.sql(node.this) if node.this else 'ALL'}"


def _assignment(words: str) -> Printer:
    return lambda self, node: f"{words} {quote_text(node.this)}={quote_text(node.args['value'])}"


class KsqlGenerator(ExpressionGenerator):
    """Prints every node. TRANSFORMS has an entry for each that the parser makes; other nodes are an error."""

    TRANSFORMS: ClassVar[dict[type[exp.Expr], Printer]] = {
        **ExpressionGenerator.TRANSFORMS,
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
        nodes.AssertRows: lambda self, node: self.assert_rows(node),
        nodes.AssertNoRows: lambda self, node: self.words("ASSERT NO ROWS", node.this or ""),
        nodes.AssertNoValues: _named("ASSERT NO VALUES"),
        exp.Tuple: lambda self, node: f"({self.listed(node.expressions)})",
        nodes.AssertStream: lambda self, node: self.words("ASSERT STREAM", node.this, self.elements(node), self.with_(node)),
        nodes.AssertTable: lambda self, node: self.words("ASSERT TABLE", node.this, self.elements(node), self.with_(node)),
        nodes.RunScript: lambda self, node: f"RUN SCRIPT {quote_text(node.this)}",
    }

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
        return self.words(head, node.this, self.columns(node), word, f"({self.listed(node.args['values'])})")

    def columns(self, node: exp.Expr) -> str:
        """The columns before VALUES, where they were given."""
        columns = node.args.get("columns")
        return f"({self.listed(columns)})" if columns else ""

    def assert_rows(self, node: nodes.AssertRows) -> str:
        """ASSERT ROWS."""
        return self.words("ASSERT ROWS", node.this or "", self.columns(node), "VALUES", self.listed(node.args["rows"]))

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


class MessageGenerator(KsqlGenerator):
    """Prints as ksqlDB does in messages: no name is quoted."""

    naming = staticmethod(str)
    readable = False


class SchemaGenerator(KsqlGenerator):
    """Prints as ksqlDB does in schemas: every name is quoted."""

    naming = staticmethod(quote)
    readable = False


@cache
def _generator(kind: type[KsqlGenerator]) -> KsqlGenerator:
    return kind()


def sql(node: exp.Expr) -> str:
    """The SQL of ``node``, which reads back as the same tree; names are quoted where they have to be."""
    return _generator(KsqlGenerator).sql(node)


def text(node: exp.Expr) -> str:
    """``node`` as ksqlDB shows it in messages: no name is quoted."""
    return _generator(MessageGenerator).sql(node)


def schema_text(node: exp.Expr) -> str:
    """``node`` as ksqlDB shows it in schemas: every name is quoted."""
    return _generator(SchemaGenerator).sql(node)
