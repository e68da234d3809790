"""Finding functions, adding them, and describing them."""

from importlib import import_module

import pytest

from minisql.errors import KsqlError
from minisql.functions.describe import describe, summary
from minisql.functions.families import FAMILIES
from minisql.functions.function import Variant
from minisql.functions.parameter_types import text_of
from minisql.functions.registry import builtins
from minisql.types import BIGINT, INTEGER


def double(value: int) -> int:
    """Twice a number.

    More about it.
    """
    return 2 * value


@pytest.mark.parametrize("family", FAMILIES)
def test_the_index_says_what_a_family_declares(family: str) -> None:
    module = import_module(f"minisql.functions.{family}")
    declared = {
        function.name
        for function in builtins()
        for variant in function.variants
        if variant.implementation.__module__ == module.__name__
    }
    assert declared == set(FAMILIES[family].split())


def test_every_builtin_can_be_described() -> None:
    for function in builtins():
        assert function.description, function.name
        assert len(describe(function)["functions"]) == len(function.variants)


def test_names_are_found_in_any_case() -> None:
    found = builtins().find("Count")
    assert found is not None
    assert (found.name, found.kind) == ("COUNT", "aggregate")
    assert builtins().is_aggregate("sum")
    assert not builtins().is_aggregate("abs")
    assert builtins().is_table_function("explode")
    assert builtins().find("no_such") is None


def test_a_child_sees_its_parent_and_hides_its_own_from_it() -> None:
    child = builtins().child()
    child.add("scalar", Variant("twice(value INT) -> INT", double), author="Me", version="1", path="here")
    assert child.scalar("TWICE", [INTEGER]).function(3) == 6
    assert child.find("ABS") is builtins().find("ABS")
    assert builtins().find("TWICE") is None
    assert "TWICE" in child.names()


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("scalar", "sum(a INT) -> INT", "UdfFactory already registered as aggregate: SUM"),
        ("scalar", "explode(a INT) -> INT", "UdfFactory already registered as table function: EXPLODE"),
        ("scalar", "abs(a STRING) -> INT", "UdfFactory not compatible with existing factory. function: ABS"),
        ("aggregate", "abs(a INT) -> INT", "Aggregate function already registered as non-aggregate: ABS"),
        ("aggregate", "sum(a INT) -> INT", "Aggregate function already registered: SUM"),
        ("table", "sum(a INT) -> INT", "Table function already registered as aggregate: SUM"),
    ],
)
def test_a_name_is_taken_once(kind: str, text: str, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        builtins().child().add(kind, Variant(text, double))
    assert caught.value.message == message


def test_a_variant_is_added_once() -> None:
    child = builtins().child()
    child.add("scalar", Variant("f(a INT, b INT...) -> INT", double))
    child.add("scalar", Variant("f(a INT) -> INT", double))
    with pytest.raises(
        KsqlError, match=r"Can't add function `F` with parameters \[INT, ARRAY<INT>\] as a function with the same"
    ):
        child.add("scalar", Variant("f(x INT, y INT...) -> BIGINT", double))


def test_no_builtin_has_a_variant_twice() -> None:
    for function in builtins():
        kinds = [tuple(text_of(one.declared) for one in signature.parameters) for signature in function.signatures]
        assert len(set(kinds)) == len(kinds), function.name


def test_a_name_is_an_identifier() -> None:
    with pytest.raises(KsqlError, match="is not a valid function name"):
        builtins().child().add("scalar", Variant("a-b(x INT) -> INT", double))


@pytest.mark.parametrize(
    ("verb", "message"),
    [
        ("scalar", "Can't find any functions with the name 'NOPE'"),
        ("aggregate", "Can not find any aggregate functions with the name '`NOPE`'"),
        ("table_function", "No table function with name `NOPE` exists!"),
    ],
)
def test_unknown_names(verb: str, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        getattr(builtins(), verb)("NOPE", [BIGINT])
    assert caught.value.message == message


def test_description_of_a_function() -> None:
    child = builtins().child()
    child.add("scalar", Variant("twice(value INT, more BIGINT...) -> INT", double), author="Me", version="1", path="here")
    twice = child.find("twice")
    assert twice is not None
    assert describe(twice) == {
        "name": "TWICE",
        "description": "Twice a number.",
        "author": "Me",
        "version": "1",
        "path": "here",
        "functions": [
            {
                "arguments": [
                    {"name": "value", "type": "INT", "description": "", "isVariadic": False},
                    {"name": "more", "type": "BIGINT", "description": "", "isVariadic": True},
                ],
                "returnType": "INT",
                "description": "Twice a number.",
            }
        ],
        "type": "SCALAR",
    }
    assert summary(twice) == {"name": "TWICE", "type": "SCALAR", "category": "OTHER"}


def test_variants_are_listed_in_ksqldb_order() -> None:
    count = builtins().find("SUM")
    assert count is not None
    kinds = [one["arguments"][0]["type"] for one in describe(count)["functions"]]
    assert kinds == ["DECIMAL", "DOUBLE", "INT", "BIGINT"]
