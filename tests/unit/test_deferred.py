"""Deferred entries of tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import minisql
from minisql.deferred import Deferred
from minisql.names import quote


def deferred_paths() -> Iterator[str]:
    """Every path that the package's code gives to a Deferred."""
    for file in Path(minisql.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Deferred":
                yield ast.literal_eval(node.args[0])


def test_is_what_it_stands_for() -> None:
    entry = Deferred("names.quote")
    assert entry.load() is quote
    assert entry("a`b") == "`a``b`"


def test_a_wrong_path_is_refused_when_it_is_used() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        Deferred("names.nothing").load()


@pytest.mark.parametrize("path", sorted(set(deferred_paths())))
def test_what_is_deferred_is_there(path: str) -> None:
    assert callable(Deferred(path).load())
