"""The assert statements of SQL tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlglot.expressions import Expr

from minisql.broker import Entry
from minisql.dialect import StatementText, nodes, parse, quoted_name
from minisql.errors import ProgrammingError
from minisql.metastore import Source
from minisql.names import ROWTIME, WINDOW_BOUNDS
from minisql.row import to_python
from minisql.statements.insert_values import column_types
from minisql.testing.corpus.asserts import Seen, columns_of
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.script_run import Rewrite
from minisql.testing.differential.literals import sql_value
from minisql.testing.update.edits import Conflict, Edits, Span
from minisql.types import BIGINT, SqlType


def rewriter(edits: Edits, path: Path) -> Rewrite:
    """What notes the statements that would hold in place of those of a file that do not."""

    def rewrite(statement: StatementText, seen: Seen | None) -> None:
        node = parse(statement.text, test=True)
        if "${" in statement.text:
            raise CaseFailed("there are variables in it")
        if seen is None or isinstance(node, nodes.RunScript):
            raise CaseFailed("it is not about what is there")
        try:
            text = "\n".join(_right(node, seen))
        except ProgrammingError as error:
            raise CaseFailed(str(error)) from error
        _replace(edits, path, statement, text)

    return rewrite


def _replace(edits: Edits, path: Path, statement: StatementText, text: str) -> None:
    span = Span(statement.offset, statement.offset + len(statement.text))
    if edits.text(path)[span.start : span.end] != statement.text:
        raise CaseFailed(f"{path} has changed since its tests were loaded")
    try:
        edits.replace(path, span if text else _whole_lines(edits.text(path), span), text)
    except Conflict:
        raise CaseFailed("it would have to be two different things") from None


def _whole_lines(text: str, span: Span) -> Span:
    """With nothing left of its lines, if there is nothing else on them."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    alone = not text[start : span.start].strip() and not text[span.end : end].strip()
    return Span(start, end) if alone else span


def _right(node: Expr, seen: Seen) -> list[str]:
    """The statements that hold; none where there is no record left."""
    if isinstance(node, (nodes.AssertRows, nodes.AssertNoRows)):
        return [_rows(node, seen)]
    assert seen.source is not None
    names = [item.name for item in node.args.get("columns") or ()]
    records = [_record(node, names, seen.source, entry) for entry in seen.entries]
    return [*records, f"ASSERT NO VALUES {quoted_name(node.this.name)};"] if isinstance(node, nodes.AssertNoValues) else records


def _record(node: Expr, names: Sequence[str], source: Source, entry: Entry) -> str:
    """ASSERT VALUES or ASSERT NULL VALUES of a record, with the columns of the statement as far as it can have them."""
    keys = [column.name for column in source.schema.key]
    name = quoted_name(source.name)
    values = columns_of(source, entry)
    types = {**column_types(source), **dict.fromkeys((ROWTIME, *WINDOW_BOUNDS), BIGINT)}
    if entry[1] is None:
        chosen = list(names) if isinstance(node, nodes.AssertTombstone) else keys
        return f"ASSERT NULL VALUES {name} ({_names(chosen)}) KEY ({_values(chosen, values, types)});"
    if isinstance(node, nodes.AssertTombstone):
        names = ()
    chosen = list(names) or keys + [column.name for column in source.schema.value]
    columns = f" ({_names(names)})" if names else ""
    return f"ASSERT VALUES {name}{columns} VALUES ({_values(chosen, values, types)});"


def _rows(node: Expr, seen: Seen) -> str:
    """ASSERT ROWS or ASSERT NO ROWS of what is there."""
    name = "" if node.this is None else f" {quoted_name(node.this.name)}"
    if not seen.rows:
        return f"ASSERT NO ROWS{name};"
    given = [item.name for item in node.args.get("columns") or ()]
    columns = f" ({_names(given)})" if given else ""
    names = seen.names
    if isinstance(node, nodes.AssertNoRows) and seen.source is not None:  # without ROWTIME and a window's bounds
        names = [column.name for column in seen.source.schema.key + seen.source.schema.value]
    rows = [dict(zip(seen.names, row, strict=True)) for row in seen.rows]
    lines = [f"({_values(names, row, seen.types)})" for row in rows]
    before = " " if len(lines) == 1 else "\n  "
    return f"ASSERT ROWS{name}{columns} VALUES{before}" + f",{before}".join(lines) + ";"


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(quoted_name, names))


def _values(names: Sequence[str], row: Mapping[str, Any], types: Mapping[str, SqlType]) -> str:
    return ", ".join(_value(row[name], types[name]) for name in names)


def _value(value: Any, kind: SqlType) -> str:
    convert = to_python(kind)
    return sql_value(value if value is None or convert is None else convert(value), kind)
