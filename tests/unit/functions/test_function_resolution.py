"""Which variant a call means; the cases are those of ksqlDB's rules."""

import pytest

from minisql.errors import KsqlError
from minisql.functions.function import Variant
from minisql.functions.registry import FunctionRegistry
from minisql.types import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    INTEGER,
    STRING,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlInterval,
    SqlLambda,
    SqlMap,
    SqlType,
)

SEE = "For detailed information on a function run: DESCRIBE FUNCTION <Function-Name>;"

Types = list[SqlType | None]


def registry(*signatures: str, kind: str = "scalar") -> FunctionRegistry:
    made = FunctionRegistry()
    for text in signatures:
        made.add(kind, Variant(text, lambda *values, text=text: text))
    return made


def chosen(signatures: list[str], types: Types) -> str:
    text: str = registry(*signatures).scalar("f", types).function()
    return text


@pytest.mark.parametrize(
    ("signatures", "types", "expected"),
    [
        (["f(a INT) -> INT", "f(a BIGINT) -> INT"], [BIGINT], "f(a BIGINT) -> INT"),
        (["f(a BIGINT) -> INT", "f(a STRING) -> INT"], [INTEGER], "f(a BIGINT) -> INT"),
        (["f(a TIMESTAMP) -> INT"], [STRING], "f(a TIMESTAMP) -> INT"),
        (["f(a STRING) -> INT", "f(a STRING...) -> INT"], [STRING], "f(a STRING) -> INT"),
        (["f(a STRING, b STRING...) -> INT", "f(a STRING...) -> INT"], [STRING, STRING], "f(a STRING, b STRING...) -> INT"),
        (["f(a T) -> INT", "f(a INT) -> INT"], [INTEGER], "f(a INT) -> INT"),
        (["f(a ANY...) -> INT", "f(a T...) -> INT"], [INTEGER, INTEGER], "f(a T...) -> INT"),
        (["f(a INT, b STRING) -> INT", "f(a INT, b INT) -> INT"], [None, STRING], "f(a INT, b STRING) -> INT"),
        (["f() -> INT", "f(a INT) -> INT"], [], "f() -> INT"),
        (["f(a INT...) -> INT"], [], "f(a INT...) -> INT"),
        (["f(a INT...) -> INT"], [INTEGER] * 7, "f(a INT...) -> INT"),
        (["f(a INT...) -> INT"], [SqlArray(INTEGER)], "f(a INT...) -> INT"),
        (["f(a INT, b STRING..., c BOOLEAN) -> INT"], [INTEGER, BOOLEAN], "f(a INT, b STRING..., c BOOLEAN) -> INT"),
        (
            ["f(a INT, b STRING..., c BOOLEAN) -> INT"],
            [INTEGER, STRING, STRING, BOOLEAN],
            "f(a INT, b STRING..., c BOOLEAN) -> INT",
        ),
        (["f(a MAP<K, V>, b K) -> INT"], [SqlMap(STRING, INTEGER), STRING], "f(a MAP<K, V>, b K) -> INT"),
        (["f(u INTERVALUNIT, n INT) -> INT"], [SqlInterval(), INTEGER], "f(u INTERVALUNIT, n INT) -> INT"),
    ],
)
def test_the_best_variant(signatures: list[str], types: Types, expected: str) -> None:
    assert chosen(signatures, types) == expected


@pytest.mark.parametrize(
    ("signature", "types"),
    [
        ("f(a T, b T) -> INT", [INTEGER, BIGINT]),
        ("f(a ARRAY<T>) -> INT", [INTEGER]),
        ("f(a INT) -> INT", [BIGINT]),
        ("f(a INTERVALUNIT) -> INT", [INTEGER]),
        ("f(a STRUCT<X INT>) -> INT", [STRING]),
        ("f(a ARRAY<T>, g (T) => R) -> INT", [SqlArray(INTEGER), SqlLambda((None, None), None)]),
    ],
)
def test_what_does_not_fit(signature: str, types: Types) -> None:
    with pytest.raises(KsqlError, match="does not accept parameters"):
        chosen([signature], types)


