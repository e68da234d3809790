"""Statements in the layout of ksqlDB's own formatter, which its answers show for statements that it has completed."""

from __future__ import annotations

from sqlglot import expressions as exp

from minisql.dialect import nodes
from minisql.dialect.generator import KsqlGenerator, text


class KsqlFormatter(KsqlGenerator):
    """Prints queries on several lines, with every alias, and what is implied by leaving something out."""

    readable = False

    def query(self, node: nodes.Query, persistent: bool = False) -> str:
        """A query, one clause a line; a persistent one emits changes unless it says otherwise."""
        args = node.args
        items = [self.sql(item) for item in node.expressions]
        emit = args.get("emit") or ("CHANGES" if persistent else None)
        lines = [
            "SELECT " + items[0] if len(items) == 1 else "SELECT\n  " + ",\n  ".join(items),
            "\n".join(["FROM " + self.sql(args["source"]), *map(self.sql, args.get("joins") or ())]),
            self.sql(args.get("window")),
            self.words(*self.clause("WHERE", args.get("where"))),
            self.words(*self.keys("GROUP BY", args.get("group"))),
            self.words(*self.keys("PARTITION BY", args.get("partition"))),
            self.words(*self.clause("HAVING", args.get("having"))),
            self.words(*self.clause("EMIT", emit)),
            self.words(*self.clause("LIMIT", args.get("limit"))),
        ]
        return "\n".join(filter(None, lines))

    def relation(self, node: nodes.Relation) -> str:
        """A source with its alias, which is its own name when none was given."""
        return f"{self.sql(node.this)} {self.sql(node.args.get('alias') or node.this)}"

    def join_sizes(self, node: nodes.Within) -> str:
        """The sizes of WITHIN; two of the same number are shown as the first, whatever their units."""
        before, after = node.args["before"], node.args.get("after")
        same = after is not None and after.this.this == before.this.this
        return self.sql(before) if same else super().join_sizes(node)

    def window(self, node: nodes.Window) -> str:
        """WINDOW, with blanks within the parentheses."""
        return super().window(node).replace("(", "( ").replace(", ", " , ").replace(")", " ) ")

    def window_name(self, node: nodes.Window) -> str:
        """Nothing: ksqlDB keeps a window's name to itself."""
        return ""

    def create_source(self, node: nodes.CreateSource, kind: str) -> str:
        """CREATE STREAM or TABLE, closed."""
        return super().create_source(node, kind) + ";"

    def create_as(self, node: nodes.CreateAsSelect, kind: str) -> str:
        """CREATE ... AS SELECT."""
        return self.words(self.create(node, kind), self.with_(node), "AS", self.query(node.args["query"], persistent=True))

    def insert_into(self, node: nodes.InsertInto) -> str:
        """INSERT INTO ... SELECT, with the two blanks that ksqlDB puts before WITH."""
        properties = self.with_(node)
        options = f" {properties} " if properties else ""
        return f"INSERT INTO {self.sql(node.this)} {options}{self.query(node.args['query'], persistent=True)}"

    def with_(self, node: exp.Expr) -> str:
        """WITH (...), by the names of the properties."""
        properties = node.args.get("properties") or []
        pairs = sorted((entry.this.upper(), text(entry.expression)) for entry in properties)
        return "WITH (" + ", ".join(f"{name}={value}" for name, value in pairs) + ")" if pairs else ""


def formatted(node: exp.Expr) -> str:
    """The statement as ksqlDB's formatter lays it out: CREATE STREAM and CREATE TABLE end in ``;``, others do not."""
    return KsqlFormatter().sql(node)
