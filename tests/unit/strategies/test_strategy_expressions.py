"""Expressions: all are of the type that was asked for, all the language is reached, and they shrink to what fails."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlglot import expressions as exp

import minisql
from minisql.codegen.casts import WRITERS
from minisql.codegen.expressions import EMITTERS, Scope, emit
from minisql.codegen.scope import Fragment
from minisql.dialect import nodes, parse_expression
from minisql.errors import DataError
from minisql.functions.parameter_types import base
from minisql.functions.registry import builtins
from minisql.source import Bindings
from minisql.strategies import column_types, expressions, rows
from minisql.strategies.expressions import castable
from minisql.strategies.signatures import OTHER_EVERY_TIME, builtin_signatures
from minisql.strategies.sources import source_of, type_of
from minisql.types import BOOLEAN, SqlType
from tests.unit.strategies.model import is_value, shrunk
from tests.unit.strategies.test_strategy_rows import connected, create

COLUMNS = (
    "k INT KEY, i INT, b BIGINT, d DOUBLE, n DECIMAL(4, 2), s STRING, f BOOLEAN, bs BYTES, dt DATE, tm TIME, ts TIMESTAMP,"
    " a ARRAY<INT>, m MAP<STRING, DOUBLE>, st STRUCT<f INT, g STRING>, aa ARRAY<STRUCT<f INT>>"
)
TYPES = {column.name: column.type for column in source_of(COLUMNS).schema}


def emitted_type(text: str) -> SqlType | None:
    columns = {name: Fragment("x", kind) for name, kind in TYPES.items()}
    return emit(parse_expression(text), Scope(columns, builtins(), Bindings())).type


@given(st.data(), column_types())
@settings(max_examples=100)
def test_they_are_of_the_type(data: st.DataObject, kind: SqlType) -> None:
    assert emitted_type(data.draw(expressions(COLUMNS, kind))) == kind


@given(st.data(), column_types(), st.lists(rows(COLUMNS), min_size=1, max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_they_give_values_of_the_type(data: st.DataObject, kind: SqlType, some: list[dict[str, Any]]) -> None:
    connection = connected(create("STREAM", COLUMNS))
    connection.insert("s", some)
    cursor = connection.execute(f"SELECT {data.draw(expressions(COLUMNS, kind))} AS e FROM s EMIT CHANGES;")
    try:
        found = [row[0] for row in cursor.fetchall()]
    except DataError:  # Python's dates end where SQL's go on
        return
    assert len(found) == len(some)
    assert [value for value in found if not is_value(value, kind)] == []


def test_a_type_is_not_needed_and_may_be_text() -> None:
    assert shrunk(expressions("v INT, s STRING"), lambda text: True) == "V"
    assert shrunk(expressions("s STRING", "ARRAY<INT>"), lambda text: True) == "FILTER(ARRAY[0], _X => FALSE)"


def test_functions_of_ones_own_are_called() -> None:
    connection = minisql.connect()

    @connection.udf("TWICE(v INT) -> INT")
    def twice(value: int) -> int:
        return 2 * value

    text = shrunk(expressions("v INT", "INT", functions=connection.engine.functions), lambda text: "TWICE" in text)
    assert text == "TWICE(V)"


# -- what is reached -----------------------------------------------------------------------------

KINDS = [*TYPES.values(), *map(type_of, ("MAP<STRING, STRING>", "ARRAY<STRING>", "ARRAY<BYTES>", "ARRAY<BIGINT>"))]
KINDS += [type_of(f"ARRAY<STRUCT<K STRING, V {kind}>>") for kind in ("INT", "BIGINT", "DOUBLE", "BOOLEAN", "STRING")]


@pytest.fixture(scope="module")
def drawn() -> list[exp.Expr]:
    """The trees of many expressions."""
    found: list[exp.Expr] = []
    some = st.sampled_from(KINDS).flatmap(lambda kind: expressions(COLUMNS, kind))
    tests = expressions(COLUMNS, BOOLEAN, depth=2)

    @seed(0)
    @given(st.lists(some, min_size=5, max_size=5), st.lists(tests, min_size=10, max_size=10))
    @settings(max_examples=150, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def draw(texts: list[str], others: list[str]) -> None:
        found.extend(map(parse_expression, texts + others))

    draw()
    return found


def test_every_operator_is_reached(drawn: list[exp.Expr]) -> None:
    reached = {type(node) for tree in drawn for node in tree.walk()}
    refused = {nodes.TypedLiteral, nodes.Variable, exp.AtTimeZone, exp.DPipe}
    assert reached & refused == set()
    assert len(EMITTERS.keys() - reached - refused) <= 4  # which ones is a matter of luck


def test_every_function_can_be_reached(drawn: list[exp.Expr]) -> None:
    scalars = {function.name for function in builtins() if function.kind == "scalar"}
    reached = {ways[0].name for kind in KINDS for ways in builtin_signatures().ways(kind)}
    assert scalars - reached == {"RANDOM"}
    called = {node.this for tree in drawn for node in tree.find_all(exp.Anonymous)}
    assert called <= scalars
    assert len(called) > 0.2 * len(scalars)


def test_every_cast_can_be_reached() -> None:
    reached = {(base(given_type), base(kind)) for kind in KINDS for given_type in castable(kind, KINDS)}
    assert WRITERS.keys() <= reached


def test_no_call_gives_something_else_every_time(drawn: list[exp.Expr]) -> None:
    calls = {f"{node.this}()" for tree in drawn for node in tree.find_all(exp.Anonymous) if not node.expressions}
    assert calls & OTHER_EVERY_TIME == set()


# -- shrinking -----------------------------------------------------------------------------------

FEW = "v INT, s STRING, f BOOLEAN, a ARRAY<INT>, d DOUBLE"


@pytest.mark.parametrize(
    ("kind", "word", "smallest"),
    [
        ("INT", r"\*", "(V * V)"),
        ("INT", "CASE", "(CASE WHEN F THEN V END)"),
        ("STRING", "UCASE", "UCASE(S)"),
        ("BOOLEAN", "BETWEEN", "(V BETWEEN V AND V)"),
        ("DOUBLE", "GEO_DISTANCE", "GEO_DISTANCE(D, D, D, D)"),
    ],
)
def test_they_shrink(kind: str, word: str, smallest: str) -> None:
    assert shrunk(expressions(FEW, kind), lambda text: re.search(word, text) is not None) == smallest


# -- without hypothesis --------------------------------------------------------------------------


def test_without_hypothesis_it_is_told_what_to_install() -> None:
    program = """
import sys, minisql
assert "hypothesis" not in sys.modules
sys.modules["hypothesis"] = None
try:
    import minisql.strategies
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "minisql.strategies needs hypothesis: pip install 'minisql-ksqldb[hypothesis]'\n"
