"""WHERE and HAVING must be BOOLEAN (ksqlDB's FilterTypeValidator)."""

from __future__ import annotations

from sqlglot.expressions import Expression

from minisql.analyzer.text import text
from minisql.codegen.errors import JavaError
from minisql.dialect.places import placed
from minisql.errors import BareError, KsqlError, UnsupportedError
from minisql.planner.magic_time import with_times
from minisql.planner.planning import Planning
from minisql.schema import Schema
from minisql.types import BOOLEAN


def check_predicate(predicate: Expression, schema: Schema, planning: Planning, clause: str) -> None:
    """Raises: KsqlError: the predicate is not BOOLEAN, or cannot be typed over ``schema``."""
    timed = with_times(predicate)
    try:
        kind = planning.type_of(timed, schema)
    except (BareError, JavaError, UnsupportedError):
        raise
    except KsqlError as error:
        shown = text(predicate)
        inner = f"{error.message}\nStatement: {error.statement}" if error.statement else error.message
        raise KsqlError(
            f"Error in {clause} expression: {inner}", statement=shown, line=error.line, column=error.column
        ) from error
    if kind != BOOLEAN:
        shown = text(predicate)
        message = f"Type error in {clause} expression: Should evaluate to boolean but is {shown} ({kind or 'null'}) instead."
        raise placed(JavaError(message, statement=shown) if kind is None else KsqlError(message, statement=shown), predicate)
