"""The table of emitters, and the ways into it."""

from __future__ import annotations

import inspect

import pytest
from sqlglot import expressions as exp

from minisql.codegen.expressions import EMITTERS, emit, emit_predicate, emit_table_function, emit_value, evaluate, type_of
from minisql.deferred import Deferred
from minisql.dialect import nodes, parse_expression
from minisql.dialect.generator import KsqlGenerator
from minisql.errors import KsqlError, UnsupportedError
from minisql.functions.registry import builtins
from minisql.types import BIGINT, BOOLEAN, INTEGER, SqlDecimal
from tests.unit.codegen.conftest import COLUMNS, scope_of

PARTS = {
    exp.Identifier,
    exp.Star,
    exp.If,
    exp.DataType,
    exp.DataTypeParam,
    exp.ColumnDef,
    exp.Alias,
    exp.Tuple,
    nodes.MapEntry,
    nodes.StructField,
}


def test_every_node_of_an_expression_has_an_emitter() -> None:
    printed = {node for node in KsqlGenerator.TRANSFORMS if node.__module__ != nodes.__name__}
    own = {nodes.Positive, nodes.MapConstructor, nodes.StructConstructor, nodes.IntervalUnit, nodes.TypedLiteral, nodes.Variable}
    assert (printed | own) - PARTS == set(EMITTERS)


@pytest.mark.parametrize(
    "emitter", {each.path: each for each in EMITTERS.values() if isinstance(each, Deferred)}.values(), ids=lambda each: each.path
)
def test_a_deferred_emitter_is_there(emitter: Deferred) -> None:
    assert list(inspect.signature(emitter.load()).parameters) == ["node", "scope"]


def test_a_statement_is_no_expression() -> None:
    with pytest.raises(UnsupportedError, match="Terminate"):
        emit(nodes.Terminate(), scope_of())


@pytest.mark.parametrize(
    ("text", "kind"),
    [("i", INTEGER), ("i + b", BIGINT), ("null", None), ("i = 1", BOOLEAN), ("not i", BOOLEAN), ("1.50", SqlDecimal(3, 2))],
)
def test_types(text: str, kind: object) -> None:
    assert type_of(parse_expression(text), COLUMNS, builtins(), {}) == kind


def test_the_type_checker_does_not_look_into_casts() -> None:
    node = parse_expression("cast(s as array<int>)")
    assert str(type_of(node, COLUMNS, builtins(), {})) == "ARRAY<INTEGER>"
    with pytest.raises(KsqlError, match=r"^Cast of STRING to ARRAY<INTEGER> is not supported$"):
        emit(node, scope_of())


def test_what_cannot_be_compiled_is_told_in_the_compiler_s_words() -> None:
    scope = scope_of(schema=lambda: "`S` STRING")
    with pytest.raises(KsqlError) as failed:
        emit_value(parse_expression("cast(s as array<int>)"), scope, "Select")
    assert failed.value.message == (
        "Invalid Select: Cast of STRING to ARRAY<INTEGER> is not supported."
        " expression: CAST(S AS ARRAY<INTEGER>), schema:`S` STRING"
    )
    with pytest.raises(KsqlError, match=r"^Invalid Predicate: "):
        emit_predicate(parse_expression("i + 1"), scope)
    with pytest.raises(KsqlError, match=r"^Invalid Select: NULL expression not supported"):
        emit_value(exp.Null(), scope, "Select")


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("1", 1, INTEGER),
        ("-3000000000", -3000000000, BIGINT),
        ("1 + 2", 3, INTEGER),
        ("null", None, None),
        ("abs(-3)", 3, INTEGER),
    ],
)
def test_constant_expressions(text: str, value: object, kind: object) -> None:
    assert evaluate(parse_expression(text), builtins(), {}) == (value, kind)


def test_a_constant_that_fails_says_why() -> None:
    with pytest.raises(KsqlError, match="by zero"):
        evaluate(parse_expression("1 / 0"), builtins(), {})


def test_table_functions() -> None:
    scope = scope_of()
    fragment = emit_table_function("EXPLODE", [parse_expression("a")], scope)
    assert fragment.type == INTEGER
    assert eval(fragment.code, {**scope.bindings.names, "a": [1, 2]}) == [1, 2]
    with pytest.raises(KsqlError, match="No table function"):
        emit_table_function("ABS", [parse_expression("i")], scope)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("i <= 5", "(i is not None and i <= 5)"),
        ("s = 'x'", "(s == 'x')"),
        ("d / 2", "(d / 2.0)"),
        ("i + 1 > 2 * 3", "((t0 if -2147483648 <= (t0 := (i + 1)) <= 2147483647 else wrap_0(t0)) > 6)"),
    ],
)
def test_code_is_lean(text: str, code: str) -> None:
    assert emit(parse_expression(text), scope_of()).code == code


def test_an_unknown_column() -> None:
    with pytest.raises(KsqlError, match=r"^Unknown column ELSEWHERE\.$"):
        emit(parse_expression("elsewhere + 1"), scope_of())
