"""A server as one test sees it: as the process would be, as far as a server can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from sqlglot import exp

from minisql.dialect import StatementText, nodes, quoted_name
from minisql.engine import Session, canonical_all, resolved_name
from minisql.errors import DataError, QueryError
from minisql.formats.python_values import from_python
from minisql.metastore import Source
from minisql.names import ROWTIME
from minisql.row import to_python
from minisql.statements.insert_values import column_types
from minisql.testing.differential.literals import sql_value
from minisql.testing.live.skipping import not_on_server
from minisql.testing.tenant.engine import Tenant
from minisql.testing.tenant.naming import TOPIC, Edit
from minisql.testing.tenant.patience import Patience
from minisql.testing.tenant.properties import UNCACHED
from minisql.types import SqlType


class LiveEngine(Tenant):
    """Runs the statements of a test, which is skipped where a server cannot do what it asks.

    Args:
        url: where the server is.
        patience: how long to wait for it.
        rowtime: the ROWTIME of INSERT VALUES that gives none; the server's clock where it is None.
        topics: sources may be declared on topics that do not exist, which are made with one partition.
    """

    def __init__(self, url: str, patience: Patience, rowtime: int | None = None, topics: bool = False) -> None:
        super().__init__(url, patience)
        self._rowtime = rowtime
        self._topics: set[str] | None = set() if topics else None

    def refuse(self, reason: str) -> NoReturn:
        """Skip the test."""
        not_on_server(reason)

    def __getattr__(self, name: str) -> NoReturn:
        not_on_server(f"a server's REST API gives no {name}")

    def settle(self) -> None:
        """Wait until the test's queries have processed all that lies on their topics.

        Raises:
            QueryError: one of them has died.
            ServerError: it takes longer than the patience allows.
        """
        super().settle()
        for query in self.progress.dead:
            raise QueryError(self.naming.restored(f"{query} has died"))

    # -- statements -----------------------------------------------------------------------------------

    def edits(self, node: exp.Expr, text: str) -> list[Edit]:
        """What a server would not do as an engine in the process does."""
        if isinstance(node, nodes.InsertValues) and self._rowtime is not None:
            return self._with_rowtime(node, text)
        if isinstance(node, (nodes.CreateSource, nodes.CreateAsSelect)) and self._topics is not None:
            return self._with_partitions(node, self._topics)
        return []

    def _with_rowtime(self, node: nodes.InsertValues, text: str) -> list[Edit]:
        """The timestamp that the clock of an engine in the process would give."""
        columns, last = node.args.get("columns"), text.rindex(")")
        if columns is None:
            source = self.source(node.this.name)
            names = [] if source is None else [column.name for column in source.schema.key + source.schema.value]
            if len(names) != len(node.args["values"]):
                return []  # the server says what is wrong with it
            at, listed = node.this.meta["end"], f" ({', '.join(map(quoted_name, [*names, ROWTIME]))})"
        elif any(column.name == ROWTIME for column in columns):
            return []
        else:
            at, listed = columns[-1].meta["end"], f", {ROWTIME}"
        return [Edit(at, at, listed), Edit(last, last, f", {self._rowtime}")]

    def _with_partitions(self, node: exp.Expr, known: set[str]) -> list[Edit]:
        properties = node.args.get("properties") or []
        given = {each.this.upper(): each for each in properties}
        topic = given[TOPIC].expression.name if TOPIC in given else node.this.name
        made = topic in known or isinstance(node, nodes.CreateAsSelect) or "PARTITIONS" in given or not properties
        known.add(topic)
        end = properties[-1].meta["end"] if properties else 0
        return [] if made else [Edit(end, end, ", PARTITIONS=1")]

    # -- what has no statement ------------------------------------------------------------------------

    def source_on(self, name: str) -> Source | None:
        """The source on a topic of this name, else the source of this name."""
        topic = self.naming.unique(name)
        found = [each["name"] for each in self.own("STREAMS") + self.own("TABLES") if each["topic"] == topic]
        return self.source(self.naming.restored(found[0]) if found else resolved_name(name))

    def insert(self, name: str, rows: list[Any]) -> int:
        """Write rows, dicts or tuples, by INSERT VALUES.

        Raises:
            KsqlError: there is no such source, or the server refuses a row.
            DataError: a row does not fit.
        """
        source = self.source(resolved_name(name))
        types = {} if source is None else column_types(source)
        for row in rows:
            given = row if isinstance(row, dict) else _named(row, types)
            columns = [each if each in types else each.upper() for each in given]
            names = ", ".join(map(quoted_name, columns))
            values = ", ".join(_sql(value, types.get(column)) for column, value in zip(columns, given.values(), strict=True))
            self.run(StatementText(f"INSERT INTO {name} ({names}) VALUES ({values});", 1, 0, 1), Session())
        return len(rows)

    def create_topic(self, name: str, partitions: int) -> None:
        """Make a topic, which takes a stream on it for a moment."""
        unique = self.naming.unique(name)
        stream = quoted_name(self.naming.unique("MAKES_A_TOPIC"))
        with_ = f"WITH (KAFKA_TOPIC='{unique}', VALUE_FORMAT='KAFKA', PARTITIONS={partitions})"
        self.ask(f"CREATE STREAM {stream} (V BYTES) {with_};")
        self.ask(f"DROP STREAM {stream};")


def _named(row: Sequence[Any], types: Mapping[str, SqlType]) -> dict[str, Any]:
    """A tuple's values by column; ROWTIME, the last of ``types``, is none of them."""
    if len(row) != len(types) - 1:
        raise DataError(f"{len(row)} values for {len(types) - 1} columns: {row!r}")
    return dict(zip(types, row, strict=False))


def _sql(value: Any, kind: SqlType | None) -> str:
    """A Python value, as ``Connection.insert`` takes it, in VALUES; what has no column the server refuses."""
    if kind is None:
        return "NULL"
    try:
        found, convert = from_python(value, kind), to_python(kind)
        return sql_value(convert(found) if convert is not None and found is not None else found, kind)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise DataError(f"{value!r} is no {kind}: {error}") from error


def properties_of(given: Mapping[str, str]) -> dict[str, str]:
    """A session's properties on a server."""
    return {**UNCACHED, **canonical_all(given)}
