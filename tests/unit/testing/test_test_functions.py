"""The functions of ksqlDB's harness: which variant is chosen, and what it does wrong on purpose."""

import pytest

from minisql.functions.registry import builtins
from minisql.testing.udfs import with_test_functions
from minisql.types import BIGINT, BOOLEAN, INTEGER, STRING, SqlDecimal, SqlStruct

A_STRUCT = SqlStruct((("A", STRING),))


@pytest.fixture
def functions():
    return with_test_functions()


def test_everybody_else_does_not_see_them(functions):
    assert functions.find("TEST_UDF") is not None
    assert builtins().find("TEST_UDF") is None


@pytest.mark.parametrize(
    ("types", "values", "result"),
    [
        ((INTEGER, STRING), (1, "a"), "doStuffIntString"),
        ((BIGINT, STRING), (1, "a"), "doStuffLongString"),
        ((BIGINT, BIGINT, STRING), (1, 2, "a"), "doStuffLongLongString"),
        ((BIGINT,) * 4, (1, 2, 3, 4), "doStuffLongVarargs"),
        ((A_STRUCT,), ({"A": "x"},), "x"),
        ((), (), {"A": "foo"}),
    ],
)
def test_test_udf_tells_which_variant_was_chosen(functions, types, values, result):
    assert functions.scalar("test_udf", types).function(*values) == result


def test_bad_udf_throws(functions):
    with pytest.raises(RuntimeError, match="boom"):
        functions.scalar("bad_udf", (INTEGER,)).function(1)
    assert functions.scalar("bad_udf", (BOOLEAN,)).function(False) == 0


def test_bad_udf_of_text_is_null_every_other_time_for_each_use(functions):
    one, other = (functions.scalar("bad_udf", (STRING,)).function for _ in range(2))
    assert [one("a"), one("b"), other("c"), one("d")] == [None, "b", None, None]


def test_case_branches_that_must_not_run_throw(functions):
    function = functions.scalar("WhenResult", (INTEGER, BOOLEAN)).function
    assert function(3, True) == 3
    with pytest.raises(RuntimeError, match="lazily"):
        function(3, False)


def run(call, initial, *rows):
    instance = call.make(initial)
    state = instance.initialize()
    for row in rows:
        state = instance.aggregate(state, *row)
    return instance.map(state) if hasattr(instance, "map") else state


def test_aggregates_with_several_columns_and_initial_values(functions):
    call = functions.aggregate("MULTI_ARG", (BIGINT, STRING, INTEGER, STRING, STRING))
    assert call.initial_count == 3
    assert run(call, (5, "10", "2"), (1, "abc"), (2, "")) == 5 + 3 + 1 + 3 + 2


def test_a_variadic_aggregate_with_initial_values_after_it(functions):
    call = functions.aggregate("MID_VAR_ARG", (BIGINT, STRING, STRING, INTEGER, INTEGER))
    assert call.initial_count == 2
    assert run(call, (7, 3), (1, "a", "bc")) == 14


def test_rows_with_a_null_are_left_out(functions):
    call = functions.aggregate("OBJ_COL_ARG", (INTEGER, STRING, BIGINT))
    assert run(call, (), (1, "a", 2), (3, None, 4), (5, "b", 6)) == [1, 5]


def test_some_variants_of_test_udaf_can_aggregate_tables(functions):
    assert functions.aggregate("TEST_UDAF", (BIGINT,)).supports_undo
    assert run(functions.aggregate("TEST_UDAF", (STRING, STRING)), ("init",), ("ab",)) == 6


def test_test_udtf_gives_a_row_for_each_argument(functions):
    types = (INTEGER, BIGINT, STRING, A_STRUCT)
    assert [functions.table_function("TEST_UDTF", (kind,)).function(0) for kind in types] == [[0]] * 4
    assert functions.table_function("TEST_UDTF", (SqlDecimal(4, 2),)).returns == SqlDecimal(30, 10)
