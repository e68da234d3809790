"""The examples in the functions' docstrings: what stands behind ``>>>`` is SQL."""

import doctest
from collections.abc import Iterator

import pytest

from minisql.functions.registry import builtins


def examples() -> Iterator[tuple[str, str]]:
    parser = doctest.DocTestParser()
    for function in builtins():
        seen = {variant.implementation for variant in function.variants if function.kind == "scalar"}
        for implementation in sorted(seen, key=lambda one: one.__name__):
            for example in parser.get_examples(implementation.__doc__ or ""):
                yield example.source.strip(), example.want.strip()


@pytest.mark.parametrize(("sql", "expected"), list(examples()))
def test_example(sql: str, expected: str) -> None:
    from minisql.codegen.expressions import evaluate
    from minisql.dialect import parse_expression

    value, _ = evaluate(parse_expression(sql), builtins(), {})
    assert ("" if value is None else repr(value)) == expected
