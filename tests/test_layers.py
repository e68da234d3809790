"""Imports go one way: a module imports from its own layer or from those before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "minisql"

LAYERS = [
    {"errors", "types", "names", "schema", "record", "deferred", "source"}
    | {"causes", "clock", "config", "configdef", "overrides", "kafka_properties", "java", "java_double", "json_text", "calendar"},
    {"dialect", "functions", "formats", "broker"},
    {"metastore", "codegen"},
    {"analyzer"},
    {"planner"},
    {"runtime"},
    {"statements", "engine", "sandbox", "faults", "results", "query_result", "tables"},
    {"connection", "cursor", "display", "row", "rows", "wire", "topics", "parameters", "registration", "rest", "remote"},
    {"server", "testing", "strategies", "check", "client", "cli", "coverage", "__main__", "__init__"},
]
"""Layer by layer the modules and packages of minisql, from the ground up."""

SIBLINGS_APART = LAYERS[1]
"""None of these imports another."""


def layer_of(unit: str) -> int:
    """The number of the layer in which a module or package stands."""
    return next(number for number, units in enumerate(LAYERS) if unit in units)


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def unit_of(path: Path) -> str:
    """The top-level module or package of a file."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def _unit_called(name: str) -> str:
    """The unit that ``from minisql import name`` gives: the package itself for one of its own names."""
    return name if any(name in units for units in LAYERS) else "__init__"


def imported_units(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The units of minisql that a module imports when it runs, at once or by a ``Deferred``, with the line."""
    type_checking = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in type_checking:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "minisql":
            parts = node.module.split(".")
            names = [parts[1]] if len(parts) > 1 else [_unit_called(alias.name) for alias in node.names]
            yield from ((name, node.lineno) for name in names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("minisql."):
                    yield alias.name.split(".")[1], node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Deferred":
            yield ast.literal_eval(node.args[0]).split(".")[0], node.lineno


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    unit = unit_of(path)
    here = layer_of(unit)
    for name, line in imported_units(ast.parse(path.read_text())):
        assert layer_of(name) <= here, f"{path}:{line} imports {name}, which stands above {unit}"
        if unit in SIBLINGS_APART:
            assert name == unit or name not in SIBLINGS_APART, f"{path}:{line}: {unit} and {name} stand side by side"


def test_every_unit_has_a_layer() -> None:
    assert {unit_of(path) for path in modules()} <= set.union(*LAYERS)
