"""The examples in docstrings are true. Those of SQL functions are SQL and are tested with the functions."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SQL_EXAMPLES = ("scalar", "aggregate", "table")


def modules() -> list[str]:
    paths = [path.relative_to(ROOT) for path in (ROOT / "minisql").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")]
    python = [path for path in paths if not (path.parts[1] == "functions" and path.parts[2].removesuffix(".py") in SQL_EXAMPLES)]
    return sorted(".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in python)


@pytest.mark.parametrize("name", modules())
def test_examples_of(name: str) -> None:
    tried = doctest.testmod(import_module(name))
    assert tried.attempted > 0
    assert tried.failed == 0
