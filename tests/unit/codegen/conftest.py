"""Expressions compiled over a row of columns, in the fast and in the careful form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.codegen.expressions import Fragment, Scope, emit, emit_predicate
from minisql.dialect import parse_expression
from minisql.functions.registry import builtins
from minisql.source import Bindings
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

COLUMNS: dict[str, SqlType] = {
    "I": INTEGER,
    "J": INTEGER,
    "B": BIGINT,
    "D": DOUBLE,
    "E": DOUBLE,
    "S": STRING,
    "T": STRING,
    "F": BOOLEAN,
    "N": SqlDecimal(4, 2),
    "BS": BYTES,
    "BT": BYTES,
    "DT": DATE,
    "TM": TIME,
    "TS": TIMESTAMP,
    "A": SqlArray(INTEGER),
    "AD": SqlArray(DOUBLE),
    "M": SqlMap(STRING, INTEGER),
    "ST": SqlStruct((("X", INTEGER), ("Y", STRING))),
}

Run = Callable[..., Any]


def scope_of(bindings: Bindings | None = None, **options: Any) -> Scope:
    """A scope in which each column is a variable of its name in lower case."""
    columns = {name: Fragment(name.lower(), kind) for name, kind in COLUMNS.items()}
    return Scope(columns, builtins(), bindings or Bindings(), **options)


def _called(code: str, bindings: Bindings, values: dict[str, Any]) -> Any:
    names = ", ".join(name.lower() for name in COLUMNS)
    function = eval(f"lambda {names}: {code}", dict(bindings.names))
    row = dict.fromkeys(name.lower() for name in COLUMNS) | values
    return function(**row)


@pytest.fixture
def run() -> Run:
    """``run(text, i=1, ...)``: the value of an expression; columns that are not given are NULL."""

    def evaluate(text: str, **values: Any) -> Any:
        scope = scope_of()
        return _called(emit(parse_expression(text), scope).code, scope.bindings, values)

    return evaluate


@pytest.fixture
def careful() -> Run:
    """Likewise in the careful form: (value, [what failed])."""

    def evaluate(text: str, predicate: bool = False, **values: Any) -> Any:
        failed: list[str] = []
        bindings = Bindings()
        on_error = bindings.bind(lambda error, what: failed.append(what), "on_error")
        scope = scope_of(bindings, recover=True, on_error=on_error)
        node = parse_expression(text)
        code = (emit_predicate if predicate else emit)(node, scope).code
        return _called(code, bindings, values), failed

    return evaluate
