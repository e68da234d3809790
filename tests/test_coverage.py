"""The tables of README.md are those that the registries give."""

from pathlib import Path

import pytest

from minisql.coverage import TABLES, main, updated
from minisql.dialect import nodes
from minisql.functions.registry import builtins
from minisql.statements import HANDLERS

README = Path(__file__).parents[1] / "README.md"


def test_readme_is_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert all(f"<!-- coverage: {name} -->" in text for name in TABLES)
    assert updated(text) == text, "run: python -m minisql.coverage README.md"


def test_a_file_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- coverage: formats -->\nstale\n<!-- end of coverage -->\nafter\n")
    main([str(path)])
    lines = path.read_text().splitlines()
    assert (lines[0], lines[-1]) == ("before", "after")
    assert "stale" not in lines
    assert any(line.startswith("| JSON |") and line.endswith("| yes |") for line in lines)


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError, match="colours"):
        updated("<!-- coverage: colours -->\n<!-- end of coverage -->")


def test_tables_are_whole() -> None:
    listed = ", ".join(names for _, names in TABLES["functions"]())
    assert set(builtins().names()) <= set(listed.split(", "))
    written = ", ".join(row[1] for row in TABLES["statements"]())
    assert written.count("`") // 2 == len(HANDLERS)
    assert "`CREATE STREAM ... AS SELECT`" in written
    assert nodes.CreateStreamAs in HANDLERS
