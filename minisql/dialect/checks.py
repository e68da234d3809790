"""What ksqlDB refuses while it builds its tree, though the grammar allows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import isinf
from typing import Any

from sqlglot import expressions as exp
from sqlglot.tokenizer_core import Token

from minisql.dialect import nodes
from minisql.dialect.failures import bad_number, refusal, rejection
from minisql.dialect.generator import schema_text, sql, text
from minisql.dialect.masking import masked_insert
from minisql.dialect.places import place_of
from minisql.dialect.shapes import is_bigint
from minisql.errors import ParseError
from minisql.names import quote

_KEYS = (
    "\nTables have PRIMARY KEYs, which are unique and NON NULL."
    "\nStreams have KEYs, which have no uniqueness or NON NULL constraints."
)
_HEADERS = "ARRAY<STRUCT<`KEY` STRING, `VALUE` BYTES>>"


def check_statement(statement: exp.Expr, start: Token) -> None:
    """Raise ksqlDB's ParseError for a statement that it refuses before it looks at any source.

    ``start`` is where errors without a place of their own are shown.
    """
    check = _CHECKS.get(type(statement))
    if check is not None:
        check(statement, start)
    _check_properties(statement.args.get("properties") or (), start)
    _check_qualifiers(statement, start)


def _check_properties(properties: Any, start: Token) -> None:
    seen: dict[str, exp.Expr] = {}
    # Guava's ImmutableMap goes through its entries from the last to the first.
    for entry in reversed(properties):
        if entry.this in seen:
            twice = f"{entry.this}={text(seen[entry.this])} and {entry.this}={text(entry.expression)}"
            raise refusal(f"Multiple entries with same key: {twice}", start)
        seen[entry.this] = entry.expression


def _check_qualifiers(statement: exp.Expr, start: Token) -> None:
    qualifiers = [column for column in statement.find_all(exp.Column) if column.args.get("table")]
    if not qualifiers:
        return
    known = set()
    for relation in statement.find_all(nodes.Relation):
        known.add(relation.this.this)
        if relation.args.get("alias"):
            known.add(relation.args["alias"].this)
    for column in qualifiers:
        if column.table not in known:
            error = refusal(f"'{column.table}' is not a valid stream/table name or alias.", start)
            error.line, error.column = place_of(column) or (error.line, error.column)
            raise error


def _check_source(statement: exp.Expr, start: Token) -> None:
    elements = statement.args.get("elements") or []
    for element in elements:
        _check_header(element, start)
    counts = Counter(element.this.this for element in elements)
    duplicates = ", ".join(quote(name) for name, count in counts.items() if count > 1)
    if duplicates:
        raise refusal(f"Duplicate column names: {duplicates}", start)
    stream = isinstance(statement, (nodes.CreateStream, nodes.AssertStream))
    wrong, right, kinds = ("PRIMARY KEY", "KEY", "streams") if stream else ("KEY", "PRIMARY KEY", "tables")
    for element in elements:
        if element.args.get("constraint") == wrong:
            raise _misplaced(element, f"is a '{wrong}' column: please use '{right}' for {kinds}.{_KEYS}", start)


def _misplaced(element: exp.Expr, message: str, start: Token) -> ParseError:
    line, column = element.meta["line"], element.meta["column"]
    name = quote(element.this.this)
    error = rejection(f"Line: {line}, Col: {column}: Column {name} {message}", start)
    error.statement = name  # in the place where others have the statement
    return error


def _check_header(element: exp.Expr, start: Token) -> None:
    constraint, kind = element.args.get("constraint"), element.args["kind"]
    if constraint not in ("HEADER", "HEADERS") or any(part.this is exp.DType.USERDEFINED for part in kind.find_all(exp.DataType)):
        return
    given = schema_text(kind)
    if constraint == "HEADERS" and given != _HEADERS:
        raise refusal(f"Invalid type for HEADERS column: expected {_HEADERS}, got {given}", start)
    if constraint == "HEADER" and given != "BYTES":
        key = element.args["key"]
        raise refusal(f"Invalid type for HEADER('{key}') column: expected BYTES, got {given}", start)


def _check_create_as(statement: exp.Expr, start: Token) -> None:
    if statement.args["query"].args.get("limit") is not None:
        kind = "STREAM" if isinstance(statement, nodes.CreateStreamAs) else "TABLE"
        raise refusal(f"CREATE {kind} AS SELECT statements don't support LIMIT clause.", start)


def _check_values(statement: exp.Expr, start: Token) -> None:
    columns, values = statement.args.get("columns"), statement.args["values"]
    fault = None
    if not values:
        fault = "Expected some values for INSERT INTO statement."
    elif columns and len(columns) != len(values):
        fault = f"Expected number columns and values to match: {len(columns)}, {len(values)}"
    if fault is not None:
        error = refusal(fault, start)
        error.statement = masked_insert(statement)
        raise error


def _check_rows(statement: exp.Expr, start: Token) -> None:
    columns = statement.args.get("columns")
    widths = {len(row.expressions) for row in statement.args["rows"]} | ({len(columns)} if columns else set())
    if len(widths) > 1:
        raise refusal(f"Expected number columns and values to match: {', '.join(map(str, sorted(widths)))}", start)


def check_number(number: str, start: Token) -> None:
    """Refuse an integer beyond BIGINT and a double beyond DOUBLE."""
    if "E" in number.upper():
        if isinf(float(number)):
            raise bad_number(f"Number overflows DOUBLE: {number}", start)
    elif len(number) > 18 and "." not in number and not is_bigint(number):
        raise bad_number(f"Invalid numeric literal: {number}", start)


def check_keys(keys: list[exp.Expr], clause: str, start: Token) -> None:
    """The expressions of GROUP BY or PARTITION BY: at least one, none twice."""
    if not keys:
        raise refusal(f"{clause} requires at least one expression", start)
    seen = set()
    for key in keys:
        if sql(key) in seen:
            raise refusal(f"Duplicate {clause} expression: {text(key)}", start)
        seen.add(sql(key))


_CHECKS: dict[type[exp.Expr], Callable[[exp.Expr, Token], None]] = {
    nodes.CreateStream: _check_source,
    nodes.CreateTable: _check_source,
    nodes.AssertStream: _check_source,
    nodes.AssertTable: _check_source,
    nodes.CreateStreamAs: _check_create_as,
    nodes.CreateTableAs: _check_create_as,
    nodes.InsertValues: _check_values,
    nodes.AssertValues: _check_values,
    nodes.AssertTombstone: _check_values,
    nodes.AssertRows: _check_rows,
}
