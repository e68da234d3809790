"""Statements of a text, run one after the other and printed as ksqlDB's CLI prints them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from minisql.cli.console import Console
from minisql.cli.entities import print_entity
from minisql.connection import Connection
from minisql.dialect import nodes, parse, parse_script, substitute
from minisql.errors import KsqlError


class ScriptError(Exception):
    """A statement of a script failed; what ran before it stays. ``str()`` shows where and why."""

    def __init__(self, name: str, number: int, line: int, text: str, error: KsqlError) -> None:
        self.error = error
        super().__init__(_report(name, number, line, text, error))


class Script:
    """Runs texts on one connection.

    Args:
        conn: the session.
        console: where results go.
        follow: wait for the rows of push queries until they end; otherwise print what has been emitted.
        folder: what paths in RUN SCRIPT are relative to.
    """

    def __init__(self, conn: Connection, console: Console, follow: bool = False, folder: Path = Path()) -> None:
        self._conn = conn
        self._console = console
        self._follow = follow
        self._folder = folder

    def run(self, text: str, name: str) -> None:
        """Run all statements of a text; ``name`` is what errors call it.

        Raises:
            ScriptError: a statement failed; the rest has not run.
        """
        for number, statement in enumerate(parse_script(text), 1):
            try:
                sql = substitute(statement.text, self._conn.variables)
                self._statement(sql)
            except KsqlError as error:
                raise ScriptError(name, number, statement.line, statement.text, error) from error

    def run_file(self, path: Path) -> None:
        """Run a file; paths within it are relative to its folder.

        Raises:
            OSError: it cannot be read.
            ScriptError: a statement failed.
        """
        text = path.read_text(encoding="utf-8")
        Script(self._conn, self._console, self._follow, path.parent).run(text, str(path))

    def _statement(self, sql: str) -> None:
        # RUN SCRIPT is a statement of the CLI, not of the server, so only test files parse it otherwise.
        node = parse(sql, test=True)
        handler = HANDLERS.get(type(node), Script._entities)
        handler(self, sql, node)

    def _entities(self, sql: str, node: Any) -> None:
        for entity in self._conn.ksql(sql):
            self._console.line()
            print_entity(self._console, entity)

    def _query(self, sql: str, node: Any) -> None:
        with self._conn.execute(sql) as cursor:
            self._console.header([column.name for column in cursor.schema])
            if not self._follow:
                # Rows that have not been emitted by now are not waited for.
                cursor.timeout = 0
            for row in cursor.wire_rows():
                self._console.row(row)
            if cursor.limit_reached:
                self._console.line("Limit Reached")
        self._console.line("Query terminated")

    def _print(self, sql: str, node: Any) -> None:
        with self._conn.execute(sql) as cursor:
            if not self._follow:
                cursor.timeout = 0
            # Ctrl-C ends the printing and nothing else.
            with suppress(KeyboardInterrupt):
                for (line,) in cursor:
                    self._console.line(line)
        self._console.line("Topic printing ceased")

    def _set(self, sql: str, node: Any) -> None:
        name, value = node.args["this"], node.args["value"]
        before = self._conn.properties.get(name)
        self._conn.execute(sql)
        if before is None:
            change, advice = f"to '{value}'", " Use the UNSET command to revert your change."
        else:
            change, advice = f"from '{before}' to '{value}'", ""
        self._console.line(f"Successfully changed local property '{name}' {change}.{advice}")

    def _unset(self, sql: str, node: Any) -> None:
        before = self._conn.properties.get(node.args["this"])
        if before is None:
            raise KsqlError(f"Cannot unset local property '{node.args['this']}' which was never set in the first place")
        self._conn.execute(sql)
        self._console.line(f"Successfully unset local property '{node.args['this']}' (value was '{before}').")

    def _silent(self, sql: str, node: Any) -> None:
        self._conn.execute(sql)

    def _run_script(self, sql: str, node: Any) -> None:
        self.run_file(self._folder / node.args["this"])


HANDLERS: dict[type, Callable[[Script, str, Any], None]] = {
    nodes.Query: Script._query,
    nodes.PrintTopic: Script._print,
    nodes.SetProperty: Script._set,
    nodes.UnsetProperty: Script._unset,
    nodes.Define: Script._silent,
    nodes.Undefine: Script._silent,
    nodes.InsertValues: Script._silent,
    nodes.RunScript: Script._run_script,
}
"""Statements that do more or less than printing entities."""


def _report(name: str, number: int, line: int, text: str, error: KsqlError) -> str:
    """Where a statement failed, its line with a caret where the place is known, why, and what would be right."""
    lines = text.splitlines()
    at = min(error.line or 1, len(lines))
    parts = [f"{name}:{line + at - 1}: statement {number} failed", f"    {lines[at - 1]}"]
    if error.line and error.column:
        parts.append("    " + " " * (error.column - 1) + "^")
    notes = [note for note in getattr(error, "__notes__", []) if not note.endswith("^")]
    return "\n".join([*parts, error.message, *notes])