def test_text_when_nothing_fits() -> None:
    with pytest.raises(KsqlError) as caught:
        registry("Foo(a INT, b DOUBLE...) -> INT", "Foo(xs ARRAY<T>, s STRING) -> INT").scalar("foo", [SqlDecimal(4, 2), None])
    assert caught.value.message == (
        "Function 'Foo' does not accept parameters (DECIMAL(4, 2), null).\n"
        "Valid alternatives are:\n"
        "FOO(ARRAY<T> xs, VARCHAR s)\n"
        "FOO(INT a, DOUBLE... b)\n" + SEE
    )


def test_text_when_several_fit() -> None:
    with pytest.raises(KsqlError) as caught:
        registry("foo(a STRING) -> INT", "foo(a INT) -> INT").scalar("foo", [None])
    assert caught.value.message == (
        "Function 'foo' cannot be resolved due to ambiguous method parameters (null).\n"
        "Use CAST() to explicitly cast your parameters to one of the supported function calls.\n"
        "Valid function calls are:\n"
        "FOO(INT a)\n"
        "FOO(VARCHAR a)\n" + SEE
    )


def test_widening_may_be_ambiguous() -> None:
    """As ksqlDB has it: INT and BIGINT fit BIGINT, DECIMAL and DOUBLE alike."""
    with pytest.raises(KsqlError, match="ambiguous"):
        chosen(["f(a BIGINT, b BIGINT) -> INT", "f(a DOUBLE, b DOUBLE) -> INT"], [INTEGER, BIGINT])


def test_aggregates_widen_nothing_and_keep_their_spelling() -> None:
    with pytest.raises(KsqlError) as caught:
        registry("avg(val1 DOUBLE) -> DOUBLE", kind="aggregate").aggregate("AVG", [INTEGER])
    assert "Function 'avg' does not accept parameters (INTEGER)" in caught.value.message
    assert "\navg(DOUBLE val1)\n" in caught.value.message


def test_casts_of_arguments() -> None:
    functions = registry("f(a DOUBLE, b DECIMAL, c TIMESTAMP, d T) -> INT")
    call = functions.scalar("f", [INTEGER, BIGINT, STRING, INTEGER])
    assert call.casts == (DOUBLE, SqlDecimal(19, 0), TIMESTAMP, None)


def test_parameters_are_spread_over_the_arguments() -> None:
    call = registry("f(a INT!, b STRING...) -> INT").scalar("f", [INTEGER, STRING, STRING])
    assert [one.name for one in call.parameters] == ["a", "b", "b"]
    assert [one.required for one in call.parameters] == [True, False, False]


def test_generic_results() -> None:
    functions = registry("f(m MAP<K, V>, g (K, V) => R) -> MAP<R, ARRAY<V>>")
    found = functions.scalar("f", [SqlMap(STRING, INTEGER), SqlLambda((STRING, INTEGER), DOUBLE)])
    assert found.returns == SqlMap(DOUBLE, SqlArray(INTEGER))


def test_null_has_no_type_for_a_variable() -> None:
    with pytest.raises(KsqlError, match="null value in entry: T=null"):
        registry("f(a T, b T) -> T").scalar("f", [None, INTEGER])


def test_types_of_lambda_parameters() -> None:
    functions = registry("f(xs ARRAY<T>, start S, g (S, T) => S) -> S")
    unknown = SqlLambda((None, None), None)
    assert functions.lambda_inputs("f", [SqlArray(STRING), BIGINT, unknown]) == {2: (BIGINT, STRING)}


def test_a_lambda_may_wait_for_the_result_of_another() -> None:
    functions = registry("f(xs ARRAY<T>, g (T) => R, h (R) => S) -> S")
    unknown = SqlLambda((None,), None)
    assert functions.lambda_inputs("f", [SqlArray(STRING), unknown, unknown]) == {1: (STRING,)}
    known = SqlLambda((STRING,), INTEGER)
    assert functions.lambda_inputs("f", [SqlArray(STRING), known, unknown]) == {1: (STRING,), 2: (INTEGER,)}
